import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../random.ts'
import type { Decision } from '../../refusal.ts'
import {
  betaBelow,
  betaQuantile,
  chiSquaredAbove,
  clopperPearson,
  normalBelow,
  normalQuantile,
  studentQuantile,
} from '../mathematics/distributions.ts'
import { fromColumns, leastSquares } from '../mathematics/linear-algebra.ts'
import { regress, standardError } from '../mathematics/regression.ts'
import { steppedQuantile } from '../mathematics/statistics.ts'
import { bunching } from './bunching.ts'
import { leeBounds, permutationP } from './lottery.ts'
import { holm, westfallYoung } from './multiple-testing.ts'
import { fitLocal, leftOutResiduals, neighbourResiduals } from './local-polynomial.ts'
import { syntheticControl } from './synthetic-control.ts'
import { wildClusterBootstrap } from './wild-bootstrap.ts'

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

const column = (size: number, make: (row: number) => number): Float64Array =>
  Float64Array.from({ length: size }, (_, row) => make(row))

describe('distributions agree with printed tables', () => {
  test.each([
    [0.975, 1.959963984540054],
    [0.8, 0.8416212335729143],
    [1e-10, -6.361340902404056],
    [0.5, 0],
  ])('normal quantile at %d', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 12))
  test('normal tails keep their digits far out', () => {
    expect(normalBelow(-10) / 7.61985302416047e-24).toBeCloseTo(1, 10)
    expect(normalBelow(1)).toBeCloseTo(0.8413447460685429, 14)
  })
  test('quantile and distribution undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-8, max: 1 - 1e-8, noNaN: true }), (p) => {
        expect(normalBelow(normalQuantile(p))).toBeCloseTo(p, 12)
        expect(betaBelow(betaQuantile(p, 2.5, 6), 2.5, 6)).toBeCloseTo(p, 10)
      }),
    )
  })
  test('Student, chi-squared and the exact binomial interval', () => {
    expect(studentQuantile(0.975, 5)).toBeCloseTo(2.570581835636314, 10)
    expect(chiSquaredAbove(3.841458820694124, 1)).toBeCloseTo(0.05, 12)
    expect(chiSquaredAbove(11.070497693516351, 5)).toBeCloseTo(0.05, 12)
    const [low, high] = clopperPearson(4, 100)
    expect(low).toBeCloseTo(0.011005, 5)
    expect(high).toBeCloseTo(0.099257, 5)
    expect(clopperPearson(0, 10)[0]).toBe(0)
    expect(clopperPearson(10, 10)[1]).toBe(1)
  })
  test('the stepped quantile averages where the empirical distribution is flat', () => {
    expect([0.25, 0.5, 0.6].map((p) => steppedQuantile([1, 2, 3, 4], p))).toEqual([1.5, 2.5, 3])
  })
})

describe('least squares', () => {
  test('residuals are orthogonal to every column', () => {
    const value = fc.integer({ min: -100, max: 100 })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { minLength: 6, maxLength: 30 }), (rows) => {
        const columns = [rows.map(() => 1), rows.map((row) => row[0]), rows.map((row) => row[1])]
        const fit = regress(
          fromColumns(columns),
          rows.map((row) => row[2]),
        )
        fc.pre(fit !== null)
        for (const own of columns)
          expect(Math.abs(own.reduce((sum, x, row) => sum + x * fit!.residuals[row]!, 0))).toBeLessThan(1e-6)
      }),
    )
  })
  test('a column that repeats another is found', () => {
    expect(
      leastSquares(
        fromColumns([
          [1, 1, 1, 1],
          [1, 2, 3, 4],
          [2, 4, 6, 8],
        ]),
        [1, 2, 3, 5],
      ),
    ).toBeNull()
  })
  test('one row per cluster gives the robust error', () => {
    const x = [1, 2, 4, 7, 11]
    const fit = regress(fromColumns([[1, 1, 1, 1, 1], x]), [1, 3, 2, 9, 8])!
    expect(standardError(fit, 1, 'cluster_hc0', [0, 1, 2, 3, 4])).toBeCloseTo(
      standardError(fit, 1, 'hc0'),
      12,
    )
  })
})

