import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMonths } from '../calendar/index.ts'
import { chipClass } from '../capacity/index.ts'
import {
  addRungs,
  alertsDue,
  ALERT_PERCENTS,
  burnOf,
  cardSecondsOf,
  ladderContradictions,
  ladderOf,
  PACE_DAYS,
  readingOf,
  RUNGS,
  soldAndActive,
  soldIn,
  termsEnding,
  type CentreMonth,
  type RungName,
  type RungReading,
  type SoldTerm,
} from './index.ts'

const months = Array.from({ length: 12 }, (_, index) => addMonths('2026-01-01', index).slice(0, 7))
const CARDS = 100
const A100 = chipClass('A100')

/** Contracts that together buy every card of the centre while they run: an hour of a card costs a yuan. */
const term = (contract: string, cards: number, until: string): SoldTerm => {
  const hours = months
    .filter((month) => month <= until.slice(0, 7))
    .reduce((sum, month) => sum + cardSecondsOf(cards, month) / 3600, 0)
  return {
    centre: 'c',
    contract,
    from: '2026-01-01',
    until,
    fen: BigInt(hours) * 100n,
    prices: [{ chip: 'A100', fenPerCardHour: 100n }],
  }
}

function without(readings: CentreMonth['readings'], name: RungName): CentreMonth['readings'] {
  return Object.fromEntries(Object.entries(readings).filter(([each]) => each !== name))
}

const terms = [term('half', 50, '2026-06-30'), term('other half', 50, '2026-12-31')]

/** A centre sold 100 %, active 8 %, with half its terms ending in month 6. */
const cells: readonly CentreMonth[] = months.map((month) => {
  const of = cardSecondsOf(CARDS, month)
  const reading = (share: number, source: RungReading['sources'][number]): RungReading =>
    readingOf([{ chip: 'A100', cardSeconds: of * share }], {
      sources: [source],
      whole: true,
      seen: source === 'monitoring' ? { seconds: of, of } : null,
    })
  return {
    centre: 'c',
    month,
    classes: { [A100]: 312 },
    readings: {
      installed: reading(1, 'statement'),
      sold: readingOf(soldIn(terms, month), { sources: ['contracts'], whole: true, seen: null }),
      ...(month === '2026-03' ? { active: reading(0.08, 'monitoring') } : {}),
    },
  }
})

describe('a centre sold 100 %, active 8 %, with half its terms ending in month 6', () => {
  test('is told by what is sold, what is sold after month 6, and what is active, in one value', () => {
    expect(soldAndActive(cells, terms, '2026-03')).toEqual({
      month: '2026-03',
      sold: { share: 1, atLeast: false },
      ending: { month: '2026-06', contracts: 1, perDay: 50 * 86_400, share: 0.5 },
      after: { month: '2026-07', sold: { share: 0.5, atLeast: false } },
      active: { share: 0.08, atLeast: false },
    })
  })

  test('has rungs without a feed that are unknown, not nothing', () => {
    const rungs = ladderOf(cells.filter(({ month }) => month === '2026-03'))
    const unknown = rungs.filter(({ unknownOf }) => unknownOf > 0)
    expect(unknown.map(({ name }) => name)).toEqual(['available', 'allocated', 'effective'])
    expect(unknown.map(({ pflopHours }) => pflopHours)).toEqual([null, null, null])
    expect(rungs[0]).toMatchObject({ cardSeconds: 100 * 744 * 3600, pflopHours: (100 * 744 * 312) / 1000 })
  })

  test('says what is sold at least when the centre has not stated a later month', () => {
    const silent = cells.map((cell) =>
      cell.month < '2026-07'
        ? cell
        : { ...cell, readings: { sold: { ...cell.readings.sold!, whole: false } } },
    )
    const { after } = soldAndActive(silent, terms, '2026-03')
    expect(after).toEqual({ month: '2026-07', sold: { share: 0.5, atLeast: true } })
  })

  test('without a statement of what is installed has no share at all', () => {
    const bare = cells.map((cell) => ({ ...cell, readings: without(cell.readings, 'installed') }))
    expect(soldAndActive(bare, terms, '2026-03')).toMatchObject({ sold: null, active: null })
  })
})

test('terms end in the month of their last day, as a share of what runs', () => {
  expect(termsEnding(terms, '2026-03').map(({ month, share }) => [month, share])).toEqual([
    ['2026-06', 0.5],
    ['2026-12', 0.5],
  ])
  expect(termsEnding(terms, '2026-07').map(({ month, share }) => [month, share])).toEqual([['2026-12', 1]])
})

