// The types of policy/v1 expressions and the typed syntax tree. The tree is plain data with its place in the file on
// every node: the scalar evaluator reads it, and other generators (columns, closures in a browser) can read the same.
import type { Day } from '../calendar/index.ts'
import type { Exact, Fen, Rate } from '../money/index.ts'

/** Where something stands in a file, counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
  /** where a programme is composed of several files: the one in which the part stands */
  readonly file?: string
}

/**
 * `exact` is money times rates before it is rounded; `degree` counts the rates multiplied in, so that a generator
 * knows the common denominator. An `enumeration` has the members a fact schema or a parameter lists.
 */
export type Type =
  | {
      readonly kind: 'bool' | 'int' | 'string' | 'money' | 'rate' | 'date' | 'period' | 'region' | 'industry'
    }
  | { readonly kind: 'exact'; readonly degree: number }
  | {
      readonly kind: 'enumeration'
      readonly name: string
      readonly members: readonly string[]
      /** the words of a choice that a programme makes itself; a fact schema keeps its own */
      readonly labels?: Readonly<Record<string, { readonly zh: string; readonly en: string }>>
    }
  | { readonly kind: 'list'; readonly of: Type }

/** A span of days, both ends included; a window may open and close at a minute of China time (`HH:MM`). */
export interface Period {
  readonly from: Day
  readonly to: Day
  readonly opensAt?: string
  readonly closesAt?: string
}

/** The value of an expression, its kind given by the type beside it: money is fen, a date is a `Day`. */
export type Value = boolean | bigint | string | Fen | Rate | Exact | Period | readonly Value[]

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '<' | '<=' | '==' | '!=' | '>=' | '>' | 'in'
export type MacroName = 'all' | 'exists' | 'exists_one' | 'filter' | 'map'

export type Expression = { readonly type: Type; readonly place: Place } & (
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'fact'; readonly path: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'definition'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'not' | 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'logic'
      readonly operator: '&&' | '||'
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'choose'
      readonly test: Expression
      readonly yes: Expression
      readonly no: Expression
    }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'index'; readonly list: Expression; readonly at: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'macro'
      readonly name: MacroName
      readonly list: Expression
      readonly variable: string
      readonly body: Expression
    }
)

/** The name of a type as programme authors read it: `money`, `exact:1`, `list<industry>`, an enumeration's own name. */
export function typeName(type: Type): string {
  if (type.kind === 'exact') return `exact:${type.degree}`
  if (type.kind === 'list') return `list<${typeName(type.of)}>`
  return type.kind === 'enumeration' ? type.name : type.kind
}

export function sameType(left: Type, right: Type): boolean {
  if (left.kind === 'list' && right.kind === 'list') return sameType(left.of, right.of)
  if (left.kind === 'exact' && right.kind === 'exact') return true
  return left.kind === right.kind && typeName(left) === typeName(right)
}
