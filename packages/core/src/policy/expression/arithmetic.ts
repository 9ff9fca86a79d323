// Exact arithmetic on values: whole numbers within 64 bits as CEL has them, fen and fractions without bound or float.
import { addDays, daysBetween } from '../../calendar/index.ts'
import { multiply, rate, type Exact, type Rate } from '../../money/index.ts'
import { INT_MAX, INT_MIN } from '../literals.ts'
import type { Type, Value } from '../types.ts'
import { failure, type Outcome } from './outcome.ts'

interface Operands {
  readonly left: Value
  readonly right: Value
  readonly types: readonly [Type, Type]
}

/** Beyond these a definition that doubles itself a hundred times would fill the memory. */
const LIMITS = { items: 10_000, magnitude: 10n ** 60n } as const

export function arithmetic(operator: string, operands: Operands): Outcome {
  const { left, right, types } = operands
  if (types[0].kind === 'date') return BigInt(daysBetween(right as string, left as string))
  if (typeof left === 'string' || Array.isArray(left)) return joined(left, right)
  if (types.some((type) => type.kind === 'rate' || type.kind === 'exact')) {
    const result = fractions(operator, left as bigint | Rate, right as bigint | Rate)
    return isHuge(result.numerator) || isHuge(result.denominator) ? failure('out_of_range') : result
  }
  const result = whole(operator, left as bigint, right as bigint)
  if (typeof result !== 'bigint') return result
  const bounded = types.every((type) => type.kind === 'int')
  const outside = bounded ? result < INT_MIN || result > INT_MAX : isHuge(result)
  return outside ? failure('out_of_range') : result
}

function isHuge(value: bigint): boolean {
  return value > LIMITS.magnitude || value < -LIMITS.magnitude
}

function joined(left: string | readonly Value[], right: Value): Outcome {
  const other = right as string | readonly Value[]
  if (left.length + other.length > LIMITS.items) return failure('out_of_range')
  return typeof left === 'string' ? left + (other as string) : [...left, ...(other as readonly Value[])]
}

function whole(operator: string, left: bigint, right: bigint): Outcome {
  if (operator === '+') return left + right
  if (operator === '-') return left - right
  if (operator === '*') return left * right
  if (right === 0n) return failure('division_by_zero')
  return operator === '/' ? left / right : left % right
}

function fractions(operator: string, left: bigint | Rate, right: bigint | Rate): Rate {
  const [a, b] = [asFraction(left), asFraction(right)]
  if (operator === '*') return multiply(a, b)
  const sign = operator === '-' ? -1n : 1n
  return rate(a.numerator * b.denominator + sign * b.numerator * a.denominator, a.denominator * b.denominator)
}

/** An amount or a rate as a fraction. */
export function asFraction(value: Value): Exact {
  return typeof value === 'bigint' ? { numerator: value, denominator: 1n } : (value as Exact)
}

/** Negative, zero or positive; both of one ordered type. Texts compare by code point, as CEL says. */
export function compareValues(left: Value, right: Value): number {
  if (typeof left === 'string') return compareTexts(left, right as string)
  if (typeof left === 'boolean') return Number(left) - Number(right)
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0
  const [a, b] = [asFraction(left), asFraction(right)]
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function compareTexts(left: string, right: string): number {
  const [a, b] = [Array.from(left), Array.from(right)]
  const at = a.findIndex((character, index) => character !== b[index])
  if (at < 0) return a.length - b.length
  return (a[at]!.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? -1)
}

export function equalValues(left: Value, right: Value): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => equalValues(item, right[index]!))
  }
  if (typeof left === 'object' && 'from' in left) {
    const other = right as typeof left
    const minutes = left.opensAt === other.opensAt && left.closesAt === other.closesAt
    return left.from === other.from && left.to === other.to && minutes
  }
  if (typeof left === 'object' || typeof right === 'object') return compareValues(left, right) === 0
  return left === right
}

/** A day some days on, or a failure beyond the years the calendar knows. */
export function shiftDay(day: string, days: bigint): Outcome {
  if (days > 400_000n || days < -400_000n) return failure('date_out_of_range')
  return inCalendar(addDays(day, Number(days)))
}

export function inCalendar(day: string): Outcome {
  return /^(19|2\d)\d\d-/.test(day) ? day : failure('date_out_of_range')
}
