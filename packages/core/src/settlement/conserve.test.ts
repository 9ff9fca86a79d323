import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../calendar/index.ts'
import {
  conserve,
  disputeUntil,
  heldFen,
  type ClaimedUse,
  type Conserved,
  type UnpaidCode,
  type UsedDay,
} from './index.ts'

const used = (day: string, valueFen: bigint, reason = 'rated'): UsedDay => ({
  month: day.slice(0, 7) as UsedDay['month'],
  day: day as UsedDay['day'],
  reason,
  valueFen,
  amountFen: reason === 'rated' ? valueFen : 0n,
})

const claim = (change: Partial<ClaimedUse> = {}): ClaimedUse => ({
  number: 'DF-1',
  from: '2024-06-01',
  to: '2024-06-30',
  legs: ['metered', 'contract', 'invoice', 'payment'],
  shownFen: 1000n,
  shortfalls: [],
  baseFen: 1000n,
  payableFen: 500n,
  approvedFen: 500n,
  paidFen: 500n,
  ...change,
})

const bill = (days: readonly UsedDay[]): Parameters<typeof conserve>[1] =>
  days.map(({ month, amountFen }) => ({ month, amountFen }))

const unpaid = ({ months }: Conserved, at = 0): Partial<Record<UnpaidCode, bigint>> =>
  Object.fromEntries(months[at]!.unpaid.map(({ code, amountFen }) => [code, amountFen]))

const june = [used('2024-06-03', 700n), used('2024-06-20', 300n), used('2024-06-21', 90n, 'node_failed')]

test('a paid claim is voucher and own money, and what is not charged keeps its reason', () => {
  const conserved = conserve(june, bill(june), [
    claim({ shownFen: 1090n, shortfalls: [{ code: 'node_failed', differenceFen: 90n }] }),
  ])
  expect(conserved.faults).toEqual([])
  expect(conserved.months).toMatchObject([
    {
      month: '2024-06',
      valueFen: 1090n,
      ratedFen: 1000n,
      voucherFen: 500n,
      ownFen: 500n,
      unpaidFen: 0n,
      differenceFen: 0n,
    },
  ])
  expect(conserved.months[0]!.uncharged).toEqual([{ reason: 'node_failed', amountFen: 90n }])
})

test.each<[UnpaidCode, Partial<ClaimedUse>, bigint]>([
  ['under_review', { approvedFen: null, paidFen: 0n }, 500n],
  ['awaiting_payment', { paidFen: 100n }, 400n],
  ['approved_less', { approvedFen: 300n, paidFen: 300n }, 200n],
  [
    'invoices_cover_less',
    { baseFen: 800n, shortfalls: [{ code: 'invoices_cover_less', differenceFen: 200n }] },
    200n,
  ],
  ['disputed', { baseFen: 900n, shortfalls: [{ code: 'disputed', differenceFen: 100n }] }, 100n],
  ['rated_since_claim', { shownFen: 800n, baseFen: 800n }, 200n],
  ['settled_too_much', { shownFen: 1200n, baseFen: 1200n }, -200n],
  ['not_claimed', { to: '2024-06-10', shownFen: 700n, baseFen: 700n }, 300n],
  ['not_metered', { legs: ['contract'], shownFen: 900n, baseFen: 900n }, 100n],
])('what is unpaid says why: %s', (code, change, fen) => {
  const conserved = conserve(june, bill(june), [claim(change)])
  expect(conserved.faults).toEqual([])
  expect(unpaid(conserved)[code]).toBe(fen)
})

test('claims that share days count the same use once', () => {
  const first = claim({
    shownFen: 1000n,
    baseFen: 600n,
    shortfalls: [{ code: 'invoices_cover_less', differenceFen: 400n }],
  })
  const second = claim({
    number: 'DF-2',
    baseFen: 300n,
    payableFen: 300n,
    approvedFen: 300n,
    paidFen: 300n,
    shortfalls: [
      { code: 'metered_settled_before', differenceFen: 600n },
      { code: 'payments_cover_less', differenceFen: 100n },
    ],
  })
  const conserved = conserve(june, bill(june), [first, second])
  expect(conserved.faults).toEqual([])
  expect(unpaid(conserved)).toEqual({ payments_cover_less: 100n })
})

