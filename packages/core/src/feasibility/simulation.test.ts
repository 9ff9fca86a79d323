// The simulation as a random experiment: the same seed gives the same bits on every Node version, the error shrinks as
// it should, and each source of uncertainty moves the value the way it must.
import { describe, expect, it } from 'vitest'
import { UNCERTAINTY } from './benchmarks.ts'
import type { CentreModel } from './cash-flow.ts'
import { betaOf, gamma, quantile, rankCorrelation, triangular } from './distributions.ts'
import { simulate, statedModel, withoutWidth, type SimulationInput, type Uncertainty } from './simulation.ts'
import { seededRandom } from '../random.ts'

const MODEL: CentreModel = {
  capexYuan: 2_520_000,
  lifeYears: 5,
  fullRevenueYuan: 1_900_000,
  priceIndex: [1, 0.75, 0.5625, 0.421875, 0.31640625],
  soldShare: [],
  availability: 0.95,
  fullItKw: 10.2,
  idleShare: 0.35,
  pue: 1.3,
  yuanPerKwh: 0.65,
  fixedOpexShare: 0.05,
  otherOpexYuan: 0,
  surchargeShare: 0,
  taxRate: 0.25,
  residualShare: 0,
  subsidyYuan: [],
  operatingShare: [1, 1, 1, 1, 1],
}

const INPUT: SimulationInput = {
  model: MODEL,
  signed: [{ share: 0.6, fromYear: 1, toYear: 3, priceMultiple: 1 }],
  marketShare: 0.3,
  uncertainty: UNCERTAINTY,
  debt: { principalYuan: 1_000_000, rate: 0.05, tenorYears: 4, graceYears: 1 },
}

function chance(change: Partial<SimulationInput>, paths = 2000): number {
  return simulate({ ...INPUT, ...change }, paths, 11).chanceOfGain
}

describe('a simulation', () => {
  it('has these exact bits for seed 1, on every Node version', () => {
    const run = simulate(INPUT, 2000, 1)
    expect([
      run.meanNpvYuan,
      run.npvYuan.p5,
      run.npvYuan.p50,
      run.npvYuan.p95,
      run.internalRate!.p50,
      run.yearlyGapYuan.mean,
      run.chanceOfThinCover,
      run.tornado[0]!.correlation,
    ]).toEqual([
      -282224.37460145965, -1092634.6753022252, -265467.40638852515, 490250.80469857913, 0.0467128227621465,
      86915.38553114558, 0.9685, -0.8371280617820155,
    ])
  })

  it('is closer to the truth with more paths, by the square root of their number', () => {
    const spread = (paths: number): number => {
      const means = Array.from({ length: 30 }, (_, seed) => simulate(INPUT, paths, seed).meanNpvYuan)
      const middle = means.reduce((sum, mean) => sum + mean, 0) / means.length
      return Math.sqrt(means.reduce((sum, mean) => sum + (mean - middle) * (mean - middle), 0) / means.length)
    }
    const ratio = spread(20) / spread(320)
    expect(ratio).toBeGreaterThan(2.5)
    expect(ratio).toBeLessThan(6)
  })

  it('without width repeats the stated case on every path', () => {
    const certain = simulate({ ...INPUT, uncertainty: withoutWidth(UNCERTAINTY, 0.065) }, 50, 3)
    expect(certain.npvYuan.p5).toBe(certain.npvYuan.p95)
    expect(certain.tornado.every((each) => each.correlation === 0)).toBe(true)
  })

  it('gains by contracts, by a longer life, and loses by a falling price', () => {
    const base = chance({})
    expect(chance({ signed: [] })).toBeLessThan(base)
    expect(chance({ model: { ...MODEL, priceIndex: [1, 0.5, 0.25, 0.125, 0.06] } })).toBeLessThanOrEqual(base)
    expect(chance({ marketShare: 0.9 })).toBeGreaterThan(base)
  })

  it.each([
    ['capex', 'capexDeviation', -1],
    ['tariff', 'tariffDeviation', -1],
    ['availability', 'availabilityDeviation', 1],
    ['delay', 'longestDelayYears', -1],
    ['sold', 'soldDeviation', 1],
    ['price', 'priceDeviation', 1],
    ['life', 'obsolescencePerYear', 1],
  ] as const)('names %s as the driver when only %s is left', (driver, width, sign) => {
    const only: Uncertainty = { ...withoutWidth(UNCERTAINTY, 0.065), [width]: UNCERTAINTY[width] }
    const run = simulate({ ...INPUT, signed: [], marketShare: 0.5, uncertainty: only }, 800, 5)
    expect(run.tornado[0]!.driver).toBe(driver)
    expect(run.tornado[0]!.correlation * sign).toBeGreaterThan(0.8)
    expect(run.npvYuan.p5).toBeLessThan(run.npvYuan.p95)
  })

  it('has jumps, reversion and correlated demand: each changes the result when taken away', () => {
    const result = (change: Partial<Uncertainty>): number =>
      simulate({ ...INPUT, signed: [], uncertainty: { ...UNCERTAINTY, ...change } }, 500, 9).meanNpvYuan
    const all = result({})
    for (const change of [
      { jumpsPerYear: 0 },
      { priceReversion: 0 },
      { shockCorrelation: 0 },
      { soldShock: 0 },
    ])
      expect(result(change)).not.toBe(all)
  })

  it('reports no payback and no rate as shares of the paths', () => {
    const run = simulate({ ...INPUT, signed: [], marketShare: 0.01 }, 300, 2)
    expect(run.chanceOfNoPayback).toBe(1)
    expect(run.paybackYears).toBeUndefined()
    expect(run.chanceOfGain).toBe(0)
    expect(run.chanceOfThinCover).toBe(1)
    expect(simulate({ ...INPUT, debt: undefined }, 10, 2).chanceOfThinCover).toBeUndefined()
  })
})

