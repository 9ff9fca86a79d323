// A small fund for tests and benchmarks: accounts by name and postings between them, with ids from a seeded stream.
import type { Hash, Random } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import {
  accountId,
  type AccountCode,
  type AccountTerms,
  type Batch,
  type Posting,
  type PostingCode,
  type Uuid,
} from '@suanquan/core/ledger'
import { randomUuid } from './ledger-world.ts'

export interface TestFund {
  readonly ledger: number
  readonly jurisdiction: string
  /** the terms of an account; what is left out is empty */
  readonly terms: (code: AccountCode, more?: Partial<AccountTerms>) => AccountTerms
  readonly id: (terms: AccountTerms) => Uuid
  readonly move: (
    code: PostingCode,
    between: readonly [debit: AccountTerms, credit: AccountTerms],
    amount: bigint,
  ) => Posting & { kind: 'post' }
  readonly hold: (posting: Posting, expiresAt?: Instant | null) => Posting & { kind: 'reserve' }
  readonly resolve: (kind: 'settle' | 'release', hold: Posting, amount: bigint) => Posting
  /** opens the accounts and brings `amount` from the treasury into the pool, and a cap for each of the firms */
  readonly funding: (moment: Instant, amount: bigint, firms?: readonly string[]) => Batch
  readonly pool: AccountTerms
  readonly voucher: (firm: string, more?: Partial<AccountTerms>) => AccountTerms
  readonly cap: (firm: string) => AccountTerms
  readonly capUsed: (firm: string) => AccountTerms
}

export function testFund(random: Random, hash: Hash, ledger = 1): TestFund {
  const place = { ledger, jurisdiction: '110000' }
  const ids = new WeakMap<AccountTerms, Uuid>()
  const id = (account: AccountTerms): Uuid => {
    const known = ids.get(account) ?? accountId(account, hash)
    ids.set(account, known)
    return known
  }
  const terms: TestFund['terms'] = (code, more = {}) => ({
    ...place,
    district: place.jurisdiction,
    code,
    programme: 'beijing-2023',
    year: 2024,
    kind: '',
    holder: '',
    reference: '',
    usableUntil: null,
    ...more,
  })
  const move: TestFund['move'] = (code, [debit, credit], amount) => ({
    id: randomUuid(random),
    kind: 'post',
    debit: id(debit),
    credit: id(credit),
    amount,
    code,
    document: randomUuid(random),
    district: credit.district,
  })
  const base = {
    ...place,
    id,
    terms,
    move,
    pool: terms('pool'),
    voucher: (firm: string, more?: Partial<AccountTerms>) =>
      terms('voucher', { holder: firm, reference: `V-${firm}`, district: '110108', ...more }),
    cap: (firm: string) => terms('cap', { kind: 'firm_year_claimed', holder: firm }),
    capUsed: (firm: string) => terms('cap_used', { kind: 'firm_year_claimed', holder: firm }),
  }
  return {
    ...base,
    hold: (posting, expiresAt = null) => ({ ...posting, kind: 'reserve', expiresAt }),
    resolve: (kind, hold, amount) => ({
      ...hold,
      id: randomUuid(random),
      kind,
      reservation: hold.id,
      amount,
    }),
    funding: (moment, amount, firms = []) => fundingOf(base, { moment, amount, firms }),
  }
}

function fundingOf(
  {
    ledger,
    jurisdiction,
    terms,
    move,
    pool,
    voucher,
    cap,
    capUsed,
  }: Omit<TestFund, 'hold' | 'resolve' | 'funding'>,
  { moment, amount, firms }: { moment: Instant; amount: bigint; firms: readonly string[] },
): Batch {
  const [treasury, appropriation, capSource] = [
    terms('treasury'),
    terms('appropriation'),
    terms('cap_source'),
  ]
  const accounts = firms.flatMap((firm) => [voucher(firm), cap(firm), capUsed(firm)])
  return {
    ledger,
    jurisdiction,
    moment,
    open: [treasury, appropriation, pool, capSource, ...accounts],
    sets: [
      [move('appropriate', [treasury, appropriation], amount), move('allot', [appropriation, pool], amount)],
      ...firms.map((firm) => [move('grant', [capSource, cap(firm)], amount)]),
    ],
  }
}
