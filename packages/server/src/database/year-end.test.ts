// The end of a year with more promises than one call of the ledger takes: all go on in the next year, or none does.
import { startOf } from '@suanquan/core/calendar'
import type { PostingSet } from '@suanquan/core/ledger'
import {
  idOf,
  planAppropriation,
  planApproval,
  planYearEnd,
  pool,
  type Approval,
  type Books,
  type GrantTerms,
  type MovedApproval,
  type Plan,
} from '@suanquan/core/voucher'
import { testDatabase } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { accountsOf, ledgerHash, postPlan, verifyLedger, type Database } from './index.ts'

const PROMISES = 2_600
const { database, drop } = await testDatabase()
afterAll(drop)

const books: Books = {
  hash: ledgerHash,
  fund: { ledger: 1, jurisdiction: '990100', programme: 'one', year: null },
}
const uuid = (kind: number, n: number): string =>
  `00000000-0000-4000-8${kind}00-${String(n).padStart(12, '0')}`
const place = { ledger: 1, jurisdiction: '990100' }
const moment = startOf('2025-01-10')
const terms = (n: number): GrantTerms => ({
  makes: 'voucher',
  number: `V${n}`,
  holder: '91110000MA00000018',
  district: '990101',
  usableUntil: '2025-12-31',
})
const cap = {
  key: 'all',
  cap: 'all',
  counter: 'granted',
  measure: 'fen',
  subjectKey: '',
  periodKey: '',
} as const
const approval = (n: number): Approval => ({
  id: uuid(1, n),
  amountFen: 100n,
  caps: [{ ...cap, limit: 10_000_000n }],
})
const numbers = Array.from({ length: PROMISES }, (_, n) => n)

async function carriedOut(
  on: Database,
  plan: Plan & { readonly close?: readonly string[] },
): Promise<{ ok: boolean }> {
  return on.transaction(async (tx) => ({
    ok: (await postPlan(tx, { ...place, ...plan, refused: () => 'again' }, moment)) === null,
  }))
}

const poolIn = (year: number | null) => idOf(books, pool({ ...books.fund, year }))
async function balanceOf(id: string): Promise<readonly [left: bigint, reserved: bigint] | null> {
  const [state] = await accountsOf(database.kysely, 1, { ids: [id] })
  if (state === undefined) return null
  const { creditsPosted, debitsPosted, debitsPending } = state.balance
  return [creditsPosted - debitsPosted, debitsPending]
}

test('some thousands of promises go on together, or not at all', async () => {
  expect(await carriedOut(database, planAppropriation(books, uuid(0, 1), 1_000_000n))).toEqual({ ok: true })
  const plans = numbers.map((n) => planApproval(books, approval(n), terms(n)))
  const [granting] = plans[0]!.sets
  const approved: Plan = {
    open: plans.flatMap(({ open }) => open),
    sets: [granting!, ...plans.map(({ sets }) => sets.at(-1)!)],
  }
  expect(await carriedOut(database, approved)).toEqual({ ok: true })
  const promised = BigInt(PROMISES) * 100n
  expect(await balanceOf(poolIn(null))).toEqual([1_000_000n, promised])

  const approvals = numbers.map((n): MovedApproval => ({
    programme: 'one',
    terms: terms(n),
    before: approval(n),
    parts: [0],
    after: uuid(2, n),
  }))
  const account = { ...pool(books.fund), year: null }
  const places = [{ account, carriedFen: promised, lapsedFen: 1_000_000n - promised }]
  const closing = planYearEnd(books, uuid(3, 1), { nextYear: 2025, places, approvals })
  expect(closing.sets.flat().length).toBeGreaterThan(10_000)

  // one promise too much, in the last part: nothing of the closing remains
  const unheld: PostingSet = planApproval(
    { ...books, fund: { ...books.fund, year: 2025 } },
    { id: uuid(4, 1), amountFen: 1n, caps: [] },
    terms(0),
  ).sets[0]!
  expect(await carriedOut(database, { ...closing, sets: [...closing.sets, unheld] })).toEqual({ ok: false })
  expect(await balanceOf(poolIn(null))).toEqual([1_000_000n, promised])
  expect(await balanceOf(poolIn(2025))).toBeNull()

  expect(await carriedOut(database, closing)).toEqual({ ok: true })
  expect(await balanceOf(poolIn(null))).toEqual([0n, 0n])
  expect(await balanceOf(poolIn(2025))).toEqual([promised, promised])
  expect(await verifyLedger(database)).toMatchObject([{ findings: [] }])
})
