import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  admit,
  fairOrder,
  giveBack,
  usedBy,
  type Quota,
  type QuotaState,
  type ShareRequest,
} from './index.ts'

const quotas: readonly Quota[] = [
  { name: 'north', nominal: 10 },
  { name: 'south', nominal: 10, borrowingLimit: 5 },
  { name: 'reserve', nominal: 10, lendingLimit: 3 },
]
function granted(state: QuotaState, id: string, quota: string, amount: number): QuotaState {
  const admission = admit(state, { id, quota, amount })
  if (!admission.ok) throw new Error(admission.refusal.code)
  return admission.value.state
}
const empty: QuotaState = { quotas, grants: [] }
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
const onLoan = (state: QuotaState): number =>
  sum(state.quotas.map(({ name, nominal }) => Math.max(0, usedBy(state, name) - nominal)))
const lendable = (state: QuotaState): number =>
  sum(
    state.quotas.map(({ name, nominal, lendingLimit = Number.POSITIVE_INFINITY }) =>
      Math.min(lendingLimit, Math.max(0, nominal - usedBy(state, name))),
    ),
  )

describe('a quota', () => {
  test('may borrow what others leave idle, up to its own limit and theirs', () => {
    expect(admit(empty, { id: 'a', quota: 'south', amount: 15 })).toMatchObject({
      ok: true,
      value: { borrowed: 5 },
    })
    expect(admit(empty, { id: 'a', quota: 'south', amount: 16 })).toMatchObject({
      refusal: { code: 'placement.quota_exhausted', params: { missing: 1 } },
    })
    expect(admit(empty, { id: 'a', quota: 'north', amount: 23 })).toMatchObject({
      ok: true,
      value: { borrowed: 13 },
    })
    expect(admit(empty, { id: 'a', quota: 'north', amount: 24 })).toMatchObject({ ok: false })
  })

  test('gets its own back: borrowed grants are named for reclaim, the latest first, own ones never', () => {
    let state = granted(empty, 'n1', 'north', 10)
    state = granted(state, 'n2', 'north', 4)
    state = granted(state, 'n3', 'north', 4)
    const admission = admit(state, { id: 's1', quota: 'south', amount: 10 })
    // The reserve lends no more than 3 of its own, so neither 8 nor 4 may stay on loan.
    expect(admission).toMatchObject({
      ok: true,
      value: { borrowed: 0, reclaimed: [{ id: 'n3' }, { id: 'n2' }] },
    })
  })

  test('that lends nothing has its own untouched when the true lender takes it back', () => {
    const names = ['A', 'B', 'C']
    const three = names.map((name) => ({ name, nominal: 5, ...(name === 'A' ? { lendingLimit: 0 } : {}) }))
    const lent = granted({ quotas: three, grants: [] }, 'loan', 'B', 10)
    expect(admit(lent, { id: 'own', quota: 'C', amount: 3 })).toMatchObject({
      ok: true,
      value: { borrowed: 0, reclaimed: [{ id: 'loan' }] },
    })
  })

  test.each([
    [{ name: 'a', nominal: Number.NaN }],
    [{ name: 'a', nominal: -5 }],
    [{ name: 'a', nominal: 1.5 }],
    [{ name: '', nominal: 5 }],
    [{ name: 'a', nominal: 5, lendingLimit: -1 }],
    [{ name: 'a', nominal: 5, borrowingLimit: Number.POSITIVE_INFINITY }],
    [{ name: 'b', nominal: 5 }],
  ])('that is absurd is refused: %j', (odd) => {
    const state = { quotas: [odd, { name: 'b', nominal: 5 }], grants: [] }
    expect(admit(state, { id: 'g', quota: 'b', amount: 1 })).toMatchObject({
      refusal: { code: 'placement.bad_quota' },
    })
  })

  test.each([
    [{ id: 'a', quota: 'west', amount: 1 }, 'placement.no_such_quota'],
    [{ id: 'a', quota: 'north', amount: 0 }, 'placement.bad_amount'],
    [{ id: 'a', quota: 'north', amount: Number.POSITIVE_INFINITY }, 'placement.bad_amount'],
  ])('refuses %j', (grant, code) => {
    expect(admit(empty, grant)).toMatchObject({ refusal: { code } })
  })

  test('never gives out more than there is, and always serves a claimant within its nominal amount', () => {
    const step = fc.record({
      quota: fc.constantFrom('north', 'south', 'reserve'),
      amount: fc.integer({ min: 1, max: 12 }),
      back: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state = empty
        steps.forEach(({ quota, amount, back }, index) => {
          if (back) state = giveBack(state, `g${index - 1}`) ?? state
          const within = usedBy(state, quota) + amount <= 10
          const admission = admit(state, { id: `g${index}`, quota, amount })
          if (within) expect(admission.ok).toBe(true)
          if (admission.ok) state = admission.value.state
          expect(state.grants.reduce((sum, grant) => sum + grant.amount, 0)).toBeLessThanOrEqual(30)
          expect(usedBy(state, 'south')).toBeLessThanOrEqual(15)
          expect(onLoan(state)).toBeLessThanOrEqual(lendable(state))
        })
      }),
    )
  })
})

