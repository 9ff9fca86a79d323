// 期初: what a programme had done elsewhere before it was taken over, as postings under reasons of their own. The money comes
// in, every voucher is issued, redeemed, paid and emptied as far as it was, and the caps are drawn on as if all of it had
// been done here: nobody gets a second helping. One voucher is one linked set, its claims and its caps among it.
import type { PostingSet, Uuid } from '../ledger/index.ts'
import type { Fen } from '../money/index.ts'
import {
  appropriation,
  capAccounts,
  paid,
  payable,
  pool,
  treasury,
  voucher,
  type CapLine,
  type PayableTerms,
  type PoolKey,
  type Terms,
  type VoucherTerms,
} from './accounts.ts'
import { grantOf, posting, type Books, type Move, type Plan } from './plans.ts'

/** What one document gave to a pool. */
export interface OpeningMoney {
  readonly id: Uuid
  readonly pool: PoolKey
  readonly amountFen: Fen
}

/** What was redeemed on a voucher, by one claim. */
export interface OpeningClaim extends PayableTerms {
  readonly id: Uuid
  readonly amountFen: Fen
  /** else it is owed */
  readonly isPaid: boolean
  /** caps on payments that it counts against */
  readonly caps: readonly CapLine[]
}

export interface OpeningVoucher {
  /** the document of what was granted, as an approval has one */
  readonly id: Uuid
  readonly terms: VoucherTerms
  readonly pool: PoolKey
  readonly amountFen: Fen
  readonly expiredFen: Fen
  readonly revokedFen: Fen
  readonly caps: readonly CapLine[]
  readonly claims: readonly OpeningClaim[]
}

export interface Opening {
  readonly money: readonly OpeningMoney[]
  readonly vouchers: readonly OpeningVoucher[]
}

type Step = Pick<Move, 'document' | 'name' | 'code' | 'debit' | 'credit' | 'amount' | 'district'>

/** In the order of the sets: the money, the limits of the caps, the vouchers; all of them or none. */
export function planOpening(books: Books, { money, vouchers }: Opening): Plan {
  const caps = new Map<string, CapLine>()
  for (const { caps: own, claims } of vouchers)
    for (const line of [...own, ...claims.flatMap((claim) => claim.caps)]) caps.set(line.key, line)
  const lines = [...caps.values()]
  const steps = [
    ...money.map((each) => moneySteps(books, each)),
    ...inOrder(vouchers).map((each) => voucherSteps(books, each)),
  ]
  const sets = steps.map((set): PostingSet => set.map((step) => posting(books, step)))
  return {
    open: unique([
      ...lines.flatMap((line) => Object.values(capAccounts(books.fund, line))),
      ...steps.flat().flatMap(({ debit, credit }) => [debit, credit]),
    ]),
    sets: [
      ...sets.slice(0, money.length),
      ...lines.map((line): PostingSet => [grantOf(books, line)]),
      ...sets.slice(money.length),
    ],
  }
}

/**
 * What came back to a pool was granted again: whoever gave most back comes first. If any order keeps every pool above
 * nothing, this one does.
 */
export function inOrder(vouchers: readonly OpeningVoucher[]): readonly OpeningVoucher[] {
  const back = ({ expiredFen, revokedFen }: OpeningVoucher): bigint => expiredFen + revokedFen
  return vouchers.toSorted((one, other) => (back(one) === back(other) ? 0 : back(one) > back(other) ? -1 : 1))
}

function moneySteps({ fund }: Books, { id, pool: key, amountFen: amount }: OpeningMoney): readonly Step[] {
  const [from, through, to] = [treasury(fund), appropriation(fund), pool(fund, key)]
  const shared = { document: id, amount, district: fund.jurisdiction }
  return [
    { ...shared, name: 'open', code: 'open_appropriate', debit: from, credit: through },
    { ...shared, name: 'open/allot', code: 'open_allot', debit: through, credit: to },
  ]
}

function voucherSteps(books: Books, opening: OpeningVoucher): readonly Step[] {
  const { fund } = books
  const { id, terms, amountFen, expiredFen, revokedFen } = opening
  const [source, account] = [pool(fund, opening.pool), voucher(fund, terms)]
  const shared = { document: id, district: terms.district }
  const back = { ...shared, debit: account, credit: source }
  return [
    {
      ...shared,
      name: 'open',
      code: 'open_issue' as const,
      debit: source,
      credit: account,
      amount: amountFen,
    },
    ...capSteps(books, shared, opening.caps, amountFen),
    ...opening.claims.flatMap((claim) => claimSteps(books, account, claim)),
    { ...back, name: 'open/expire', code: 'open_expire' as const, amount: expiredFen },
    { ...back, name: 'open/revoke', code: 'open_revoke' as const, amount: revokedFen },
  ].filter(({ amount }) => amount > 0n)
}

function claimSteps(books: Books, account: Terms, claim: OpeningClaim): readonly Step[] {
  const { fund } = books
  const owed = payable(fund, claim)
  const shared = { document: claim.id, district: claim.district, amount: claim.amountFen }
  const redeem = { ...shared, name: 'open', code: 'open_redeem' as const, debit: account, credit: owed }
  const pay = {
    ...shared,
    name: 'open/pay',
    code: 'open_pay' as const,
    debit: owed,
    credit: paid(fund, claim),
  }
  return [redeem, ...capSteps(books, shared, claim.caps, claim.amountFen), ...(claim.isPaid ? [pay] : [])]
}

function capSteps(
  { fund }: Books,
  shared: Pick<Step, 'document' | 'district'>,
  caps: readonly CapLine[],
  amountFen: Fen,
): readonly Step[] {
  return caps.map((line): Step => {
    const { left, used } = capAccounts(fund, line)
    return {
      ...shared,
      name: `open/use/${line.key}`,
      code: 'open_use',
      debit: left,
      credit: used,
      amount: line.measure === 'fen' ? amountFen : 1n,
    }
  })
}

function unique(terms: readonly Terms[]): readonly Terms[] {
  return [...new Map(terms.map((each) => [JSON.stringify(each), each])).values()]
}
