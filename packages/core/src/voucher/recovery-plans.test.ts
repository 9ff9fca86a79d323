// After any correction the books equal those of a history in which the right amount was recorded at first, caps and quotas
// included; a clawback that is cancelled leaves no trace in any balance.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hash } from '../canonical.ts'
import { startOf } from '../calendar/index.ts'
import { emptyJournal, post, type Journal } from '../ledger/index.ts'
import {
  ownPool,
  planAppropriation,
  planApproval,
  planCancelClawback,
  planClawback,
  planGrant,
  planHold,
  planPayment,
  planRecovery,
  planRectification,
  planRedemption,
  planRefund,
  planSetOff,
  planUndemand,
  type CapLine,
  type ClawbackTerms,
  type Plan,
} from './index.ts'

const hash: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const fund = { ledger: 7, jurisdiction: '990100', programme: 'demo' }
const books = { fund, hash }
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const HOLDER = '91110000MA00000018'
const voucher = { number: 'Q-1', holder: HOLDER, district: '990101', usableUntil: '2024-12-31' } as const
const payee = { payee: HOLDER, district: '990101' }
const yearly: CapLine = {
  key: 'year',
  cap: 'firm_year',
  counter: 'paid',
  measure: 'fen',
  subjectKey: HOLDER,
  periodKey: '2024',
  limit: 10_000_000n,
}
const once: CapLine = { ...yearly, key: 'once', cap: 'contract', measure: 'count', periodKey: '', limit: 3n }

function ledgerOf(): { journal: Journal; carry: (plan: Plan | null, on?: string) => void } {
  const journal = emptyJournal(fund.ledger, fund.jurisdiction, hash)
  return {
    journal,
    carry: (plan, on = '2024-06-01') => {
      if (plan === null) return
      const place = { ledger: fund.ledger, jurisdiction: fund.jurisdiction }
      for (const links of post(journal, { ...place, ...plan, moment: startOf(on) }))
        expect(links.map(({ result }) => result)).toEqual(links.map(() => 'posted'))
    },
  }
}

/** What each account holds, empty ones left out. */
function balances({ books: { accounts } }: Journal): Record<string, bigint> {
  const entries = [...accounts].map(([id, { balance }]): [string, bigint] => [
    id,
    balance.creditsPosted - balance.debitsPosted + balance.creditsPending - balance.debitsPending,
  ])
  return Object.fromEntries(entries.filter(([, net]) => net !== 0n).sort())
}

const claim = { ...payee, id: uuid(30), number: 'DF-1' }

/** A voucher of 50,000 yuan and one claim on it, approved with an amount and settled in part. */
function claimed(approvedFen: bigint, settledFen: bigint): ReturnType<typeof ledgerOf> {
  const ledger = ledgerOf()
  ledger.carry(planAppropriation(books, uuid(1), 20_000_000n))
  const approval = { id: uuid(2), amountFen: 5_000_000n, caps: [] }
  const terms = { makes: 'voucher', ...voucher } as const
  ledger.carry(planApproval(books, approval, terms))
  ledger.carry(planGrant(books, approval, terms))
  if (approvedFen === 0n) return ledger
  const drawn = { ...claim, voucher }
  ledger.carry(planHold(books, drawn, 5_000_000n))
  ledger.carry(planRedemption(books, drawn, approvedFen, [yearly, once]))
  if (settledFen > 0n) ledger.carry(planPayment(books, claim, uuid(31), settledFen))
  return ledger
}

const sources = [{ pool: ownPool(fund), amountFen: 5_000_000n }]

const amount = fc.bigInt(1n, 5_000_000n)

