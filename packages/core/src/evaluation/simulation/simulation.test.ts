import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Decision } from '../../refusal.ts'
import { powReal } from '../../numeric.ts'
import { seededRandom } from '../../random.ts'
import { affordability } from './affordability.ts'
import {
  fitSpend,
  populationOf,
  samplePopulation,
  type Population,
  type SimulatedFirm,
} from './population.ts'
import { prepare, respond } from './response.ts'
import { supportAt, tabulate, type FirmClass, type SupportEvaluator } from './schedule.ts'
import { morris } from './sensitivity.ts'
import { schedulesOf, simulate, type Behaviour, type SimulationInput } from './simulate.ts'
import { backTest, compareVersions, efficiencyFrontier, marginalValues, summariseDraws } from './summary.ts'

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

const firmClass: FirmClass = {
  size: 'small',
  industry: 'ai',
  district: 'a',
  ownership: 'private',
  ageYears: 3,
}

/** A rate up to a cap, both exact. */
function capped(ratePercent: bigint, capYuan: bigint): SupportEvaluator {
  return (_, fen) => {
    const support = (fen * ratePercent) / 100n
    return support < capYuan * 100n ? support : capYuan * 100n
  }
}

const fixed = (value: number): Behaviour['hassle'] => ({
  low: value,
  mode: value,
  high: value,
  source: 'test',
})

const behaviour: Behaviour = {
  elasticity: fixed(-0.8),
  passThrough: fixed(1),
  hassle: fixed(5000),
  noise: fixed(1000),
  awareAtStart: fixed(0.2),
  awarePerMonth: fixed(0.15),
  newUserIntercept: fixed(-3),
  newUserSlope: fixed(4),
  unused: fixed(0.05),
}

const priors = {
  basis: 'assumed',
  firms: 400,
  sizes: {
    micro: { share: 0.7, medianSpend: 40_000, adopts: 0.15 },
    small: { share: 0.25, medianSpend: 200_000, adopts: 0.3 },
    large: { share: 0.05, medianSpend: 2_000_000, adopts: 0.6 },
  },
  industries: ['ai', 'manufacturing'],
  districts: ['a', 'b'],
  privateShare: 0.8,
  logSpread: 1,
} as const

const city: Population = must(populationOf(samplePopulation(priors, 'city')))

function input(evaluate: SupportEvaluator, change: Partial<SimulationInput> = {}): SimulationInput {
  const population = change.population ?? city
  return {
    population,
    schedules: must(schedulesOf(evaluate, population)),
    behaviour,
    pool: 1e12,
    queue: 'first_come',
    batchMonths: 1,
    months: 12,
    pricePerCompute: 20,
    seed: 'test',
    ...change,
  }
}

describe('the schedule of a policy', () => {
  test('rate and cap become two straight pieces that meet at cap / rate', () => {
    const schedule = must(tabulate(capped(30n, 2_000_000n), firmClass, { largestSpend: 1e8 }))
    expect(schedule.spend.length).toBeLessThanOrEqual(5)
    for (const spend of [0, 1234.5, 6_666_000, 6_666_667, 7e6, 1e8])
      expect(Math.abs(supportAt(schedule, spend) - Math.min(0.3 * spend, 2_000_000))).toBeLessThan(2)
  })
  test('tiers, a threshold and a notch are followed to the yuan', () => {
    const tiered: SupportEvaluator = (_, fen) => {
      if (fen < 5_000_000n) return 0n
      const first = fen < 100_000_000n ? fen : 100_000_000n
      return (first * 20n) / 100n + ((fen - first) * 10n) / 100n
    }
    const schedule = must(tabulate(tiered, firmClass, { largestSpend: 5e7 }))
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5e7, noNaN: true }), (spend) => {
        fc.pre(Math.abs(spend - 50_000) > 2)
        const expected = Number(tiered(firmClass, BigInt(Math.round(spend * 100)))!) / 100
        expect(Math.abs(supportAt(schedule, spend) - expected)).toBeLessThan(2)
      }),
    )
  })
  test('a policy that rounds down to 100 yuan needs that tolerance, and is too rough without it', () => {
    const rounded: SupportEvaluator = (_, fen) => ((fen * 3n) / 100_000n) * 10_000n
    expect(
      must(tabulate(rounded, firmClass, { largestSpend: 1e6, tolerance: 100 })).spend.length,
    ).toBeLessThan(200)
    expect(tabulate(rounded, firmClass, { largestSpend: 1e7 })).toMatchObject({
      refusal: { code: 'evaluation.schedule_too_rough' },
    })
  })
  test('an engine that cannot tell is refused', () => {
    expect(tabulate(() => null, firmClass, { largestSpend: 1e6 })).toMatchObject({
      refusal: { code: 'evaluation.support_unknown' },
    })
  })
  test('an engine that pays more than the spend, or less than nothing, is refused', () => {
    for (const wrong of [(_: FirmClass, fen: bigint) => fen + 1n, (_: FirmClass, fen: bigint) => -fen])
      expect(tabulate(wrong, firmClass, { largestSpend: 1e6 })).toMatchObject({
        refusal: { code: 'evaluation.support_not_sound' },
      })
  })
})

