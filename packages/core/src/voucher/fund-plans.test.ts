// What programmes of one fund share: a cap that both draw on, money for management that no pool gives, and a year whose
// money is all carried over or returned, with every promise standing as before.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hash } from '../canonical.ts'
import { startOf } from '../calendar/index.ts'
import {
  emptyJournal,
  isAllowed,
  post,
  postingRules,
  type Journal,
  type PostingCode,
} from '../ledger/index.ts'
import {
  appropriation,
  capAccounts,
  idOf,
  management,
  managementLimit,
  ownPool,
  planAppropriation,
  planApproval,
  planExpiry,
  planFundMove,
  planGrant,
  partsReserved,
  planYearEnd,
  pool,
  sharedCapLine,
  sharedFund,
  treasury,
  type Books,
  type ClosingPlan,
  type Plan,
  type Terms,
} from './index.ts'

const hash: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const fund = { ledger: 7, jurisdiction: '990100', programme: 'one' }
const one: Books = { fund, hash }
const other: Books = { hash, fund: { ...fund, programme: 'other' } }
const shared: Books = { hash, fund: sharedFund(fund) }
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const HOLDER = '91110000MA00000018'
const voucher = (number: string) =>
  ({ makes: 'voucher', number, holder: HOLDER, district: '990101', usableUntil: '2025-12-31' }) as const

function ledgerOf(): { journal: Journal; ask: (plan: Plan | ClosingPlan) => string[] } {
  const journal = emptyJournal(fund.ledger, fund.jurisdiction, hash)
  const place = { ledger: fund.ledger, jurisdiction: fund.jurisdiction, moment: startOf('2025-01-10') }
  return {
    journal,
    ask: (plan) => post(journal, { ...place, ...plan }).flatMap((links) => links.map(({ result }) => result)),
  }
}

function left({ books }: Journal, terms: Terms): bigint {
  const balance = books.accounts.get(idOf(one, terms))?.balance
  if (balance === undefined) return 0n
  return balance.creditsPosted - balance.debitsPosted - balance.debitsPending
}

test('two programmes draw on one cap, each on its own pool', () => {
  const { journal, ask } = ledgerOf()
  ask(planAppropriation(one, uuid(1), 1000n))
  ask(planAppropriation(other, uuid(2), 1000n))
  const cap = sharedCapLine(HOLDER, 2025, 100n)
  const approval = (n: number, amountFen: bigint) => ({ id: uuid(n), amountFen, caps: [cap] })
  expect(ask(planApproval(one, approval(3, 60n), voucher('Q-1')))).not.toContain('exceeds_credits')
  expect(ask(planApproval(other, approval(4, 41n), voucher('Q-2')))).toContain('exceeds_credits')
  expect(ask(planApproval(other, approval(5, 40n), voucher('Q-2')))).not.toContain('exceeds_credits')
  expect(left(journal, capAccounts(fund, cap).left)).toBe(0n)
  expect([left(journal, pool(fund)), left(journal, pool(other.fund))]).toEqual([940n, 960n])
})

test('no posting of any kind leads from a pool or a voucher to management', () => {
  for (const code of Object.keys(postingRules) as PostingCode[])
    for (const from of ['pool', 'voucher', 'payable'] as const)
      for (const to of ['management', 'management_spent'] as const)
        expect(isAllowed(from, to, code)).toBe(false)
})

test('management may cost its share rounded down, and spends only what was set aside', () => {
  expect(managementLimit(1999n, { numerator: 1n, denominator: 100n })).toBe(19n)
  const { journal, ask } = ledgerOf()
  ask(planFundMove(shared, uuid(1), 'appropriate', 1000n))
  expect(ask(planFundMove(shared, uuid(2), 'spend', 1n))).toEqual(['exceeds_credits'])
  ask(planFundMove(shared, uuid(3), 'set_aside', 20n))
  expect(ask(planFundMove(shared, uuid(4), 'spend', 15n))).toEqual(['posted'])
  expect(ask(planFundMove(shared, uuid(5), 'put_back', 6n))).toEqual(['exceeds_credits'])
  expect(left(journal, management(fund))).toBe(5n)
  expect(left(journal, appropriation(shared.fund))).toBe(980n)
})

