// Can the city carry it: the programme beside revenue and debt, and the compute it calls up beside what is free. A
// limit is the city's own, with its basis; what is not known stays unknown, month by month and class by class.
import type { Range } from './summary.ts'

export interface Limit {
  /** share, 0 to 1 and beyond */
  readonly most: number
  readonly basis: 'stated' | 'assumed'
  readonly source: string
}

export interface Treasury {
  /** general public budget revenue of the year, yuan */
  readonly revenue?: number
  /** budgeted expenditure on science and technology, yuan */
  readonly scienceBudget?: number
  /** government debt and comprehensive fiscal capacity, yuan */
  readonly debt?: number
  readonly fiscalCapacity?: number
}

export interface Limits {
  readonly outlayOfRevenue?: Limit
  readonly outlayOfScienceBudget?: Limit
  readonly debtRatio?: Limit
}

/** Compute called up and free at admitted centres, P_d16·h by chip class and month. */
export interface ComputeBalance {
  readonly chipClass: string
  readonly called: readonly Range[]
  /** null for a month nobody has reported */
  readonly free: readonly (number | null)[]
}

export type Standing = 'within' | 'above' | 'unknown'

export interface Ratio {
  readonly name: keyof Limits
  /** median and 5–95 per cent; null when an input is missing */
  readonly value: Range | null
  /** after revenue and capacity fall by a fifth */
  readonly stressed: Range | null
  readonly limit: Limit | null
  readonly standing: Standing
  /** of the stressed 95 per cent point */
  readonly stressedStanding: Standing
}

export interface Affordability {
  readonly ratios: readonly Ratio[]
  readonly compute: readonly {
    readonly chipClass: string
    readonly month: number
    readonly standing: Standing
    /** P_d16·h short at the 95 per cent point; 0 when within, null when unknown */
    readonly short: number | null
  }[]
}

const STRESS = 0.8

/**
 * @param cost yuan of the programme in the year: outlay and administration
 * @param borrowed yuan of it that is borrowed
 */
export function affordability(
  cost: Range,
  city: { readonly treasury: Treasury; readonly limits: Limits; readonly borrowed: number },
  balances: readonly ComputeBalance[],
): Affordability {
  const { treasury, limits, borrowed } = city
  const share = (whole: number | undefined, factor: number): Range | null =>
    whole !== undefined && whole > 0 ? scaled(cost, 1 / (whole * factor)) : null
  const debt = (factor: number): Range | null => {
    const { debt: owed, fiscalCapacity: capacity } = treasury
    if (owed === undefined || capacity === undefined || !(capacity > 0)) return null
    const value = (owed + borrowed) / (capacity * factor)
    return { median: value, p5: value, p95: value }
  }
  return {
    ratios: [
      judged('outlayOfRevenue', [share(treasury.revenue, 1), share(treasury.revenue, STRESS)], limits),
      // the science budget is an appropriation, not a receipt: it is what it is, stress or not
      judged(
        'outlayOfScienceBudget',
        [share(treasury.scienceBudget, 1), share(treasury.scienceBudget, 1)],
        limits,
      ),
      judged('debtRatio', [debt(1), debt(STRESS)], limits),
    ],
    compute: balances.flatMap(({ chipClass, called, free }) =>
      called.map((need, month) => {
        const available = free[month] ?? null
        if (available === null)
          return { chipClass, month: month + 1, standing: 'unknown' as const, short: null }
        const short = Math.max(0, need.p95 - available)
        return {
          chipClass,
          month: month + 1,
          standing: short > 0 ? ('above' as const) : ('within' as const),
          short,
        }
      }),
    ),
  }
}

function judged(
  name: keyof Limits,
  [value, stressed]: readonly [Range | null, Range | null],
  limits: Limits,
): Ratio {
  const limit = limits[name] ?? null
  return {
    name,
    value,
    stressed,
    limit,
    standing: standingOf(value?.median, limit),
    stressedStanding: standingOf(stressed?.p95, limit),
  }
}

function standingOf(value: number | undefined, limit: Limit | null): Standing {
  if (value === undefined || limit === null) return 'unknown'
  return value <= limit.most ? 'within' : 'above'
}

function scaled(range: Range, factor: number): Range {
  return { median: range.median * factor, p5: range.p5 * factor, p95: range.p95 * factor }
}