test('a rung above one before it is told with both feeds, and stays what it is', () => {
  const [cell] = cells
  const over: CentreMonth = {
    ...cell!,
    readings: {
      ...cell!.readings,
      active: readingOf([{ chip: 'a100', cardSeconds: cardSecondsOf(120, '2026-01') }], {
        sources: ['monitoring'],
        whole: true,
        seen: null,
      }),
    },
  }
  expect(ladderContradictions([over])).toEqual([
    {
      centre: 'c',
      month: '2026-01',
      chip: null,
      rung: 'active',
      cardSeconds: cardSecondsOf(120, '2026-01'),
      sources: ['monitoring'],
      within: 'sold',
      withinCardSeconds: cardSecondsOf(100, '2026-01'),
      withinSources: ['contracts'],
    },
  ])
  expect(ladderOf([over])[4]!.cardSeconds).toBe(cardSecondsOf(120, '2026-01'))
  expect(ladderContradictions([cell!])).toEqual([])
})

test('a feed that does not tell classes knows the centre and not its classes', () => {
  const cell: CentreMonth = {
    centre: 'c',
    month: '2026-01',
    classes: { A100: 312, H800: 990 },
    readings: {
      active: readingOf([{ chip: null, cardSeconds: 3600 }], {
        sources: ['monitoring'],
        whole: true,
        seen: null,
      }),
    },
  }
  expect(ladderOf([cell])[4]).toMatchObject({ cardSeconds: 3600, unknownOf: 0, pflopHours: null })
  expect(ladderOf([cell], 'A100')[4]).toMatchObject({ cardSeconds: 0, unknownOf: 1 })
})

const reading = fc.record({
  sources: fc.constant(['scheduler'] as const),
  chips: fc.dictionary(fc.constantFrom('A100', 'H800'), fc.nat(1e12), { noNullPrototype: true }),
  unplaced: fc.nat(1e9),
  whole: fc.boolean(),
  seen: fc.option(fc.record({ seconds: fc.nat(1e9), of: fc.nat(1e9) })),
})
const anyCell: fc.Arbitrary<CentreMonth> = fc.record({
  centre: fc.constantFrom('a', 'b', 'c'),
  month: fc.constantFrom(...months),
  classes: fc.constant({ A100: 312 }),
  readings: fc.record(
    Object.fromEntries(RUNGS.map((name) => [name, reading])) as Record<RungName, typeof reading>,
    { requiredKeys: [] },
  ),
})

test('adding centres adds their rungs, in any order, and what is unknown of one stays unknown of all', () => {
  fc.assert(
    fc.property(fc.array(anyCell), fc.array(anyCell), (left, right) => {
      const [a, b, all] = [ladderOf(left), ladderOf(right), ladderOf([...right, ...left])]
      all.forEach((rung, index) => {
        const sum = addRungs(a[index]!, b[index]!)
        expect({ ...rung, pflopHours: 0 }).toEqual({ ...sum, pflopHours: 0 })
        expect(rung.pflopHours === null).toBe(sum.pflopHours === null)
        expect(rung.unknownOf > 0).toBe(a[index]!.unknownOf + b[index]!.unknownOf > 0)
        if (rung.unknownOf > 0) expect(rung.pflopHours).toBeNull()
      })
    }),
    { numRuns: 60 },
  )
})

describe('how long an amount lasts', () => {
  test('is what is left at the pace of the last seven days', () => {
    expect(burnOf({ totalFen: 10_000n, usedFen: 7_600n, recentFen: 700n }, '2026-03-02')).toEqual({
      percent: 76,
      leftFen: 2_400n,
      paceFen: 100n,
      daysLeft: 24,
      lastsUntil: '2026-03-26',
    })
  })

  test('is unknown when nothing was used in them, and over when nothing is left', () => {
    expect(burnOf({ totalFen: 100n, usedFen: 10n, recentFen: 0n }, '2026-03-02').daysLeft).toBeNull()
    expect(burnOf({ totalFen: 100n, usedFen: 130n, recentFen: 0n }, '2026-03-02')).toMatchObject({
      percent: 130,
      leftFen: 0n,
      daysLeft: 0,
      lastsUntil: '2026-03-02',
    })
  })

  test('a hundred per cent is said of what is used up and of nothing less', () => {
    expect(burnOf({ totalFen: 1_000n, usedFen: 999n, recentFen: 1n }, '2026-03-02').percent).toBe(99)
  })

  test('each threshold is told once, whatever way the use comes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 12 }), (steps) => {
        const told: (typeof ALERT_PERCENTS)[number][] = []
        let percent = 0
        for (const step of steps) {
          percent += step
          told.push(...alertsDue({ percent }, told))
        }
        expect(told).toEqual(ALERT_PERCENTS.filter((each) => percent >= each))
        expect(alertsDue({ percent }, told)).toEqual([])
      }),
    )
    expect(PACE_DAYS).toBe(7)
  })
})