describe('the stated case', () => {
  it('sells what contracts bind and what the ramping market takes of the rest', () => {
    const { soldShare, priceIndex } = statedModel(INPUT)
    expect(soldShare[0]).toBeCloseTo(0.6 + 0.4 * 0.3 * 0.5, 12)
    expect(soldShare[3]).toBeCloseTo(0.3, 12)
    expect(priceIndex[1]).toBeCloseTo((0.6 + 0.4 * 0.3 * 0.82 * 0.75) / (0.6 + 0.4 * 0.3 * 0.82), 12)
    expect(priceIndex[4]).toBe(0.31640625)
  })

  it('that starts half a year late sells half of the first year, and its contracts end half a year later', () => {
    const { soldShare, operatingShare } = statedModel(INPUT, 0.5)
    expect(Array.from(operatingShare)).toEqual([0.5, 1, 1, 1, 1])
    expect(soldShare[0]).toBeCloseTo(0.6 + 0.4 * 0.15, 12)
    expect(soldShare[3]).toBeCloseTo(0.3 + 0.7 * 0.3, 12)
  })
})

describe('the draws', () => {
  const many = (draw: (random: ReturnType<typeof seededRandom>) => number): number[] => {
    const random = seededRandom('draws')
    return Array.from({ length: 20_000 }, () => draw(random))
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, each) => sum + each, 0) / values.length

  it('of a beta have its mean and deviation and stay inside 0 and 1', () => {
    const values = many((random) => betaOf(random, 0.3, 0.15))
    expect(mean(values)).toBeCloseTo(0.3, 2)
    expect(Math.sqrt(mean(values.map((each) => (each - 0.3) * (each - 0.3))))).toBeCloseTo(0.15, 2)
    expect(Math.min(...values)).toBeGreaterThan(0)
    expect(Math.max(...values)).toBeLessThan(1)
  })

  it('of a gamma have its shape as mean, below 1 too', () => {
    expect(mean(many((random) => gamma(random, 2.5)))).toBeCloseTo(2.5, 1)
    expect(mean(many((random) => gamma(random, 0.4)))).toBeCloseTo(0.4, 1)
  })

  it('of a triangle have its mean and ends', () => {
    const values = many((random) => triangular(random, 1.15, 1.3, 1.6))
    expect(mean(values)).toBeCloseTo((1.15 + 1.3 + 1.6) / 3, 2)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(1.15)
    expect(Math.max(...values)).toBeLessThanOrEqual(1.6)
  })

  it('are ranked with ties sharing their rank', () => {
    expect(rankCorrelation(Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 40))).toBeCloseTo(1, 12)
    expect(rankCorrelation(Float64Array.of(1, 2, 3), Float64Array.of(3, 2, 1))).toBeCloseTo(-1, 12)
    expect(rankCorrelation(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBe(0)
    expect(rankCorrelation(Float64Array.of(1, 1, 2), Float64Array.of(1, 2, 3))).toBeCloseTo(
      Math.sqrt(3) / 2,
      12,
    )
    expect(quantile([1, 2, 3], 0.25)).toBe(1.5)
  })
})
