// What an evaluation gives: a value, the facts it still needs, or the reason why it cannot be worked out.
import type { Value } from '../types.ts'

export interface Missing {
  /** facts by path, open parameters as `p.name`; sorted, each once */
  readonly missing: readonly string[]
}

export interface Failure {
  readonly failure: FailureReason
}

export type FailureReason =
  | 'division_by_zero'
  | 'out_of_range'
  | 'index_out_of_range'
  | 'too_many_turns'
  | 'date_out_of_range'
  | 'not_convertible'
  | 'rate_conflict'
  | 'parameter_ended'

export type Outcome = Value | Missing | Failure

export function missing(...names: readonly string[]): Missing {
  return { missing: names }
}

export function failure(reason: FailureReason): Failure {
  return { failure: reason }
}

export function isMissing(outcome: Outcome): outcome is Missing {
  return typeof outcome === 'object' && 'missing' in outcome
}

export function isFailure(outcome: Outcome): outcome is Failure {
  return typeof outcome === 'object' && 'failure' in outcome
}

export function isOpen(outcome: Outcome): outcome is Missing | Failure {
  return typeof outcome === 'object' && ('missing' in outcome || 'failure' in outcome)
}

export function isValue(outcome: Outcome): outcome is Value {
  return !isOpen(outcome)
}

/** All that is missing among the outcomes; else the first failure; undefined when all are values. */
export function merge(outcomes: readonly Outcome[]): Missing | Failure | undefined {
  const names = new Set<string>()
  for (const outcome of outcomes) if (isMissing(outcome)) for (const name of outcome.missing) names.add(name)
  return names.size > 0 ? { missing: [...names].sort() } : outcomes.find(isFailure)
}