test('neighbour residuals: three nearest, ties together, rows of the same x always', () => {
  const residuals = neighbourResiduals({
    x: Float64Array.of(0, 1, 2, 3, 10),
    y: Float64Array.of(1, 2, 4, 8, 0),
  })
  // the nearest three of x = 10 are 3, 2, 1; of x = 1 they are 0 and 2 (a tie), then 3
  expect(residuals[4]).toBeCloseTo(Math.sqrt(3 / 4) * (0 - 14 / 3), 12)
  expect(residuals[1]).toBeCloseTo(Math.sqrt(3 / 4) * (2 - 13 / 3), 12)
  const tied = neighbourResiduals({
    x: Float64Array.of(0, 0, 0, 0, 0, 9),
    y: Float64Array.of(1, 2, 3, 4, 5, 6),
  })
  expect(tied[0]).toBeCloseTo(Math.sqrt(4 / 5) * (1 - 3.5), 12)
})

describe('bunching', () => {
  const random = seededRandom('bunching')
  const smooth = column(20_000, () => 100 * random.next())
  const options = { cap: 50, binWidth: 1, binsBelow: 2, binsAbove: 1, binsEachSide: 45, order: 3 }

  test('an even density has no excess', () => {
    const { ci } = must(bunching(smooth, options))
    expect(ci[0]).toBeLessThan(0)
    expect(ci[1]).toBeGreaterThan(0)
  })
  test('400 more at a cap of 50 are two bins’ worth, and give the elasticity', () => {
    const heaped = Float64Array.from([...smooth, ...column(400, () => 49 + random.next())])
    const result = must(bunching(heaped, { ...options, rates: [0.3, 0] }))
    expect(Math.abs(result.estimate - 2)).toBeLessThan(0.3)
    expect(result.elasticity!).toBeCloseTo(result.estimate / 50 / Math.log(1 / 0.7), 10)
  })
  test('a contract of exactly the cap is below it', () => {
    const exact = Float64Array.from([...smooth, ...column(400, () => 50)])
    expect(must(bunching(exact, { ...options, binsBelow: 1 })).excess).toBeGreaterThan(300)
  })
  test('too few contracts or bins, and rates that rise, are refused', () => {
    expect(bunching(smooth.subarray(0, 50), options).ok).toBe(false)
    expect(bunching(smooth, { ...options, binsEachSide: 4 }).ok).toBe(false)
    expect(bunching(smooth, { ...options, rates: [0, 0.3] }).ok).toBe(false)
  })
})

