// Tax on a centre's profit: a loss may be used in the five years after its own, the oldest one first.
import { expect, it } from 'vitest'
import { centreYears, type CentreModel } from './cash-flow.ts'

/** A centre without outlay whose profit of each year is given; what it loses it loses in other costs. */
function taxes(profits: readonly number[]): number[] {
  const model: CentreModel = {
    capexYuan: 0,
    lifeYears: profits.length,
    fullRevenueYuan: 1,
    priceIndex: profits.map((profit) => profit + 1000),
    soldShare: profits.map(() => 1),
    availability: 1,
    fullItKw: 0,
    idleShare: 0,
    pue: 1,
    yuanPerKwh: 0,
    fixedOpexShare: 0,
    otherOpexYuan: 1000,
    surchargeShare: 0,
    taxRate: 0.25,
    residualShare: 0,
    subsidyYuan: [],
    operatingShare: profits.map(() => 1),
  }
  return centreYears(model).map((year) => year.taxYuan)
}

it('uses a loss in the fifth year after it and no later', () => {
  expect(taxes([-100, 0, 0, 0, 0, 300])[5]).toBe(50)
  expect(taxes([-100, 0, 0, 0, 0, 0, 300])[6]).toBe(75)
})

it('uses the oldest loss first', () => {
  expect(taxes([-100, -100, 0, 0, 0, 100, 100]).slice(5)).toEqual([0, 0])
})
