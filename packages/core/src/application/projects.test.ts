import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { partsOf, selectByRank, type Candidate } from './index.ts'

const candidates = fc
  .array(
    fc.record({
      meanTenths: fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths - (tenths % 100)),
      lowestTenths: fc.constantFrom(300, 500, 700),
      completeAt: fc.integer({ min: 0, max: 3 }),
      amount: fc.bigInt({ min: 1n, max: 50n }),
      district: fc.constantFrom('a', 'b'),
    }),
    { maxLength: 12 },
  )
  .map((found) =>
    found.map(({ amount, district, ...each }, index): Candidate => ({
      ...each,
      id: `${index}`,
      number: `SQ-${index}`.padEnd(6, '0'),
      draws: [
        { pool: 'city', amountFen: amount },
        { pool: district, amountFen: amount },
      ],
    })),
  )

const line = fc.record({
  city: fc.bigInt({ min: 0n, max: 200n }),
  district: fc.bigInt({ min: 0n, max: 100n }),
  most: fc.option(fc.integer({ min: 0, max: 6 })),
  leastTenths: fc.constantFrom(0, 300, 600),
  reserves: fc.integer({ min: 0, max: 3 }),
})

test('the order of the list that comes in changes nothing', () => {
  fc.assert(
    fc.property(candidates, line, (list, drawn) => {
      const leftFen = new Map([['city', drawn.city], ['a', drawn.district], ['b', drawn.district]]) // prettier-ignore
      const rank = (each: readonly Candidate[]): unknown =>
        selectByRank(each, { ...drawn, leftFen }).map(({ candidate, place }) => [candidate.id, place])
      expect(rank(list.toReversed())).toEqual(rank(list))
    }),
  )
})

test('no pool pays more than it has, no more are selected than may be, and nobody is overtaken in a pool', () => {
  fc.assert(
    fc.property(candidates, line, (found, drawn) => {
      const leftFen = new Map([['city', drawn.city], ['a', drawn.district], ['b', drawn.district]]) // prettier-ignore
      const ranked = selectByRank(found, { ...drawn, leftFen })
      const selected = ranked.filter(({ place }) => place === 'selected')
      expect(selected.length).toBeLessThanOrEqual(drawn.most ?? found.length)
      for (const [pool, left] of leftFen) {
        const draws = (each: Candidate): bigint =>
          each.draws.find((draw) => draw.pool === pool)?.amountFen ?? 0n
        const paid = selected.reduce((sum, { candidate }) => sum + draws(candidate), 0n)
        expect(paid <= left).toBe(true)
      }
      const passed = ranked.findIndex(({ because }) => because === 'pool' || because === 'number')
      const after = passed === -1 ? [] : ranked.slice(passed)
      expect(after.filter(({ place }) => place === 'selected')).toEqual([])
      expect(ranked.filter(({ place }) => place === 'reserve').length).toBeLessThanOrEqual(drawn.reserves)
      for (const { candidate, place } of ranked)
        if (candidate.meanTenths < drawn.leastTenths) expect(place).toBe('passed_over')
    }),
  )
})

test('of equal means the higher lowest score goes first, then who was complete first, then the lower number', () => {
  const base = { meanTenths: 800, draws: [] }
  const list: Candidate[] = [
    { ...base, id: 'late', number: 'SQ-2', lowestTenths: 700, completeAt: 2 },
    { ...base, id: 'low', number: 'SQ-1', lowestTenths: 600, completeAt: 1 },
    { ...base, id: 'second', number: 'SQ-4', lowestTenths: 700, completeAt: 1 },
    { ...base, id: 'first', number: 'SQ-3', lowestTenths: 700, completeAt: 1 },
  ]
  const ranked = selectByRank(list, { leftFen: new Map(), most: null, leastTenths: 0, reserves: 0 })
  expect(ranked.map(({ candidate }) => candidate.id)).toEqual(['first', 'second', 'late', 'low'])
})

describe('parts', () => {
  const half = [
    { amountFen: 75_000_000n, on: [] },
    { amountFen: 75_000_000n, on: ['excellent' as const] },
  ]

  test('as the programme names them, and in their proportion where less was approved', () => {
    expect(partsOf(150_000_000n, half)).toEqual([75_000_000n, 75_000_000n])
    expect(partsOf(2_000_100n, half)).toEqual([1_000_100n, 1_000_000n])
  })

  test('together they are the whole, and the first is never nothing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 150_000_000n }), (amountFen) => {
        const [first, second] = partsOf(amountFen, half) as [bigint, bigint]
        expect(first + second).toBe(amountFen)
        expect(first > 0n && second >= 0n && first <= 75_000_000n).toBe(true)
      }),
    )
  })
})
