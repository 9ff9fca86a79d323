// The doors refuse what is absurd and let nothing out that is not a finite number.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numbersOf } from '../../fixtures/feasibility/changed.ts'
import { assessCentre, assessDebt, assessFlows, simulateCentre, UNCERTAINTY } from './index.ts'
import type { CentreModel, SimulationInput } from './index.ts'

const MODEL: CentreModel = {
  capexYuan: 2_520_000,
  lifeYears: 5,
  fullRevenueYuan: 1_900_000,
  priceIndex: [1, 1, 1, 1, 1],
  soldShare: [1, 1, 1, 1, 1],
  availability: 1,
  fullItKw: 10.2,
  idleShare: 0.35,
  pue: 1.3,
  yuanPerKwh: 0.65,
  fixedOpexShare: 0.05,
  otherOpexYuan: 0,
  surchargeShare: 0,
  taxRate: 0.25,
  residualShare: 0.1,
  subsidyYuan: [],
  operatingShare: [1, 1, 1, 1, 1],
}
const INPUT: SimulationInput = {
  model: MODEL,
  signed: [],
  marketShare: 0.3,
  uncertainty: UNCERTAINTY,
  debt: undefined,
}
const LOAN = { principalYuan: 1000, rate: 0.05, tenorYears: 5, graceYears: 1 }
const refused = { ok: false, refusal: { code: 'feasibility.out_of_range' } }

describe('a centre', () => {
  it('is valued with its tax: losses of the first years shield the profits of later ones', () => {
    const early = { ...MODEL, soldShare: [0, 0, 1, 1, 1] }
    const answer = assessCentre(early, 0.065, 7.9)
    if (!answer.ok) throw new Error('the model is in range')
    const { years, flowsYuan } = answer.value
    expect(years.slice(0, 2).map((year) => year.taxYuan)).toEqual([0, 0])
    const profit = (index: number): number =>
      years[index]!.revenueYuan - years[index]!.opexYuan - (MODEL.capexYuan * 0.9) / 5
    expect(years[2]!.taxYuan).toBeCloseTo(0.25 * Math.max(0, profit(2) + profit(1) + profit(0)), 6)
    expect(years[4]!.taxYuan).toBeCloseTo(0.25 * profit(4), 6)
    expect(flowsYuan[5]).toBeCloseTo(years[4]!.cashYuan + 252_000, 6)
  })

  it('cannot use a loss that is older than five years', () => {
    const late = {
      ...MODEL,
      lifeYears: 7,
      priceIndex: [1, 1, 1, 1, 1, 1, 1],
      operatingShare: [1, 1, 1, 1, 1, 1, 1],
      soldShare: [0, 0.3, 0.3, 0.3, 0.3, 0.3, 1],
    }
    const answer = assessCentre(late, 0.065, 7.9)
    if (!answer.ok) throw new Error('the model is in range')
    const profits = answer.value.years.map(
      (year) => year.revenueYuan - year.opexYuan - (MODEL.capexYuan * 0.9) / 7,
    )
    const losses = profits.slice(1, 6).reduce((sum, profit) => sum + Math.min(0, profit), 0)
    expect(profits[0]).toBeLessThan(0)
    expect(answer.value.years[6]!.taxYuan).toBeCloseTo(0.25 * Math.max(0, profits[6]! + losses), 6)
  })

  it.each([
    { capexYuan: NaN },
    { capexYuan: -1 },
    { lifeYears: 0 },
    { lifeYears: 2.5 },
    { lifeYears: 31 },
    { pue: 0.99 },
    { priceIndex: [1, 1] },
    { priceIndex: [1, 1, Infinity, 1, 1] },
    { soldShare: [1.01, 1, 1, 1, 1] },
    { soldShare: [1] },
    { subsidyYuan: [NaN] },
    { operatingShare: [1, 1, 1, 1, -1] },
  ])('is refused with %j', (absurd) => {
    expect(assessCentre({ ...MODEL, ...absurd }, 0.065, 7.9)).toMatchObject(refused)
  })

  it('is refused at an absurd rate or size', () => {
    expect(assessCentre(MODEL, -1, 7.9)).toMatchObject(refused)
    expect(assessCentre(MODEL, NaN, 7.9)).toMatchObject(refused)
    expect(assessCentre(MODEL, 0.065, 0)).toMatchObject(refused)
  })
})