describe('validation (i): one firm in closed form', () => {
  const schedule = must(tabulate(capped(30n, 300_000n), firmClass, { largestSpend: 1e8 }))
  const demand = { elasticity: -0.8, passThrough: 0.9 }
  const own = prepare(schedule, demand)
  const factor = powReal(1 - 0.3 * 0.9, -0.8)

  test('below the cap spend is Q₀ (1 − rρ)^ε', () => {
    expect(respond(own, 200_000)).toBeCloseTo(200_000 * factor, 0)
  })
  test('firms whose response would cross the cap stop exactly there', () => {
    const kink = 300_000 / 0.3
    for (const baseline of [0.8 * kink, 0.9 * kink, 0.999 * kink])
      expect(Math.abs(respond(own, baseline) - kink) / kink).toBeLessThan(1e-5)
  })
  test('above the cap the marginal rate is zero and nothing moves', () => {
    expect(respond(own, 2_000_000)).toBeCloseTo(2_000_000, 2)
  })
  test('a threshold is jumped to when that leaves the firm better off, and not from too far', () => {
    const threshold = must(
      tabulate((_, fen) => (fen < 10_000_000n ? 0n : (fen * 30n) / 100n), firmClass, { largestSpend: 1e7 }),
    )
    const jump = prepare(threshold, demand)
    expect(Math.abs(respond(jump, 95_000) - 95_000 * factor)).toBeLessThan(5)
    expect(respond(jump, 60_000)).toBeGreaterThanOrEqual(100_000)
    expect(respond(jump, 10_000)).toBe(10_000)
  })
  test('without elasticity or without spend there is no response', () => {
    expect(respond(prepare(schedule, { elasticity: 0, passThrough: 1 }), 5000)).toBe(5000)
    expect(respond(own, 0)).toBe(0)
  })
  test('support never lowers spend, and a better rate never does', () => {
    const richer = prepare(must(tabulate(capped(40n, 300_000n), firmClass, { largestSpend: 1e8 })), demand)
    fc.assert(
      fc.property(fc.double({ min: 1, max: 700_000, noNaN: true }), (baseline) => {
        expect(respond(own, baseline)).toBeGreaterThanOrEqual(baseline)
        expect(respond(richer, baseline)).toBeGreaterThanOrEqual(
          Math.min(respond(own, baseline), 750_000) - 5,
        )
      }),
    )
  })
})

describe('validation (ii) and (iii): pool and monotony', () => {
  test('with money enough everyone who applied is granted, the last short batch too', () => {
    for (const batchMonths of [1, 5, 7, 11]) {
      const results = must(simulate(input(capped(30n, 200_000n), { pool: 1e12, batchMonths }), 0, 2))
      expect(Array.from(results.granted)).toEqual(Array.from(results.applied))
    }
  })
  test('vouchers never exceed the pool, by month or in all', () => {
    const pools = fc.double({ min: 0, max: 5e6, noNaN: true })
    const rules = fc.constantFrom('first_come', 'lottery', 'score')
    fc.assert(
      fc.property(pools, rules, fc.constantFrom(1, 3, 12), (pool, queue, batchMonths) => {
        const results = must(simulate(input(capped(30n, 200_000n), { pool, queue, batchMonths }), 0, 3))
        results.committed.forEach((committed, draw) => {
          expect(committed).toBeLessThanOrEqual(pool * (1 + 1e-12))
          expect(results.redeemed[draw]!).toBeLessThanOrEqual(committed * (1 + 1e-12))
        })
      }),
      { numRuns: 25 },
    )
  })
  test('more rate or more cap means no less support and no less additional spend, on the same firms', () => {
    const run = (rate: bigint, cap: bigint): ReturnType<typeof simulate> =>
      simulate(input(capped(rate, cap)), 0, 20)
    const base = must(run(20n, 100_000n))
    for (const richer of [must(run(30n, 100_000n)), must(run(20n, 200_000n))]) {
      const { additionalSpend, redeemed, losers, winners } = must(compareVersions(base, richer))
      expect(redeemed.difference).toBeGreaterThan(0)
      expect(additionalSpend.difference).toBeGreaterThan(0)
      expect(losers).toBe(0)
      expect(winners).toBeGreaterThan(0)
      base.committed.forEach((committed, draw) =>
        expect(richer.committed[draw]!).toBeGreaterThanOrEqual(committed),
      )
    }
  })
})

