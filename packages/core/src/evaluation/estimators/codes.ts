// The refusals that estimators share.
import { refuse } from '../../refusal.ts'

export type EstimatorCode =
  | 'evaluation.too_few'
  | 'evaluation.no_variation'
  | 'evaluation.not_binary'
  | 'evaluation.collinear'
  | 'evaluation.bad_option'

type Refused<Code extends string> = ReturnType<typeof refuse<Code>>

/** Fewer than `needed` rows, clusters or draws in `where` ('treated', 'left' …). */
export function tooFew(where: string, found: number, needed: number): Refused<'evaluation.too_few'> {
  return refuse('evaluation.too_few', { where, found, needed })
}

/** True when each value is 0 or 1. */
export function isBinary(values: ArrayLike<number>): boolean {
  for (let index = 0; index < values.length; index++) {
    if (values[index] !== 0 && values[index] !== 1) return false
  }
  return true
}

export function isConstant(values: ArrayLike<number>): boolean {
  for (let index = 1; index < values.length; index++) {
    if (values[index] !== values[0]) return false
  }
  return true
}