describe('flows', () => {
  it('are valued, and refused when they are none or not numbers', () => {
    expect(assessFlows([-100, 110], 0.1)).toMatchObject({ ok: true, value: { payback: { kind: 'after' } } })
    expect(assessFlows([], 0.1)).toMatchObject(refused)
    expect(assessFlows([1, NaN], 0.1)).toMatchObject(refused)
    expect(assessFlows([1, Infinity], 0.1)).toMatchObject(refused)
    expect(assessFlows([1], Infinity)).toMatchObject(refused)
  })

  it('never give a number that is not finite', () => {
    const flow = fc.oneof(
      fc.double({ min: -1e14, max: 1e14, noNaN: true }),
      fc.constant(0),
      fc.constant(1e-300),
    )
    fc.assert(
      fc.property(
        fc.array(flow, { minLength: 1, maxLength: 31 }),
        fc.double({ min: -0.9, max: 10, noNaN: true }),
        (flows, rate) => {
          const answer = assessFlows(flows, rate)
          expect(answer.ok).toBe(true)
          expect(numbersOf(answer).filter((each) => !Number.isFinite(each))).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a loan', () => {
  it('is covered by its cash over what is due, interest only in its grace', () => {
    const answer = assessDebt([100, 564, 564, 564], LOAN)
    if (!answer.ok || !answer.value) throw new Error('the loan is in range')
    const level = (1000 * 0.05) / (1 - 1 / (1.05 * 1.05 * 1.05 * 1.05))
    expect(answer.value.debtServiceCover[0]).toBeCloseTo(100 / 50, 12)
    expect(answer.value.debtServiceCover[1]).toBeCloseTo(564 / level, 12)
    expect(answer.value.debtServiceCover[4]).toBe(0)
    expect(answer.value.lowestDebtServiceCover).toBe(0)
    const present =
      100 / 1.05 + 564 * (1 / 1.05 / 1.05 + 1 / 1.05 / 1.05 / 1.05 + 1 / 1.05 / 1.05 / 1.05 / 1.05)
    expect(answer.value.loanLifeCover).toBeCloseTo(present / 1000, 12)
  })

  it('of nothing has no cover, and an absurd one is refused', () => {
    expect(assessDebt([1], { ...LOAN, principalYuan: 0 })).toEqual({ ok: true, value: undefined })
    expect(assessDebt([1], { ...LOAN, graceYears: 5 })).toMatchObject(refused)
    expect(assessDebt([1], { ...LOAN, tenorYears: 1.5 })).toMatchObject(refused)
    expect(assessDebt([NaN], LOAN)).toMatchObject(refused)
  })
})

describe('a simulation', () => {
  it.each([
    [{ marketShare: 1.1 }, 10, 1],
    [{ signed: [{ share: 2, fromYear: 1, toYear: 2, priceMultiple: 1 }] }, 10, 1],
    [
      {
        signed: [
          { share: 0.6, fromYear: 1, toYear: 2, priceMultiple: 1 },
          { share: 0.6, fromYear: 1, toYear: 2, priceMultiple: 1 },
        ],
      },
      10,
      1,
    ],
    [{ signed: [{ share: 0.6, fromYear: 2, toYear: 1, priceMultiple: 1 }] }, 10, 1],
    [{ uncertainty: { ...UNCERTAINTY, lowestRate: 0.09 } }, 10, 1],
    [{ uncertainty: { ...UNCERTAINTY, priceDeviation: NaN } }, 10, 1],
    [{ uncertainty: { ...UNCERTAINTY, ramp: [2] } }, 10, 1],
    [{ debt: { ...LOAN, rate: -0.1 } }, 10, 1],
    [{ model: { ...MODEL, priceIndex: [] } }, 10, 1],
    [{}, 0, 1],
    [{}, 1.5, 1],
    [{}, 10, 0.5],
  ] as const)('is refused with %j, %d paths, seed %d', (change, paths, seed) => {
    expect(simulateCentre({ ...INPUT, ...change }, paths, seed)).toMatchObject(refused)
  })

  it('with any widths in range gives only finite numbers', () => {
    const width = (from: number, to: number): fc.Arbitrary<number> =>
      fc.double({ min: from, max: to, noNaN: true })
    const uncertainty = fc.record({
      priceDeviation: width(0, 3),
      jumpMean: width(0, 3),
      soldDeviation: width(0, 0.5),
      soldShock: width(0, 10),
      shockCorrelation: width(-1, 1),
      longestDelayYears: width(0, 30),
      availabilityDeviation: width(0, 0.5),
      pueBelow: width(0, 3),
      obsolescencePerYear: width(0, 1),
    })
    fc.assert(
      fc.property(uncertainty, width(0, 1), (widths, marketShare) => {
        const input = { ...INPUT, marketShare, uncertainty: { ...UNCERTAINTY, ...widths }, debt: LOAN }
        const answer = simulateCentre(input, 30, 1)
        expect(answer.ok).toBe(true)
        expect(numbersOf(answer).filter((each) => !Number.isFinite(each))).toEqual([])
      }),
      { numRuns: 80 },
    )
  })
})