test('validation (iv): one in ten would buy anyway, one in ten never uses: the Dutch 8 / 1 / 1', () => {
  const firm: SimulatedFirm = {
    firmClass,
    medianSpend: 60_000,
    logSpread: 0,
    adopts: 0.1,
    localShare: 1,
    score: 0,
  }
  const population = must(populationOf(Array.from({ length: 2000 }, () => firm)))
  const dutch: Behaviour = {
    ...behaviour,
    elasticity: fixed(0),
    hassle: fixed(0),
    noise: fixed(0),
    awareAtStart: fixed(1),
    newUserIntercept: fixed(50),
    unused: fixed(0.1),
  }
  const voucher: SupportEvaluator = (_, fen) => (fen < 5_800_000n ? fen : 5_800_000n)
  const setting = input(voucher, { population, behaviour: dutch })
  const { ofHundred, deadWeightShare } = summariseDraws(setting, [must(simulate(setting, 0, 50))])
  expect(Math.abs(ofHundred.additional - 80)).toBeLessThan(1)
  expect(Math.abs(ofHundred.anyway - 10)).toBeLessThan(1)
  expect(Math.abs(ofHundred.unused - 10)).toBeLessThan(1)
  expect(deadWeightShare.median).toBeCloseTo(1 / 9, 1)
})

test('validation (v): a year is predicted by its own model, and a shifted one is not', () => {
  const setting = input(capped(30n, 200_000n), { pool: 3e6 })
  const { burn } = summariseDraws(setting, [must(simulate(setting, 0, 200))])
  const past = must(simulate({ ...setting, seed: 'the past year' }, 0, 1))
  let sum = 0
  const actual = Array.from(past.redeemedByMonth, (amount) => (sum += amount))
  const good = must(backTest(burn, actual))
  expect(good.meanError).toBeLessThan(0.1)
  expect(good.monthsWithin).toBeGreaterThan(0.6)
  expect(
    must(
      backTest(
        burn,
        actual.map((amount) => amount * 2),
      ),
    ).meanError,
  ).toBeGreaterThan(0.2)
  expect(backTest(burn, [1]).ok).toBe(false)
})

test('marginal values: one more yuan of pool, one more point of rate, on the same firms', () => {
  const base = input(capped(30n, 200_000n), { pool: 4e5 })
  const richer = { ...base, pool: 5e5 }
  const better = input(capped(31n, 200_000n), { pool: 4e5 })
  const rows = must(
    marginalValues(
      base,
      [
        { name: 'pool', step: 1e5, input: richer },
        { name: 'rate', step: 0.01, input: better },
      ],
      40,
    ),
  )
  expect(rows.map(({ name }) => name)).toEqual(['pool', 'rate'])
  // the pool is tight: nearly every yuan of it is taken
  expect(rows[0]!.redeemed.difference).toBeGreaterThan(0.7)
  expect(rows[0]!.redeemed.difference).toBeLessThanOrEqual(1)
  expect(rows[0]!.redeemed.se).toBeGreaterThan(0)
  const elsewhere = { ...richer, seed: 'other' }
  expect(marginalValues(base, [{ name: 'pool', step: 1, input: elsewhere }], 2).ok).toBe(false)
})

test('metered spends give back the lognormal they were drawn from', () => {
  const random = seededRandom('meters')
  const spends = Array.from({ length: 4000 }, () => 80_000 * Math.exp(1.2 * random.normal()))
  const fitted = must(fitSpend([...spends, 0, 0]))
  expect(fitted.medianSpend / 80_000).toBeCloseTo(1, 1)
  expect(fitted.logSpread).toBeCloseTo(1.2, 1)
  expect(fitSpend([0, 1, 2]).ok).toBe(false)
})

