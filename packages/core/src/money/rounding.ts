// Rounding happens once, at a stated place, by a stated mode.
import { assert } from '../assert.ts'
import { FEN_PER_UNIT, type Fen, type MoneyUnit } from './fen.ts'

/** down: towards zero · up: away from zero · half_up: halves away from zero · half_even: halves to the even unit */
export type RoundingMode = 'down' | 'up' | 'half_up' | 'half_even'

/** numerator / denominator to a whole number; the denominator is positive. */
export function divide(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  assert(denominator > 0n, 'a denominator is positive')
  if (mode === 'down') return numerator / denominator
  const negative = numerator < 0n
  const magnitude = negative ? -numerator : numerator
  const floor = magnitude / denominator
  const rest = magnitude % denominator
  const result = floor + (roundsAway(floor, rest * 2n, denominator, mode) ? 1n : 0n)
  return negative ? -result : result
}

function roundsAway(
  floor: bigint,
  twiceRest: bigint,
  denominator: bigint,
  mode: Exclude<RoundingMode, 'down'>,
): boolean {
  if (twiceRest === 0n) return false
  if (mode === 'up') return true
  if (twiceRest !== denominator) return twiceRest > denominator
  return mode === 'half_up' || floor % 2n === 1n
}

/** An amount to whole multiples of a unit, in fen. */
export function roundTo(fen: Fen, unit: MoneyUnit, mode: RoundingMode): Fen {
  return divide(fen, FEN_PER_UNIT[unit], mode) * FEN_PER_UNIT[unit]
}

export function leastFen(first: Fen, ...others: readonly Fen[]): Fen {
  return others.reduce((least, fen) => (fen < least ? fen : least), first)
}