test('a bill, a match or a payment that does not add up is named with its difference', () => {
  const short = bill(june).map((charge, index) => ({
    ...charge,
    amountFen: charge.amountFen - (index === 0 ? 1n : 0n),
  }))
  expect(conserve(june, short, [claim()]).faults).toEqual([
    { fault: 'bill_differs', at: '2024-06', byFen: -1n },
  ])
  expect(conserve(june, bill(june), [claim({ shownFen: 1001n })]).faults).toEqual([
    { fault: 'match_differs', at: 'DF-1', byFen: 1n },
  ])
  expect(conserve(june, bill(june), [claim({ paidFen: 502n })]).faults).toEqual([
    { fault: 'claim_pays_more', at: 'DF-1', byFen: 2n },
  ])
})

test('for any use and any claims every month adds up to the fen, and no part but an excess is below zero', () => {
  const day = fc.integer({ min: 0, max: 119 }).map((at) => addDays('2024-01-01', at))
  const days = fc.array(
    fc
      .tuple(day, fc.bigInt(0n, 10_000n), fc.constantFrom('rated', 'rated', 'node_failed', 'outside_term'))
      .map(([on, fen, reason]) => used(on, fen, reason)),
    { maxLength: 20 },
  )
  const claims = fc.array(
    fc
      .tuple(
        day,
        day,
        fc.bigInt(0n, 30_000n),
        fc.bigInt(0n, 100n),
        fc.bigInt(0n, 100n),
        fc.bigInt(0n, 9_000n),
      )
      .map(([a, b, baseFen, share, paid, short]) => {
        const payableFen = (baseFen * share) / 100n
        const [from, to] = (a < b ? [a, b] : [b, a]) as [ClaimedUse['from'], ClaimedUse['to']]
        const shortfalls =
          short === 0n ? [] : [{ code: 'payments_cover_less' as const, differenceFen: short }]
        const approvedFen = paid === 0n ? null : payableFen
        return claim({
          from,
          to,
          baseFen,
          shownFen: baseFen + short,
          shortfalls,
          payableFen,
          approvedFen,
          paidFen: (payableFen * paid) / 100n,
        })
      }),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(days, claims, (use, filed) => {
      const { months, faults } = conserve(use, bill(use), filed)
      expect(faults).toEqual([])
      const total = (pick: (month: (typeof months)[number]) => bigint): bigint =>
        months.reduce((sum, each) => sum + pick(each), 0n)
      expect(total((each) => each.voucherFen)).toBe(filed.reduce((sum, each) => sum + each.paidFen, 0n))
      expect(total((each) => each.ratedFen)).toBe(use.reduce((sum, each) => sum + each.amountFen, 0n))
      for (const month of months) {
        expect(month.ratedFen).toBe(month.voucherFen + month.ownFen + month.unpaidFen)
        expect(month.voucherFen >= 0n && month.ownFen >= 0n).toBe(true)
        for (const { code, amountFen } of month.unpaid)
          expect(amountFen > 0n || code === 'settled_too_much' || code === 'not_metered').toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('a dispute is in time for twenty working days after the month or its claim, and holds no more than was rated', () => {
  expect(disputeUntil('2024-06-30', [])).toBe('2024-07-26')
  expect(disputeUntil('2024-06-30', ['2024-07-10'])).toBe('2024-08-07')
  const much = {
    month: '2024-06' as const,
    direction: 'too_much' as const,
    disputedFen: 80n,
    upheldFen: null,
  }
  expect(heldFen([much, { ...much, direction: 'too_little' }], new Map([['2024-06', 100n]]))).toBe(80n)
  expect(heldFen([much, { ...much, upheldFen: 5n }], new Map([['2024-06', 100n]]))).toBe(85n)
  expect(heldFen([much, much], new Map([['2024-06', 100n]]))).toBe(100n)
})