describe('the fair order', () => {
  const requests = (claimant: string, count: number, amounts: number[]): ShareRequest[] =>
    [...Array(count).keys()].map((index) => ({ id: `${claimant}${index}`, claimant, amounts }))

  const ordered = (...asked: Parameters<typeof fairOrder>): readonly ShareRequest[] => {
    const order = fairOrder(...asked)
    if (!order.ok) throw new Error(order.refusal.code)
    return order.value
  }

  test('gives the example of the paper: three tasks of 1 CPU and 4 GB beside two of 3 CPU and 1 GB', () => {
    const table = { capacity: [9, 18], weights: {}, used: {}, seed: 1 }
    const order = ordered(table, [...requests('a', 9, [1, 4]), ...requests('b', 9, [3, 1])])
    const first = order.slice(0, 5).map(({ claimant }) => claimant)
    expect(first.filter((claimant) => claimant === 'a').length).toBe(3)
    expect(first.filter((claimant) => claimant === 'b').length).toBe(2)
  })

  test('lets a claimant of twice the weight have twice as much, and counts what is held already', () => {
    const table = { capacity: [100], weights: { a: 2 }, used: { b: [0] }, seed: 1 }
    const first = ordered(table, [...requests('a', 30, [1]), ...requests('b', 30, [1])]).slice(0, 30)
    expect(first.filter(({ claimant }) => claimant === 'a').length).toBe(20)
    const behind = ordered({ ...table, weights: {}, used: { a: [10] } }, [
      ...requests('a', 1, [1]),
      ...requests('b', 10, [1]),
    ])
    expect(behind.at(-1)!.claimant).toBe('a')
  })

  test('draws between equals by the seed, not by name or place in the list', () => {
    const firsts = [...Array(40).keys()].map((seed) => {
      const table = { capacity: [10], weights: {}, used: {}, seed }
      const list = [...requests('a', 1, [1]), ...requests('b', 1, [1])]
      const [first] = ordered(table, list)
      expect(ordered(table, [...list].reverse())[0]).toEqual(first)
      return first!.claimant
    })
    expect(firsts.filter((claimant) => claimant === 'a').length).toBeGreaterThan(8)
    expect(firsts.filter((claimant) => claimant === 'b').length).toBeGreaterThan(8)
  })

  test('serves a claimant whose name every object knows', () => {
    const table = { capacity: [10], weights: {}, used: {}, seed: 1 }
    const list = [...requests('constructor', 2, [1]), ...requests('__proto__', 2, [1])]
    expect(
      new Set(
        ordered(table, list)
          .slice(0, 2)
          .map(({ claimant }) => claimant),
      ).size,
    ).toBe(2)
  })

  const sensible = { capacity: [1], weights: {}, used: {}, seed: 1 }
  test.each([
    [{ ...sensible, capacity: [0] }, [1], 'capacity'],
    [{ ...sensible, capacity: [] }, [], 'capacity'],
    [{ ...sensible, weights: { a: 0 } }, [1], 'a'],
    [{ ...sensible, weights: { b: Number.NaN } }, [1], 'b'],
    [{ ...sensible, used: { a: [-1] } }, [1], 'a'],
    [sensible, [-5], 'a0'],
    [sensible, [Number.NaN], 'a0'],
    [sensible, [1, 1], 'a0'],
  ])('refuses what is absurd (%#)', (table, amounts, name) => {
    expect(fairOrder(table, requests('a', 1, amounts))).toMatchObject({
      refusal: { code: 'placement.bad_share', params: { name } },
    })
  })

  test('refuses an id that occurs twice', () => {
    const twice = [...requests('a', 1, [1]), ...requests('a', 1, [1])]
    expect(fairOrder(sensible, twice)).toMatchObject({ refusal: { code: 'placement.duplicate_id' } })
  })
})
