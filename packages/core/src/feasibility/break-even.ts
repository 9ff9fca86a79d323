// Where a centre breaks even: in sold share, in price, by grant; and what a P_d16·hour costs over its life. Before
// tax, NPV is linear in the sold share and in the price, so that two evaluations give the exact answer.
import { freeCashFlows, petaflopHoursSold, type CentreModel } from './cash-flow.ts'
import { annuityFactor, netPresentValue } from './returns.ts'

/** `at` beyond 1 is reported as it is and marked as not reachable; `never` when selling more loses more. */
export type BreakEven =
  | { readonly kind: 'never' }
  | { readonly kind: 'at'; readonly value: number; readonly reachable: boolean }

export interface BreakEvens {
  /** level share of the capacity that must be sold, before tax */
  readonly soldShare: BreakEven
  /** multiple of the stated price path at the stated sold share, before tax */
  readonly priceMultiple: BreakEven
  /** grant today that makes the NPV zero; 0 when it is not needed */
  readonly capitalGrantYuan: number
  /** the same as a level yearly grant */
  readonly yearlyGrantYuan: number
  /** present value of all costs over present value of the P_d16·hours sold; undefined when nothing is sold */
  readonly yuanPerPetaflopHour: number | undefined
}

/**
 * @param rate discount rate per year
 * @param densePetaflops P_d16 of the centre
 */
export function breakEvens(model: CentreModel, rate: number, densePetaflops: number): BreakEvens {
  const value = (changed: CentreModel): number =>
    netPresentValue(freeCashFlows({ ...changed, taxRate: 0 }), rate)
  const level = (share: number): CentreModel => ({
    ...model,
    soldShare: Array.from({ length: model.lifeYears }, () => share),
  })
  const afterTax = netPresentValue(freeCashFlows(model), rate)
  const shortfall = afterTax >= 0 ? 0 : -afterTax
  return {
    soldShare: zeroOfLine(value(level(0)), value(level(1)), 1),
    priceMultiple: zeroOfLine(value({ ...model, fullRevenueYuan: 0 }), value(model), Infinity),
    capitalGrantYuan: shortfall,
    yearlyGrantYuan: shortfall / annuityFactor(rate, model.lifeYears),
    yuanPerPetaflopHour: levelisedCost(model, rate, densePetaflops),
  }
}

/** The zero of the line through (0, at0) and (1, at1), if it rises. */
function zeroOfLine(at0: number, at1: number, limit: number): BreakEven {
  const slope = at1 - at0
  if (slope <= 0) return at0 >= 0 ? { kind: 'at', value: 0, reachable: true } : { kind: 'never' }
  const value = Math.max(0, -at0 / slope)
  return { kind: 'at', value, reachable: value <= limit }
}

function levelisedCost(model: CentreModel, rate: number, densePetaflops: number): number | undefined {
  const costs = freeCashFlows({ ...model, fullRevenueYuan: 0, subsidyYuan: [], taxRate: 0 }).map(
    (flow) => -flow,
  )
  const hours = [0, ...petaflopHoursSold(model, densePetaflops)]
  const sold = netPresentValue(hours, rate)
  return sold > 0 ? netPresentValue(costs, rate) / sold : undefined
}
