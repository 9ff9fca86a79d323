// What every estimator returns: a number never travels without its standard error, interval and counts.
import { accept, refuse, type Decision } from '../refusal.ts'
import { normalQuantile, studentBelow, studentQuantile, twoSidedP } from './mathematics/distributions.ts'

export type ConfidenceInterval = readonly [low: number, high: number]

export interface Estimate {
  /** in the unit of the outcome */
  readonly estimate: number
  readonly se: number
  /** 95 per cent unless the estimator was asked otherwise */
  readonly ci: ConfidenceInterval
  /** two-sided, against no effect */
  readonly pValue: number
}

/**
 * Point and standard error with their interval.
 * @param degrees degrees of freedom of Student's distribution; left out for the normal
 */
export function estimateOf(estimate: number, se: number, degrees?: number): Estimate {
  const critical = degrees === undefined ? normalQuantile(0.975) : studentQuantile(0.975, degrees)
  return {
    estimate,
    se,
    ci: [estimate - critical * se, estimate + critical * se],
    pValue: pValueOf(estimate, se, degrees),
  }
}

function pValueOf(estimate: number, se: number, degrees?: number): number {
  if (se === 0) return estimate === 0 ? 1 : 0
  const statistic = Math.abs(estimate / se)
  return degrees === undefined ? twoSidedP(statistic) : 2 * studentBelow(-statistic, degrees)
}

/** True when the interval covers zero: the report then says 不能排除零效果. */
export function coversZero(ci: ConfidenceInterval): boolean {
  return ci[0] <= 0 && ci[1] >= 0
}

/** The last gate before a result leaves: one that holds NaN or an infinity is refused instead. */
export function finite<Value>(value: Value): Decision<Value, 'evaluation.not_finite'> {
  const path = firstInfinite(value, '')
  return path === null ? accept(value) : refuse('evaluation.not_finite', { field: path })
}

function firstInfinite(value: unknown, path: string): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : path
  if (value === null || typeof value !== 'object') return null
  for (const [key, item] of Object.entries(value)) {
    const found = firstInfinite(item, path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}