describe('a correction', () => {
  test('leaves what the right amount would have left, whatever was recorded and paid', () => {
    fc.assert(
      fc.property(amount, fc.bigInt(0n, 5_000_000n), fc.bigInt(0n, 100n), (recordedFen, rightFen, share) => {
        const settledFen = (recordedFen * share) / 100n
        const wrong = claimed(recordedFen, settledFen)
        const overFen = settledFen > rightFen ? settledFen - rightFen : 0n
        const debt = { ...payee, number: 'GZ-1' }
        if (overFen > 0n) {
          const demand = { id: uuid(40), debt, voucher: null, revokedFen: 0n, owedFen: overFen, sources }
          wrong.carry(planClawback(books, demand))
        }
        const demanded = overFen > 0n ? { debt, amountFen: overFen } : null
        const rectified = {
          id: uuid(40),
          recordedFen,
          rightFen,
          settledFen,
          caps: [yearly, once],
          source: voucher,
        }
        wrong.carry(planRectification(books, claim, { ...rectified, demanded }))
        const right = claimed(rightFen, settledFen - overFen)
        const grants = Object.keys(balances(wrong.journal)).length
        expect(balances(wrong.journal)).toEqual(
          rightFen === 0n ? expect.objectContaining(balances(right.journal)) : balances(right.journal),
        )
        // of a claim that is nothing, only the limits of its caps were ever granted
        if (rightFen === 0n) expect(grants).toBe(Object.keys(balances(right.journal)).length + 4)
      }),
      { numRuns: 150 },
    )
  })

  test('of a correction is one as well', () => {
    const ledger = claimed(1_000_000n, 0n)
    const shared = { settledFen: 0n, caps: [yearly, once], source: voucher, demanded: null }
    ledger.carry(
      planRectification(books, claim, { ...shared, id: uuid(41), recordedFen: 1_000_000n, rightFen: 700n }),
    )
    ledger.carry(
      planRectification(books, claim, { ...shared, id: uuid(42), recordedFen: 700n, rightFen: 900_000n }),
    )
    expect(balances(ledger.journal)).toEqual(balances(claimed(900_000n, 0n).journal))
  })

  test('where the voucher is over, the rest is with the pool', () => {
    const ledger = claimed(1_000_000n, 1_000_000n)
    const debt = { ...payee, number: 'GZ-1' }
    ledger.carry(
      planClawback(books, { id: uuid(43), debt, voucher: null, revokedFen: 0n, owedFen: 400_000n, sources }),
    )
    const before = balances(ledger.journal)
    ledger.carry(
      planRectification(books, claim, {
        id: uuid(43),
        recordedFen: 1_000_000n,
        rightFen: 600_000n,
        settledFen: 1_000_000n,
        caps: [yearly, once],
        source: { sources, spentFen: 1_000_000n },
        demanded: { debt, amountFen: 400_000n },
      }),
      '2025-03-01',
    )
    const after = balances(ledger.journal)
    const moved = Object.keys(before)
      .map((id) => (after[id] ?? 0n) - before[id]!)
      .filter((change) => change !== 0n)
      .sort((a, b) => (a < b ? -1 : 1))
    // the debt is gone, the pool and the yearly cap have it back, and the cap's use is less
    expect(moved).toEqual([-400_000n, -400_000n, 400_000n, 400_000n])
  })
})

describe('a clawback', () => {
  const debt = { ...payee, number: 'ZH-1' }
  const taken: ClawbackTerms = {
    id: uuid(50),
    debt,
    voucher,
    revokedFen: 4_000_000n,
    owedFen: 1_000_000n,
    sources,
  }

  test('cancelled leaves no trace in any balance, recovered or not', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1_000_000n), (recoveredFen) => {
        const ledger = claimed(1_000_000n, 1_000_000n)
        const before = balances(ledger.journal)
        ledger.carry(planClawback(books, taken))
        if (recoveredFen > 0n)
          ledger.carry(
            planRecovery(books, debt, { document: uuid(51), amount: recoveredFen, sources, beforeFen: 0n }),
          )
        const unwound = { ...taken, owedFen: 1_000_000n - recoveredFen }
        ledger.carry(planCancelClawback(books, unwound))
        if (recoveredFen > 0n)
          ledger.carry(
            planRefund(books, debt, { document: uuid(52), amount: recoveredFen, sources, beforeFen: 0n }),
          )
        expect(balances(ledger.journal)).toEqual(before)
      }),
      { numRuns: 30 },
    )
  })

  test('is settled from what is payable, and what is written off stays paid', () => {
    const ledger = claimed(1_000_000n, 400_000n)
    const owing = { ...taken, voucher: null, revokedFen: 0n, owedFen: 400_000n }
    ledger.carry(planClawback(books, owing))
    ledger.carry(
      planSetOff(books, debt, claim, { document: uuid(53), amount: 300_000n, sources, beforeFen: 0n }),
    )
    ledger.carry(planUndemand(books, debt, uuid(54), 100_000n))
    const receivable = [...ledger.journal.books.accounts.values()].find(
      ({ account }) => account.code === 'receivable',
    )!
    expect(receivable.balance.creditsPosted - receivable.balance.debitsPosted).toBe(0n)
  })
})
