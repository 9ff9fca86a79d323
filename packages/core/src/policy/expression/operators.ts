// Which types an operator joins, and to what. Money times a rate is `exact` and stays so until it is rounded; money
// times money does not exist; unlike types are never compared.
import { sameType, type BinaryOperator, type Type } from '../types.ts'

const BOOL: Type = { kind: 'bool' }
const COMPARISONS: readonly string[] = ['<', '<=', '==', '!=', '>=', '>', 'in']

export function comparable(operator: string): boolean {
  return COMPARISONS.includes(operator)
}

/** The type of `left operator right`, or undefined when the two do not go together. */
export function binaryType(operator: BinaryOperator, left: Type, right: Type): Type | undefined {
  switch (operator) {
    case '==':
    case '!=':
      return sameType(left, right) || (isAmount(left) && isAmount(right)) ? BOOL : undefined
    case 'in':
      return right.kind === 'list' && sameType(left, right.of) ? BOOL : undefined
    case '<':
    case '<=':
    case '>=':
    case '>':
      return isOrdered(left) && (sameType(left, right) || (isAmount(left) && isAmount(right)))
        ? BOOL
        : undefined
    case '*':
      return productType(left, right)
    case '/':
    case '%':
      return left.kind === 'int' && right.kind === 'int' ? left : undefined
    default:
      return sumType(operator, left, right)
  }
}

function sumType(operator: '+' | '-', left: Type, right: Type): Type | undefined {
  if (isAmount(left) && isAmount(right)) {
    const degree = Math.max(degreeOf(left), degreeOf(right))
    return degree === 0 ? { kind: 'money' } : { kind: 'exact', degree }
  }
  if (!sameType(left, right)) return undefined
  if (left.kind === 'int' || left.kind === 'rate') return left
  if (operator === '-') return left.kind === 'date' ? { kind: 'int' } : undefined
  return left.kind === 'string' || left.kind === 'list' ? left : undefined
}

function productType(left: Type, right: Type): Type | undefined {
  if (left.kind === 'int' && right.kind === 'int') return left
  if (left.kind === 'rate' && right.kind === 'rate') return left
  const [amount, factor] = isAmount(left) ? [left, right] : [right, left]
  if (!isAmount(amount)) return undefined
  if (factor.kind === 'int') return amount
  return factor.kind === 'rate' ? { kind: 'exact', degree: degreeOf(amount) + 1 } : undefined
}

function isAmount(type: Type): boolean {
  return type.kind === 'money' || type.kind === 'exact'
}

function degreeOf(type: Type): number {
  return type.kind === 'exact' ? type.degree : 0
}

function isOrdered(type: Type): boolean {
  return ['bool', 'int', 'string', 'money', 'exact', 'rate', 'date'].includes(type.kind)
}
