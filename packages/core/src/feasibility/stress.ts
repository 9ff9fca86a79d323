// A fixed set of stresses on the stated case: what each does to the value, to the cover of debt, and to the budget
// that would have to fill the gap.
import { centreYears, freeCashFlows, type CentreModel } from './cash-flow.ts'
import { coverRatios, debtService, type DebtTerms } from './debt.ts'
import { yearsToRed } from './fiscal.ts'
import type { Proposal } from './proposal.ts'
import { yuan } from './readings.ts'
import { annuityFactor, netPresentValue } from './returns.ts'
import { statedModel, type SimulationInput } from './simulation.ts'

export const STRESSES = [
  'none',
  'sales_down_20',
  'price_down_50',
  'sold_15',
  'delay_12',
  'rate_up_150',
] as const
export type StressId = (typeof STRESSES)[number]

export interface Stress {
  readonly id: StressId
  /** a rise of rates takes from it what the loan then costs more; the discount rate stays */
  readonly npvYuan: number
  /** undefined without debt */
  readonly lowestDebtServiceCover: number | undefined
  /** yearly grant that brings the value to zero */
  readonly yearlyGrantYuan: number
  /** undefined while the budget is unknown */
  readonly grantOverBudgetRevenue: number | undefined
  /** years until the broad debt ratio is red when every grant is borrowed; undefined when never or unknown */
  readonly yearsToRed: number | undefined
}

export function stresses(input: SimulationInput, rate: number, proposal: Proposal): Stress[] {
  return STRESSES.map((id) => {
    const { model, debt, delayYears } = stressed(id, input)
    const dearer = input.debt && debt ? dearerBy(input.debt, debt, rate) : 0
    const npvYuan = netPresentValue(freeCashFlows(model), rate) - dearer
    const cash = centreYears(model).map((year) => year.cashYuan)
    const yearlyGrantYuan = npvYuan >= 0 ? 0 : -npvYuan / annuityFactor(rate, model.lifeYears)
    const revenue = yuan(proposal.fiscal.revenue?.value)
    return {
      id,
      npvYuan,
      lowestDebtServiceCover: debt && coverRatios(cash, debt, delayYears)?.lowestDebtServiceCover,
      yearlyGrantYuan,
      grantOverBudgetRevenue: revenue === undefined || revenue === 0 ? undefined : yearlyGrantYuan / revenue,
      yearsToRed: growthToRed(proposal, yearlyGrantYuan),
    }
  })
}

function stressed(
  id: StressId,
  input: SimulationInput,
): { model: CentreModel; debt: DebtTerms | undefined; delayYears: number } {
  const model = statedModel(input)
  const scaled = (factor: number): CentreModel => ({
    ...model,
    soldShare: Array.from(model.soldShare, (share) => share * factor),
  })
  const changed: Record<StressId, CentreModel> = {
    none: model,
    sales_down_20: scaled(0.8),
    price_down_50: { ...model, fullRevenueYuan: model.fullRevenueYuan / 2 },
    sold_15: { ...model, soldShare: Array.from(model.soldShare, () => 0.15) },
    delay_12: statedModel(input, 1),
    rate_up_150: model,
  }
  const up = id === 'rate_up_150' ? 0.015 : 0
  return {
    model: changed[id],
    debt: input.debt && { ...input.debt, rate: input.debt.rate + up },
    delayYears: id === 'delay_12' ? 1 : 0,
  }
}

/** What the dearer loan costs more than the stated one, in present value: nothing when the terms are the same. */
function dearerBy(stated: DebtTerms, dearer: DebtTerms, rate: number): number {
  const before = debtService(stated)
  return netPresentValue([0, ...debtService(dearer).map((due, year) => due - before[year]!)], rate)
}

/** Each year's grant is borrowed against the fiscal capacity that the published ratio implies. */
function growthToRed(proposal: Proposal, yearlyGrantYuan: number): number | undefined {
  const { governmentDebt, narrowRatio, broadRatio } = proposal.fiscal
  if (!governmentDebt || !narrowRatio || !broadRatio) return undefined
  const capacity = yuan(governmentDebt.value)! / narrowRatio.value
  return capacity > 0 ? yearsToRed(broadRatio.value, yearlyGrantYuan / capacity) : undefined
}
