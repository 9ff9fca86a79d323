// 预扣到期: what a claim holds falls back when the adoption's working days are over; a late approval is refused by name,
// before the tick and after it; the firm is told before and after, and sees the day; whoever comes first, tick or person,
// the books are the same to the fen.
import { granted, must, testCity, testFirm, type TestCity, type TestFirm } from '@suanquan/testkit'
import { addDays, addWorkingDays, type Day } from '@suanquan/core/calendar'
import { sql, verifyLedger } from '@suanquan/server'
import { afterAll, beforeAll, expect, test } from 'vitest'

const DAYS = 5
const city: TestCity = await testCity({
  adoption: (text) => text.replace('workdays: 60', `workdays: ${DAYS}`),
})
afterAll(() => city.stop())
const [clerk, reviewer] = [city.as('clerk'), city.as('reviewer')]
let firm: TestFirm
let voucherId = ''

beforeAll(async () => {
  firm = await testFirm(city)
  voucherId = (await granted(city, await firm.submitted('HT-1'), '100000000')).voucherId!
  city.setDay('2024-06-03')
  for (const [month, day] of [
    [5, '2024-05-20'],
    [6, '2024-06-01'],
  ] as const)
    await firm.use('HT-1', day, 10 + month)
})

/** Claims a day's use, on that day; the last day of its hold follows. */
async function claimed(on: Day, used: Day, series: number): Promise<{ id: string; lastDay: Day }> {
  city.setDay(on)
  const body = firm.claim({ voucherId, from: used, to: used, fen: 1_000_000n, series, on: used })
  const { id, holdEndsOn } = must(await clerk.submitClaim({ body }))
  const lastDay = addWorkingDays(on, DAYS)
  expect(lastDay.ok && lastDay.value.day).toBe(holdEndsOn)
  return { id, lastDay: holdEndsOn! }
}

const voucher = async () => must(await clerk.readVoucher({ params: { id: voucherId } }))
const approve = (id: string) =>
  reviewer.decideClaim({ params: { id }, body: { decision: 'approve', amountFen: '1', reason: '四项相符' } })
const codeOf = (answer: Awaited<ReturnType<typeof approve>>): string | null =>
  answer.ok ? null : answer.problem.code
const told = async (id: string): Promise<string[]> =>
  must(await clerk.listMessages({ query: { size: 200 } })).items.flatMap(({ aboutId, kind }) =>
    aboutId === id && kind.startsWith('hold_') ? [kind] : [],
  )

test('on its last day a hold can be approved, after it no more; the tick gives it back and everybody is told', async () => {
  const { id, lastDay } = await claimed('2024-06-04', '2024-05-20', 1)
  const held = await voucher()
  expect(BigInt(held.heldFen)).toBeGreaterThan(0n)
  expect(held.pieces.find(({ part }) => part === 'held')).toMatchObject({ heldUntil: lastDay, claim: { id } })
  city.setDay(lastDay)
  await city.tick()
  await city.tick()
  expect(await told(id)).toEqual(['hold_ending'])
  expect((await voucher()).heldFen).toBe(held.heldFen)
  city.setDay(addDays(lastDay, 1))
  expect(codeOf(await approve(id))).toBe('claim.hold_over')
  await city.tick()
  await city.tick()
  expect((await told(id)).toSorted()).toEqual(['hold_ended', 'hold_ending'])
  const after = await voucher()
  expect(after.heldFen).toBe('0')
  expect(BigInt(after.usableFen)).toBe(BigInt(held.usableFen) + BigInt(held.heldFen))
  expect(after.history.at(-1)).toMatchObject({ code: 'redeem', kind: 'release' })
  const claim = must(await clerk.readClaim({ params: { id } }))
  expect(claim.state).toBe('refused')
  expect(claim.events.at(-1)).toMatchObject({ event: 'lapse' })
  expect(codeOf(await approve(id))).toBe('claim.hold_over')
})

test('the same use is claimed anew and approved within the time; nothing falls back any more', async () => {
  const { id, lastDay } = await claimed('2024-06-13', '2024-05-20', 2)
  expect(codeOf(await approve(id))).toBeNull()
  city.setDay(addDays(lastDay, 1))
  await city.tick()
  expect(must(await clerk.readClaim({ params: { id } })).state).toBe('approved')
  expect(await told(id)).toEqual([])
})

test('tick, approval and withdrawal at once after the last day: one gives it back, once', async () => {
  const before = await voucher()
  const { id, lastDay } = await claimed('2024-06-25', '2024-06-01', 3)
  city.setDay(addDays(lastDay, 1))
  const [late, withdrawn] = await Promise.all([
    approve(id),
    clerk.withdrawClaim({ params: { id }, body: { reason: '重新整理材料' } }),
    city.tick(),
    city.tick(),
  ])
  // refused by name, or by the state into which the withdrawal had brought it
  expect(['claim.hold_over', 'claim.transition_not_allowed']).toContain(codeOf(late))
  await city.tick()
  const { state } = must(await clerk.readClaim({ params: { id } }))
  expect(state).toBe(withdrawn.ok ? 'withdrawn' : 'refused')
  const after = await voucher()
  expect([after.usableFen, after.heldFen]).toEqual([before.usableFen, before.heldFen])
  expect(after.history.filter(({ kind }) => kind === 'release')).toHaveLength(2)
  expect(must(await city.as('auditor').verifyLedger({})).ok).toBe(true)
})

test('a claim that says another last day than its hold has is found by the proof, and only while it does', async () => {
  const found = async (): Promise<string[]> =>
    (await verifyLedger(city.store.database)).flatMap(({ findings }) => findings.map(({ check }) => check))
  expect(await found()).toEqual([])
  const move = (days: number) =>
    sql`update claim set hold_ends_on = hold_ends_on + ${days}::int`.execute(city.store.database.kysely)
  await move(1)
  expect(new Set(await found())).toEqual(new Set(['hold_ends']))
  expect(must(await city.as('auditor').verifyLedger({})).ok).toBe(false)
  await move(-1)
  await sql`update claim set hold_ends_on = null`.execute(city.store.database.kysely)
  expect(new Set(await found())).toEqual(new Set(['hold_ends']))
})
