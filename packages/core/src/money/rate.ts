// Rates are exact rationals; a product of money and rates stays exact until it is rounded by a stated rule.
import { assert } from '../assert.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { FEN_PER_UNIT, type Fen, type MoneyUnit } from './fen.ts'
import { divide, type RoundingMode } from './rounding.ts'

/** numerator / denominator in lowest terms, the denominator positive */
export interface Rate {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** An amount in fen that is not yet rounded. */
export interface Exact {
  readonly numerator: bigint
  readonly denominator: bigint
}

export function rate(numerator: bigint, denominator: bigint): Rate {
  assert(denominator !== 0n, 'a rate has a denominator')
  const sign = denominator < 0n ? -1n : 1n
  const divisor = greatestCommonDivisor(numerator, denominator)
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor }
}

/** Reads `30%`, `12.5%` or `2/37`. Above 100 % is refused (`rate.above_one`), anything else is `rate.not_a_rate`. */
export function parseRate(text: string): Decision<Rate, 'rate.not_a_rate' | 'rate.above_one'> {
  const percent = /^(\d{1,9})(?:\.(\d{1,9}))?%$/.exec(text.trim())
  const fraction = /^(\d{1,15})\/([1-9]\d{0,14})$/.exec(text.trim())
  let value: Rate
  if (percent) {
    const decimals = percent[2] ?? ''
    value = rate(BigInt(percent[1]! + decimals), 100n * 10n ** BigInt(decimals.length))
  } else if (fraction) value = rate(BigInt(fraction[1]!), BigInt(fraction[2]!))
  else return refuse('rate.not_a_rate', { text })
  return value.numerator > value.denominator ? refuse('rate.above_one', { text }) : accept(value)
}

/** -1, 0 or 1 as left is below, equal to or above right */
export function compareRates(left: Rate, right: Rate): -1 | 0 | 1 {
  const difference = left.numerator * right.denominator - right.numerator * left.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** money or exact × rate; nothing is rounded */
export function multiply(amount: Fen | Exact, by: Rate): Exact {
  const exact = typeof amount === 'bigint' ? { numerator: amount, denominator: 1n } : amount
  return rate(exact.numerator * by.numerator, exact.denominator * by.denominator)
}

/** The only way from an exact amount to money: whole multiples of a unit by a stated mode. */
export function toFen(exact: Exact, unit: MoneyUnit, mode: RoundingMode): Fen {
  const { numerator, denominator } = exact
  if (unit === 'fen') return denominator === 1n ? numerator : divide(numerator, denominator, mode)
  const perUnit = FEN_PER_UNIT[unit]
  return divide(numerator, denominator === 1n ? perUnit : denominator * perUnit, mode) * perUnit
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left < 0n ? -left : left, right < 0n ? -right : right]
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? 1n : a
}
