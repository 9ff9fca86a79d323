// What each binary operator computes, chosen once by the types of its operands: plain values compare as they are, only
// fractions, periods and lists need more.
import type { Expression, Type, Value } from '../types.ts'
import { arithmetic, compareValues, equalValues } from './arithmetic.ts'
import type { Outcome } from './outcome.ts'

type Apply = (left: Value, right: Value) => Outcome

/** Types whose values are equal exactly when JavaScript says so. */
const PLAIN: readonly Type['kind'][] = [
  'bool', 'int', 'string', 'money', 'date', 'region', 'industry', 'enumeration',
] // prettier-ignore
/** Types whose values JavaScript puts in the order of the language; texts go by code point, not by UTF-16 unit. */
const ORDERED: readonly Type['kind'][] = ['bool', 'int', 'money', 'date']

export function operatorOf({ operator, left, right }: Expression & { kind: 'binary' }): Apply {
  const types = [left.type, right.type] as const
  switch (operator) {
    case '==':
      return areAll(PLAIN, types) ? (a, b) => a === b : equalValues
    case '!=':
      return areAll(PLAIN, types) ? (a, b) => a !== b : (a, b) => !equalValues(a, b)
    case 'in':
      return PLAIN.includes(left.type.kind)
        ? (item, list) => (list as readonly Value[]).includes(item)
        : (item, list) => (list as readonly Value[]).some((each) => equalValues(each, item))
    case '<':
    case '<=':
    case '>=':
    case '>':
      return areAll(ORDERED, types) ? plainOrder[operator] : orders[operator]
    default:
      return (a, b) => arithmetic(operator, { left: a, right: b, types })
  }
}

function areAll(kinds: readonly Type['kind'][], types: readonly Type[]): boolean {
  return types.every(({ kind }) => kinds.includes(kind))
}

const plainOrder: Readonly<Record<'<' | '<=' | '>=' | '>', Apply>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '>': (a, b) => a > b,
}

const orders: Readonly<Record<'<' | '<=' | '>=' | '>', Apply>> = {
  '<': (a, b) => compareValues(a, b) < 0,
  '<=': (a, b) => compareValues(a, b) <= 0,
  '>=': (a, b) => compareValues(a, b) >= 0,
  '>': (a, b) => compareValues(a, b) > 0,
}
