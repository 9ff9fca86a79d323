// The functions and methods of the profile: for each the type of its result, or undefined when the arguments do not
// fit. A method's receiver is its first argument. What they compute stands in `evaluate.ts`.
import { sameType, type Type } from '../types.ts'

export interface Signature {
  readonly method: boolean
  /** how it is called, for the sentence of an error */
  readonly usage: string
  readonly result: (args: readonly Type[]) => Type | undefined
}

const BOOL: Type = { kind: 'bool' }
const INT: Type = { kind: 'int' }
const DATE: Type = { kind: 'date' }
const MONEY: Type = { kind: 'money' }
const RATE: Type = { kind: 'rate' }

/** Arguments by kind: `list:region` is a list of regions, `amount` money or exact. */
function takes(kinds: readonly string[], result: Type): Signature['result'] {
  return (args) =>
    args.length === kinds.length && kinds.every((kind, index) => fits(kind, args[index]!))
      ? result
      : undefined
}

function fits(kind: string, type: Type): boolean {
  if (kind === 'amount') return type.kind === 'money' || type.kind === 'exact'
  if (type.kind === 'list') return kind === 'list' || kind === `list:${type.of.kind}`
  return kind === type.kind
}

/** `least` and `greatest`: all of one ordered kind; money and exact mix to the higher degree. */
function extreme(args: readonly Type[]): Type | undefined {
  const first = args[0]
  if (first === undefined) return undefined
  if (args.every((type) => type.kind === 'money' || type.kind === 'exact')) {
    const degree = Math.max(...args.map((type) => (type.kind === 'exact' ? type.degree : 0)))
    return degree === 0 ? MONEY : { kind: 'exact', degree }
  }
  const ordered = ['int', 'date', 'rate'].includes(first.kind)
  return ordered && args.every((type) => sameType(type, first)) ? first : undefined
}

function method(usage: string, kinds: readonly string[], result: Type): Signature {
  return { method: true, usage, result: takes(kinds, result) }
}

function either(first: Signature, second: Signature): Signature {
  return { ...first, result: (args) => first.result(args) ?? second.result(args) }
}

function rounding(name: string): Signature {
  return { method: false, usage: `${name}(amount, "yuan")`, result: takes(['amount', 'string'], MONEY) }
}

/** A conversion between the plain types of CEL; of its own type it is the value itself. */
function conversion(name: string, from: readonly Type['kind'][], result: Type): Signature {
  const fit = (args: readonly Type[]): boolean => args.length === 1 && from.includes(args[0]!.kind)
  return { method: false, usage: `${name}(value)`, result: (args) => (fit(args) ? result : undefined) }
}

const size = either(method('string.size()', ['string'], INT), method('list.size()', ['list'], INT))

export const functions: Readonly<Record<string, Signature>> = {
  least: { method: false, usage: 'least(a, b, …)', result: extreme },
  greatest: { method: false, usage: 'greatest(a, b, …)', result: extreme },
  share: { method: false, usage: 'share(part, whole)', result: takes(['int', 'int'], RATE) },
  round_down: rounding('round_down'),
  round_up: rounding('round_up'),
  round_half_up: rounding('round_half_up'),
  round_half_even: rounding('round_half_even'),
  size: { ...size, method: false, usage: 'size(string or list)' },
  int: conversion('int', ['int', 'string'], INT),
  string: conversion('string', ['string', 'int', 'bool'], { kind: 'string' }),
  bool: conversion('bool', ['bool', 'string'], BOOL),
}

export const methods: Readonly<Record<string, Signature>> = {
  plus_days: method('date.plus_days(n)', ['date', 'int'], DATE),
  plus_months: method('date.plus_months(n)', ['date', 'int'], DATE),
  plus_years: method('date.plus_years(n)', ['date', 'int'], DATE),
  year: method('date.year()', ['date'], INT),
  first: method('period.first()', ['period'], DATE),
  last: method('period.last()', ['period'], DATE),
  within: either(
    method('region.within(region)', ['region', 'region'], BOOL),
    method('industry.within(industry)', ['industry', 'industry'], BOOL),
  ),
  within_any: either(
    method('region.within_any(list)', ['region', 'list:region'], BOOL),
    method('industry.within_any(list)', ['industry', 'list:industry'], BOOL),
  ),
  contains: either(
    method('string.contains(string)', ['string', 'string'], BOOL),
    method('period.contains(date)', ['period', 'date'], BOOL),
  ),
  startsWith: method('string.startsWith(string)', ['string', 'string'], BOOL),
  endsWith: method('string.endsWith(string)', ['string', 'string'], BOOL),
  size,
}

/** Written with a constant text: `money("200万元")`, `rate("30%")`, `date("2025-01-01")`, … */
export const literalFunctions = ['money', 'rate', 'date', 'period', 'region', 'industry'] as const
export const macros = ['all', 'exists', 'exists_one', 'filter', 'map'] as const
export const roundingUnits = ['fen', 'jiao', 'yuan', '10yuan', '100yuan', 'wan', 'yi'] as const
