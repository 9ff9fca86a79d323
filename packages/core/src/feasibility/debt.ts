// Debt beside the project: level debt service after a grace of interest only, and the two cover ratios that lenders
// ask for.
import { annuityFactor } from './returns.ts'

export interface DebtTerms {
  readonly principalYuan: number
  /** per year */
  readonly rate: number
  /** years until the last payment, grace included */
  readonly tenorYears: number
  /** first years in which only interest is paid */
  readonly graceYears: number
}

export interface CoverRatios {
  /** cash available for debt service over debt service, one number a year until the last payment; 0 where none is due */
  readonly debtServiceCover: readonly number[]
  readonly lowestDebtServiceCover: number
  /** present value at the debt's rate of the cash within the tenor over the principal */
  readonly loanLifeCover: number
}

/**
 * What is due in each year from today, yuan. The loan is repaid from commissioning; until then its interest is added
 * to it.
 */
export function debtService(terms: DebtTerms, delayYears = 0): number[] {
  const { rate, tenorYears, graceYears } = terms
  const principal = terms.principalYuan * (1 + rate * delayYears)
  const level = principal / annuityFactor(rate, tenorYears - graceYears)
  const due = Array.from({ length: tenorYears }, (_, year) => (year < graceYears ? principal * rate : level))
  if (delayYears === 0) return due
  const whole = Math.floor(delayYears)
  const part = delayYears - whole
  return Array.from(
    { length: tenorYears + Math.ceil(delayYears) },
    (_, year) => (due[year - whole] ?? 0) * (1 - part) + (due[year - whole - 1] ?? 0) * part,
  )
}

/** Years beyond the centre's life have no cash: debt that outlives its chips is shown with cover 0. */
export function coverRatios(
  cashYuan: readonly number[],
  terms: DebtTerms,
  delayYears = 0,
): CoverRatios | undefined {
  if (terms.principalYuan <= 0) return undefined
  const service = debtService(terms, delayYears)
  const debtServiceCover = service.map((due, year) => (due === 0 ? 0 : (cashYuan[year] ?? 0) / due))
  const covers = debtServiceCover.filter((_, year) => service[year]! > 0)
  let [present, factor] = [0, 1]
  for (let year = 0; year < service.length; year++) {
    factor /= 1 + terms.rate
    present += (cashYuan[year] ?? 0) * factor
  }
  return {
    debtServiceCover,
    lowestDebtServiceCover: Math.min(...covers),
    loanLifeCover: present / terms.principalYuan,
  }
}