describe('draws', () => {
  const setting = input(capped(30n, 200_000n), { pool: 2e6 })
  test('are the same whatever the range they are asked in, and join in any order', () => {
    const whole = summariseDraws(setting, [must(simulate(setting, 0, 30))])
    const parts = [must(simulate(setting, 17, 30)), must(simulate(setting, 0, 17))]
    expect(summariseDraws(setting, parts)).toEqual(whole)
  })
  test('a tight pool runs out, and the chance of it only grows over the months', () => {
    const { burn } = summariseDraws({ ...setting, pool: 5e5 }, [
      must(simulate({ ...setting, pool: 5e5 }, 0, 30)),
    ])
    expect(burn.at(-1)!.exhaustedBy).toBeGreaterThan(0.9)
    burn
      .slice(1)
      .forEach((month, index) => expect(month.exhaustedBy).toBeGreaterThanOrEqual(burn[index]!.exhaustedBy))
  })
  test('by score the best scores get the money of a tight pool', () => {
    const byScore = { ...setting, pool: 3e5, queue: 'score', batchMonths: 12 } as const
    const { perFirm } = must(simulate(byScore, 0, 20))
    const paid = [...perFirm.keys()].filter((firm) => perFirm[firm]! > 0)
    const average = (firms: readonly number[]): number =>
      firms.reduce((sum, firm) => sum + city.score[firm]!, 0) / firms.length
    expect(average(paid)).toBeGreaterThan(average([...perFirm.keys()]) + 10)
  })
  test('money by size, district and ownership adds up', () => {
    const { moneyBy, expectedLoss } = summariseDraws(setting, [must(simulate(setting, 0, 10))], 0.04)
    for (const shares of Object.values(moneyBy))
      expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    expect(expectedLoss!.median).toBeGreaterThan(0)
  })
  test.each([
    [{ pool: -1 }, 'pool'],
    [{ months: 0 }, 'months'],
    [{ pricePerCompute: 0 }, 'pricePerCompute'],
    [{ batchMonths: 13 }, 'batchMonths'],
    [{ behaviour: { ...behaviour, elasticity: fixed(0.5) } }, 'elasticity'],
    [{ behaviour: { ...behaviour, unused: fixed(Number.NaN) } }, 'unused'],
  ])('%j is refused', (change, option) =>
    expect(simulate({ ...setting, ...change }, 0, 1)).toMatchObject({
      refusal: { code: 'evaluation.bad_option', params: { option } },
    }),
  )
  test('nobody learning later, and everyone knowing at once, are both possible', () => {
    const silent = {
      ...setting,
      behaviour: { ...behaviour, awareAtStart: fixed(0), awarePerMonth: fixed(0) },
    }
    expect(must(simulate(silent, 0, 2)).applied[0]).toBe(0)
    const loud = { ...setting, behaviour: { ...behaviour, awareAtStart: fixed(1) } }
    expect(must(simulate(loud, 0, 2)).redeemedByMonth[0]).toBeGreaterThan(0)
  })
  test('versions compared on different draws are refused', () => {
    expect(compareVersions(must(simulate(setting, 0, 2)), must(simulate(setting, 1, 3))).ok).toBe(false)
  })
})

test('the frontier keeps what no other beats on both', () => {
  const at = (
    name: string,
    additionalCompute: number,
    smeShare: number,
  ): Parameters<typeof efficiencyFrontier>[0][0] => ({
    name,
    additionalCompute,
    smeShare,
  })
  const kept = efficiencyFrontier([at('a', 10, 0.2), at('b', 8, 0.5), at('c', 7, 0.4), at('d', 12, 0.1)])
  expect(kept.map(({ name }) => name)).toEqual(['d', 'a', 'b'])
})

test('Morris: a linear assumption has its slope and no interaction, an idle one nothing', () => {
  const ranges = { slope: [0, 2], idle: [0, 1], square: [-1, 1] } as const
  const rows = must(
    morris(ranges, ({ slope, square }) => 3 * slope! + square! * square!, { paths: 50, seed: 'm' }),
  )
  const of = (name: string): (typeof rows)[number] => rows.find((row) => row.name === name)!
  expect(rows[0]!.name).toBe('slope')
  expect(of('slope').effect).toBeCloseTo(6, 9)
  expect(of('slope').interaction).toBeCloseTo(0, 9)
  expect(of('idle').size).toBe(0)
  expect(of('square').interaction).toBeGreaterThan(0.5)
})

test('affordability: ratios against stated limits, compute against what is free, unknown stays unknown', () => {
  const cost = { median: 60, p5: 40, p95: 90 }
  const limit = (most: number): { most: number; basis: 'stated'; source: string } => ({
    most,
    basis: 'stated',
    source: 's',
  })
  const { ratios, compute } = affordability(
    cost,
    {
      treasury: { revenue: 1000, debt: 200, fiscalCapacity: 100 },
      limits: { outlayOfRevenue: limit(0.1), debtRatio: limit(2) },
      borrowed: 10,
    },
    [{ chipClass: 'h800', called: [cost, cost, cost], free: [100, 80, null] }],
  )
  const of = (name: string): (typeof ratios)[number] => ratios.find((ratio) => ratio.name === name)!
  expect(of('outlayOfRevenue')).toMatchObject({
    value: { median: 0.06 },
    standing: 'within',
    stressedStanding: 'above',
  })
  expect(of('outlayOfScienceBudget')).toMatchObject({ value: null, standing: 'unknown' })
  expect(of('debtRatio')).toMatchObject({ value: { median: 2.1 }, standing: 'above' })
  expect(compute.map(({ standing, short }) => [standing, short])).toEqual([
    ['within', 0],
    ['above', 10],
    ['unknown', null],
  ])
})
