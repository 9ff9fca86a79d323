// What a project does to the budget that stands behind it: debt ratios before and after, debt service against
// revenue, and a stated set of stresses. Ratios: narrow = government debt / comprehensive fiscal capacity;
// broad = (government debt + platform companies' interest-bearing debt) / the same.
import { accept, type Decision } from '../refusal.ts'
import { RED_DEBT_RATIO } from './benchmarks.ts'
import { outsideRange, type RangeCode } from './ranges.ts'
import { levelPayment } from './returns.ts'

export interface Budget {
  readonly revenueYuan: number
  readonly governmentDebtYuan: number
  /** 1.9318 for 193.18 % */
  readonly narrowRatio: number
  readonly broadRatio: number
  readonly residents?: number
}

/** Shown as a traffic light, by the finance ministry's practice as commonly reported. */
export type DebtLight = 'green' | 'yellow' | 'orange' | 'red'

const LIGHTS = [
  { from: RED_DEBT_RATIO, light: 'red' },
  { from: 2, light: 'orange' },
  { from: 1.2, light: 'yellow' },
  { from: 0, light: 'green' },
] as const

export interface FiscalPosition {
  readonly capacityYuan: number
  readonly broadDebtYuan: number
  readonly platformDebtYuan: number
  readonly light: DebtLight
}

const BUDGET_RANGES = {
  revenueYuan: [1, 1e15],
  governmentDebtYuan: [0, 1e15],
  narrowRatio: [1e-4, 100],
  broadRatio: [1e-4, 100],
  residents: [1, 1e10],
} as const

/** What the published ratios imply; a broad ratio below the narrow one is out of range. */
export function fiscalPosition(budget: Budget): Decision<FiscalPosition, RangeCode> {
  const refused = outsideRange(budget, {
    ...BUDGET_RANGES,
    broadRatio: [budget.narrowRatio >= 0 ? budget.narrowRatio : 0, 100],
  })
  if (refused) return refused
  const capacityYuan = budget.governmentDebtYuan / budget.narrowRatio
  const broadDebtYuan = capacityYuan * budget.broadRatio
  return accept({
    capacityYuan,
    broadDebtYuan,
    platformDebtYuan: broadDebtYuan - budget.governmentDebtYuan,
    light: debtLight(budget.broadRatio),
  })
}

export function debtLight(broadRatio: number): DebtLight {
  return LIGHTS.find((step) => broadRatio >= step.from)?.light ?? 'green'
}

/** The broad ratio once `addedDebtYuan` is borrowed. */
export function ratioAfter(budget: Budget, addedDebtYuan: number): number {
  const capacity = budget.governmentDebtYuan / budget.narrowRatio
  return capacity === 0 ? budget.broadRatio : budget.broadRatio + addedDebtYuan / capacity
}

export interface ProjectBurden {
  readonly capexYuan: number
  readonly publicDebtYuan: number
  readonly rate: number
  readonly tenorYears: number
}

export interface FiscalBurden {
  readonly ratioBefore: number
  readonly ratioAfter: number
  readonly lightAfter: DebtLight
  readonly capexOverRevenue: number
  readonly capexPerResidentYuan: number | undefined
  readonly debtServiceYuan: number
  readonly debtServiceOverRevenue: number
}

export function fiscalBurden(budget: Budget, project: ProjectBurden): Decision<FiscalBurden, RangeCode> {
  const refused =
    outsideRange(budget, BUDGET_RANGES) ??
    outsideRange(project, {
      capexYuan: [0, 1e14],
      publicDebtYuan: [0, 1e14],
      rate: [0, 1],
      tenorYears: [1, 50],
    })
  if (refused) return refused
  const after = ratioAfter(budget, project.publicDebtYuan)
  const debtServiceYuan = levelPayment(project.publicDebtYuan, project.rate, project.tenorYears)
  return accept({
    ratioBefore: budget.broadRatio,
    ratioAfter: after,
    lightAfter: debtLight(after),
    capexOverRevenue: project.capexYuan / budget.revenueYuan,
    capexPerResidentYuan: budget.residents === undefined ? undefined : project.capexYuan / budget.residents,
    debtServiceYuan,
    debtServiceOverRevenue: debtServiceYuan / budget.revenueYuan,
  })
}

/** Years until a ratio that rises by the same step each year reaches 300 %; undefined when it never does. */
export function yearsToRed(ratio: number, yearlyRise: number): number | undefined {
  if (ratio >= RED_DEBT_RATIO) return 0
  return yearlyRise > 0 ? (RED_DEBT_RATIO - ratio) / yearlyRise : undefined
}