describe('synthetic control', () => {
  const random = seededRandom('cities')
  const donors = Array.from({ length: 12 }, (_, city) => {
    const slope = random.normal()
    return column(
      30,
      (t) => 10 + city + slope * Math.sin(t / 3) + 0.3 * t * (city % 3) + 0.05 * random.normal(),
    )
  })
  const mix = column(30, (t) => 0.6 * donors[2]![t]! + 0.4 * donors[7]![t]! + (t >= 20 ? 3 : 0))

  test('the mix behind a city is found, and so is what came after', () => {
    const result = must(syntheticControl({ treated: mix, donors, before: 20 }))
    expect(result.weights[2]).toBeCloseTo(0.6, 1)
    expect(result.weights[7]).toBeCloseTo(0.4, 1)
    expect(result.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
    expect(result.estimate).toBeCloseTo(3, 1)
    expect(result.pValue).toBeCloseTo(1 / 13, 12)
  })
  test('under no effect the rank of a city is anywhere', () => {
    let small = 0
    for (let draw = 0; draw < 60; draw++) {
      const one = seededRandom(`placebo ${draw}`)
      const cities = Array.from({ length: 10 }, () => column(16, () => one.normal()))
      const { pValue } = must(syntheticControl({ treated: cities[0]!, donors: cities.slice(1), before: 10 }))
      if (pValue <= 0.2) small++
    }
    expect(small).toBeGreaterThan(2)
    expect(small).toBeLessThan(26)
  })
  test('one donor, or no period after, is too few', () => {
    expect(syntheticControl({ treated: mix, donors: donors.slice(0, 1), before: 20 }).ok).toBe(false)
    expect(syntheticControl({ treated: mix, donors, before: 30 }).ok).toBe(false)
  })
})

test('HC3 residuals are what the fit without a row misses it by', () => {
  const random = seededRandom('left out')
  const x = column(12, (row) => 0.1 + row / 10)
  const side = { x, y: x.map((value) => value * value + random.normal()) }
  const found = leftOutResiduals(side, { bandwidth: 2, fit: fitLocal(side, 2, 1, 'triangular')! })
  for (const row of x.keys()) {
    const less = { x: x.filter((_, at) => at !== row), y: side.y.filter((_, at) => at !== row) }
    const [level, slope] = fitLocal(less, 2, 1, 'triangular')!.coefficients
    expect(found[row]).toBeCloseTo(side.y[row]! - level! - (slope! * x[row]!) / 2, 10)
  }
})

describe('few clusters', () => {
  const clusters = (
    count: number,
    effect: number,
    seed: string,
  ): Parameters<typeof wildClusterBootstrap>[0] => {
    const random = seededRandom(seed)
    const shocks = column(count, () => 0.3 * random.normal())
    const cluster = column(count * 10, (row) => Math.floor(row / 10))
    const treatment = cluster.map((c) => (c < count / 2 ? 1 : 0))
    return {
      cluster,
      treatment,
      outcome: cluster.map((c, row) => shocks[c]! + effect * treatment[row]! + random.normal()),
    }
  }
  test('up to twelve clusters the seed does not matter: every sign pattern is tried', () => {
    const data = clusters(8, 0.2, 'few')
    const one = must(wildClusterBootstrap(data, { draws: 99, seed: 'a' }))
    expect(must(wildClusterBootstrap(data, { draws: 999, seed: 'b' }))).toEqual(one)
    expect((one.pValue * 128) % 1).toBe(0)
  })
  test('a large effect is seen, also with many clusters', () => {
    expect(
      must(wildClusterBootstrap(clusters(10, 3, 'large'), { draws: 399, seed: 's' })).pValue,
    ).toBeLessThan(0.01)
    expect(
      must(wildClusterBootstrap(clusters(30, 3, 'large'), { draws: 399, seed: 's' })).pValue,
    ).toBeLessThan(0.01)
  })
  test('the p-value is that of outcomes drawn one by one from residuals that leave their own cluster out', () => {
    const data = clusters(6, 0.6, 'drawn')
    const of = Array.from(data.cluster)
    const design = fromColumns([data.outcome.map(() => 1), data.treatment])
    const statistic = (outcome: Float64Array): number => {
      const fit = regress(design, outcome)!
      return Math.abs(fit.coefficients[1]! / standardError(fit, 1, 'cluster_hc0', data.cluster))
    }
    const mean = (rows: readonly number[]): number =>
      rows.reduce((sum, row) => sum + data.outcome[row]!, 0) / rows.length
    const rows = Array.from(of.keys())
    const [whole, without] = [
      mean(rows),
      [0, 1, 2, 3, 4, 5].map((own) => mean(rows.filter((row) => of[row] !== own))),
    ]
    let asLarge = 0
    for (let pattern = 0; pattern < 64; pattern++) {
      const drawn = data.outcome.map(
        (y, row) => whole + (y - without[of[row]!]!) * ((pattern >> of[row]!) & 1 ? -1 : 1),
      )
      if (statistic(drawn) >= statistic(data.outcome) * (1 - 1e-9)) asLarge++
    }
    const found = must(wildClusterBootstrap(data, { draws: 99, seed: 'a' }))
    expect(found.pValue).toBeCloseTo(asLarge / 64, 12)
  })
  test('four clusters are too few', () => {
    expect(wildClusterBootstrap(clusters(4, 1, 'x'), { draws: 99, seed: 's' })).toMatchObject({
      refusal: { code: 'evaluation.too_few', params: { found: 4 } },
    })
  })
})

describe('many outcomes', () => {
  test('Holm on a worked example', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
  })
  test('Westfall–Young is no more cautious than Holm when outcomes are copies of each other', () => {
    const random = seededRandom('copies')
    const treated = column(40, (row) => row % 2)
    const outcome = column(40, (row) => treated[row]! * 0.8 + random.normal())
    const adjusted = must(westfallYoung([outcome, outcome, outcome], treated, { draws: 999, seed: 's' }))
    const single = must(westfallYoung([outcome], treated, { draws: 999, seed: 's' }))
    expect(adjusted).toEqual([single[0], single[0], single[0]])
  })
})

test('a permutation p-value is never zero, and redraws stay within strata', () => {
  const outcome = column(20, (row) => (row < 10 ? 100 : 0) + row)
  const treated = column(20, (row) => (row < 10 ? 1 : 0))
  expect(must(permutationP({ outcome, treated }, { draws: 99, seed: 's' }))).toBeGreaterThan(0)
  // every stratum is one arm, so no redraw can differ from what was seen
  expect(must(permutationP({ outcome, treated }, { draws: 99, seed: 's', strata: treated }))).toBe(1)
})

test('Lee bounds cut the better observed arm from either end', () => {
  const outcome = Float64Array.of(1, 2, 3, 4, 1, 2, Number.NaN, Number.NaN)
  const treated = Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0)
  const { lower, upper, trimmed } = must(leeBounds({ outcome, treated }))
  expect(trimmed).toBe(0.5)
  expect([lower, upper]).toEqual([0, 2])
})
