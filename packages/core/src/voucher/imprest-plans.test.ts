// 备用金 at the level of the ledger: an advance within the fund, a draw within the advance, a refill within what its own claim
// drew; whoever asks for more is refused by the floor of an account, and the whole set with it.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hash } from '../canonical.ts'
import { startOf } from '../calendar/index.ts'
import { emptyJournal, post, triples } from '../ledger/index.ts'
import {
  advanceLimit,
  idOf,
  imprest,
  imprestDrawn,
  imprestOwed,
  planAdvance,
  planApproval,
  planAppropriation,
  planDeduction,
  planFundMove,
  planGrant,
  planPayment,
  planReturn,
  planTakeBack,
  sharedFund,
  withDraw,
  withDrawnBack,
  withRefill,
  type Books,
  type Plan,
  type Terms,
} from './index.ts'

const hash: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const books: Books = { hash, fund: { ledger: 7, jurisdiction: '990100', programme: 'one' } }
const shared: Books = { hash, fund: sharedFund(books.fund) }
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const PROVIDER = '91110000MA00000034'
const VOUCHER = { number: 'V1', holder: '91110000MA00000018', district: '990101', usableUntil: '2025-12-31' }
const claimOf = (n: number) => ({
  id: uuid(100 + n),
  number: `C${n}`,
  payee: PROVIDER,
  district: '990101',
  voucher: VOUCHER,
})
const claim = claimOf(1)

/** A voucher of 1,000 fen, and 500 fen that the programmes share. */
function ledger(): { ask: (plan: Plan) => string[]; left: (terms: Terms) => bigint } {
  const journal = emptyJournal(7, '990100', hash)
  const place = { ledger: 7, jurisdiction: '990100', moment: startOf('2025-03-10') }
  const ask = (plan: Plan): string[] =>
    post(journal, { ...place, ...plan }).flatMap((links) => links.map(({ result }) => result))
  const approval = { id: uuid(2), amountFen: 1000n, caps: [] }
  const terms = { makes: 'voucher', ...VOUCHER } as const
  ask(planAppropriation(books, uuid(1), 1000n))
  ask(planApproval(books, approval, terms))
  ask(planGrant(books, approval, terms))
  ask(planFundMove(shared, uuid(3), 'appropriate', 500n))
  return {
    ask,
    left: (terms_) => {
      const balance = journal.books.accounts.get(idOf(books, terms_))?.balance
      return balance === undefined ? 0n : balance.creditsPosted - balance.debitsPosted
    },
  }
}

const deduct = (n: number, amount: bigint, drawn: bigint): Plan =>
  withDraw(books, planDeduction(books, claimOf(n), amount, []), claimOf(n), drawn)
const pay = (n: number, document: string, amount: bigint, refill: bigint): Plan =>
  withRefill(books, planPayment(books, claimOf(n), document, amount), claimOf(n), {
    amount: refill,
    document,
  })

describe('an imprest', () => {
  test('is advanced out of what the fund shares, and no fen beyond', () => {
    const { ask, left } = ledger()
    expect(ask(planAdvance(books, uuid(10), PROVIDER, 501n))).toEqual(['exceeds_credits'])
    expect(ask(planAdvance(books, uuid(11), PROVIDER, 500n))).toEqual(['posted'])
    expect(left(imprest(books.fund, PROVIDER))).toBe(500n)
  })

  test('refuses the draw on the fen that another deduction took, and the whole deduction with it', () => {
    const { ask, left } = ledger()
    ask(planAdvance(books, uuid(10), PROVIDER, 500n))
    expect(ask(deduct(1, 300n, 300n))).toEqual(['posted', 'posted'])
    expect(ask(deduct(2, 201n, 201n))).toEqual(['linked_failed', 'exceeds_credits'])
    expect(ask(deduct(3, 201n, 200n))).toEqual(['posted', 'posted'])
    expect(left(imprest(books.fund, PROVIDER))).toBe(0n)
  })

  test('is filled again by the payment of its own claim, once, and never beyond what that claim drew', () => {
    const { ask, left } = ledger()
    ask(planAdvance(books, uuid(10), PROVIDER, 500n))
    ask(deduct(1, 300n, 200n))
    ask(deduct(2, 200n, 200n))
    expect(ask(pay(1, uuid(20), 300n, 201n))).toEqual(['linked_failed', 'exceeds_credits'])
    expect(ask(pay(1, uuid(21), 300n, 200n))).toEqual(['posted', 'posted'])
    expect(ask(pay(1, uuid(22), 1n, 1n))).toEqual(['exceeds_credits', 'linked_failed'])
    expect(left(imprest(books.fund, PROVIDER))).toBe(300n)
    expect(left(imprestDrawn(books.fund, claimOf(2)))).toBe(200n)
  })

  test('takes back what its provider reversed; what the office rejected is owed, and returned first', () => {
    const { ask, left } = ledger()
    ask(planAdvance(books, uuid(10), PROVIDER, 500n))
    ask(deduct(1, 300n, 300n))
    const back = planTakeBack(books, claim, { deductedFen: 300n, caps: [], keptFen: 100n, returned: null })
    expect(
      ask(withDrawnBack(books, back, claim, { amount: 200n, document: claim.id, by: 'office' })),
    ).toEqual(['posted', 'posted'])
    expect(left(imprestOwed(books.fund, PROVIDER))).toBe(200n)
    ask(planReturn(books, uuid(30), { provider: PROVIDER, amount: 250n, owedFen: 200n }))
    expect([left(imprestOwed(books.fund, PROVIDER)), left(imprest(books.fund, PROVIDER))]).toEqual([0n, 150n])
    expect(ask(planReturn(books, uuid(31), { provider: PROVIDER, amount: 151n, owedFen: 0n }))).toEqual([
      'exceeds_credits',
    ])
  })

  test('reaches no voucher, no pool and nobody but its own provider', () => {
    const own = new Set(['imprest', 'imprest_drawn', 'imprest_owed', 'appropriation'])
    const touching = triples.filter(
      ({ debit, credit }) => debit.startsWith('imprest') || credit.startsWith('imprest'),
    )
    expect(touching).toHaveLength(7)
    expect(touching.every(({ debit, credit }) => own.has(debit) && own.has(credit))).toBe(true)
  })
})

test('no more is advanced than the least of share and amount leaves, whatever stands out', () => {
  const fen = fc.bigInt({ min: 0n, max: 10n ** 12n })
  fc.assert(
    fc.property(fc.tuple(fen, fen, fen, fen), fc.integer({ min: 0, max: 100 }), (amounts, percent) => {
      const [allotted, most, mine, others] = amounts
      const share = { numerator: BigInt(percent), denominator: 100n }
      const outstanding = { ofProviderFen: mine, ofProgrammeFen: mine + others }
      const rule = { share, amountFen: most, beyond: 'claim' } as const
      const more = advanceLimit(rule, allotted, outstanding)
      expect(more).toBeGreaterThanOrEqual(0n)
      expect(more === 0n || mine + more <= most).toBe(true)
      expect(more === 0n || (mine + others + more) * 100n <= allotted * BigInt(percent)).toBe(true)
      const alone = advanceLimit({ ...rule, share: null }, allotted, outstanding)
      expect(more).toBeLessThanOrEqual(alone)
    }),
  )
})