describe('the end of a year', () => {
  test('every fen is carried over or back with the treasury, promises stand, and the year takes nothing more', () => {
    const fen = fc.bigInt({ min: 1n, max: 1_000_000n })
    fc.assert(
      fc.property(fen, fen, fc.boolean(), (promised, rest, lapses) => {
        const { journal, ask } = ledgerOf()
        ask(planAppropriation(one, uuid(1), promised + rest))
        const before = { id: uuid(2), amountFen: promised, caps: [sharedCapLine(HOLDER, 2025, promised)] }
        ask(planApproval(one, before, voucher('Q-1')))
        const carriedFen = lapses ? promised : promised + rest
        const account = pool(fund)
        const places = [{ account, carriedFen, lapsedFen: promised + rest - carriedFen }]
        const approvals = [{ programme: 'one', terms: voucher('Q-1'), before, parts: [0], after: uuid(3) }]
        const closed = ask(planYearEnd(one, uuid(4), { nextYear: 2025, places, approvals }))
        expect(new Set(closed)).toEqual(new Set(['posted']))
        const next: Books = { ...one, fund: { ...fund, year: 2025 } }
        expect(left(journal, account)).toBe(0n)
        expect(left(journal, pool(next.fund))).toBe(lapses ? 0n : rest)
        const given = journal.books.accounts.get(idOf(one, treasury(fund)))!.balance
        expect(given.creditsPosted).toBe(lapses ? rest : 0n)
        expect(ask(planGrant(one, before, voucher('Q-1')))).toContain('already_released')
        expect(ask(planGrant(next, { ...before, id: uuid(3) }, voucher('Q-1')))).toEqual(['posted', 'posted'])
        expect(ask(planAppropriation(one, uuid(5), 1n))).toContain('credit_account_closed')
        const { makes, ...terms } = voucher('Q-1')
        const swept = { terms, left: promised, sources: [{ pool: ownPool(fund), amountFen: promised }] }
        expect(makes).toBe('voucher')
        expect(ask(planExpiry(one, uuid(6), swept))).toEqual(['credit_account_closed'])
        expect(ask(planExpiry(next, uuid(7), swept))).toEqual(['not_yet_expired'])
      }),
      { numRuns: 50 },
    )
  })

  test('of an approval in parts only what is still reserved goes on, and is granted in the next year', () => {
    const { journal, ask } = ledgerOf()
    ask(planAppropriation(one, uuid(1), 100n))
    const before = {
      id: uuid(2),
      amountFen: 100n,
      parts: [{ amountFen: 60n }, { amountFen: 40n }],
      caps: [sharedCapLine(HOLDER, 2025, 100n)],
    }
    const terms = { makes: 'payable', number: 'BZ-1', payee: HOLDER, district: fund.jurisdiction } as const
    ask(planApproval(one, before, terms))
    ask(planGrant(one, before, terms, 0))
    const open = new Set(
      journal.rows.filter(({ posting }) => posting.kind === 'reserve').map(({ posting }) => posting.id),
    )
    for (const { posting } of journal.rows) if (posting.kind === 'settle') open.delete(posting.reservation)
    const parts = partsReserved(one, before, terms, open)
    expect(parts).toEqual([1])
    const places = [{ account: pool(fund), carriedFen: 40n, lapsedFen: 0n }]
    const approvals = [{ programme: 'one', terms, before, parts, after: uuid(3) }]
    const closed = ask(planYearEnd(one, uuid(4), { nextYear: 2025, places, approvals }))
    expect(new Set(closed)).toEqual(new Set(['posted']))
    const next: Books = { ...one, fund: { ...fund, year: 2025 } }
    expect(new Set(ask(planGrant(next, { ...before, id: uuid(3) }, terms, 1)))).toEqual(new Set(['posted']))
    expect(left(journal, pool(next.fund))).toBe(0n)
  })
})
