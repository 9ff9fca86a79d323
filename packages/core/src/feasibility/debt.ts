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
  /** cash available for debt service over debt service, one number a year of the tenor */
  readonly debtServiceCover: readonly number[]
  readonly lowestDebtServiceCover: number
  /** present value at the debt's rate of the cash within the tenor over the principal */
  readonly loanLifeCover: number
}

/** What is paid at the end of each year of the tenor, yuan. */
export function debtService(terms: DebtTerms): number[] {
  const interest = terms.principalYuan * terms.rate
  const level = terms.principalYuan / annuityFactor(terms.rate, terms.tenorYears - terms.graceYears)
  return Array.from({ length: terms.tenorYears }, (_, year) => (year < terms.graceYears ? interest : level))
}

/** Years beyond the centre's life have no cash: debt that outlives its chips is shown with cover 0. */
export function coverRatios(cashYuan: readonly number[], terms: DebtTerms): CoverRatios | undefined {
  if (terms.principalYuan <= 0) return undefined
  const service = debtService(terms)
  const debtServiceCover = service.map((due, year) => (due === 0 ? 0 : (cashYuan[year] ?? 0) / due))
  let [present, factor] = [0, 1]
  for (let year = 0; year < terms.tenorYears; year++) {
    factor /= 1 + terms.rate
    present += (cashYuan[year] ?? 0) * factor
  }
  return {
    debtServiceCover,
    lowestDebtServiceCover: Math.min(...debtServiceCover),
    loanLifeCover: present / terms.principalYuan,
  }
}
