// An amount as a function of one other amount, in bands: within each it is a rate of that amount plus something fixed.
// Sums, products with a rate, the least and the greatest of such functions are such functions, and so is a choice by the
// amount itself (a cliff). Amounts are whole fen, so a band begins at a whole fen and nothing is approximated.
import { multiply, rate, type Exact, type Rate } from '../../money/index.ts'
import { printed } from '../check/truth-table.ts'
import { isValue, type Outcome } from '../expression/index.ts'
import type { Expression } from '../types.ts'

/** From `fromFen` on: `share` of the amount plus `plus` (fen, not rounded). */
export interface Band {
  readonly fromFen: bigint
  readonly share: Rate
  readonly plus: Exact
}

export interface BandReading {
  /** how the amount prints that the bands are of */
  readonly of: string
  readonly definition: (name: string) => Expression
  /** what is the same for every amount has a value without any fact */
  readonly constant: (expression: Expression) => Outcome
}

const ZERO = rate(0n, 1n)
const ONE = rate(1n, 1n)

export function fixed(value: Exact): Band[] {
  return [{ fromFen: 0n, share: ZERO, plus: value }]
}

/** @returns the bands, ascending from 0; undefined when the expression is no such function */
export function bandsOf(expression: Expression, reading: BandReading): Band[] | undefined {
  if (printed(expression) === reading.of) return [{ fromFen: 0n, share: ONE, plus: ZERO }]
  const constant = amountOf(reading.constant(expression))
  if (constant) return fixed(constant)
  if (expression.kind === 'definition') return bandsOf(reading.definition(expression.name), reading)
  if (expression.kind === 'choose') return chosen(expression, reading)
  if (expression.kind === 'call' && (expression.name === 'least' || expression.name === 'greatest')) {
    const [first, ...rest] = expression.args.map((item) => bandsOf(item, reading))
    const least = expression.name === 'least'
    return rest.reduce((one, other) => one && other && extreme(one, other, least), first)
  }
  if (expression.kind !== 'binary') return undefined
  const { operator, left, right } = expression
  if (operator === '*') {
    const [amount, factor] = isAmount(left) ? [left, right] : [right, left]
    const [bands, by] = [bandsOf(amount, reading), factorOf(reading.constant(factor))]
    return bands && by && scaled(bands, by)
  }
  if (operator !== '+' && operator !== '-') return undefined
  const [one, other] = [bandsOf(left, reading), bandsOf(right, reading)]
  return one && other && sum(one, operator === '+' ? other : scaled(other, rate(-1n, 1n)))
}

function isAmount({ type }: Expression): boolean {
  return type.kind === 'money' || type.kind === 'exact'
}

function amountOf(outcome: Outcome): Exact | undefined {
  if (!isValue(outcome)) return undefined
  if (typeof outcome === 'bigint') return rate(outcome, 1n)
  return typeof outcome === 'object' && 'numerator' in outcome ? outcome : undefined
}

const factorOf = amountOf

function plus(left: Exact, right: Exact): Exact {
  return rate(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  )
}

function minus(left: Exact, right: Exact): Exact {
  return plus(left, { ...right, numerator: -right.numerator })
}

/** The value of a band at an amount. */
export function valueAt({ share, plus: more }: Band, fen: bigint): Exact {
  return plus(multiply(rate(fen, 1n), share), more)
}

/** The band in which an amount lies. */
export function bandAt(bands: readonly Band[], fen: bigint): Band {
  return bands.findLast(({ fromFen }) => fromFen <= fen) ?? bands[0]!
}

export function scaled(bands: readonly Band[], by: Rate): Band[] {
  return bands.map(({ fromFen, share, plus: more }) => ({
    fromFen,
    share: multiply(share, by),
    plus: multiply(more, by),
  }))
}

function starts(...lists: readonly (readonly Band[])[]): bigint[] {
  const all = new Set(lists.flatMap((list) => list.map(({ fromFen }) => fromFen)))
  return [...all].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0))
}

function sum(one: readonly Band[], other: readonly Band[]): Band[] {
  return joined(
    starts(one, other).map((fromFen) => {
      const [left, right] = [bandAt(one, fromFen), bandAt(other, fromFen)]
      return { fromFen, share: plus(left.share, right.share), plus: plus(left.plus, right.plus) }
    }),
  )
}

export function extreme(one: readonly Band[], other: readonly Band[], least: boolean): Band[] {
  return picked(one, other, {
    of: minusBands(one, other),
    first: (difference) => (least ? difference.numerator <= 0n : difference.numerator >= 0n),
  })
}

function minusBands(one: readonly Band[], other: readonly Band[]): Band[] {
  return starts(one, other).map((fromFen) => {
    const [left, right] = [bandAt(one, fromFen), bandAt(other, fromFen)]
    return { fromFen, share: minus(left.share, right.share), plus: minus(left.plus, right.plus) }
  })
}

interface Choice {
  /** what is looked at */
  readonly of: readonly Band[]
  /** when the first of the two is taken */
  readonly first: (value: Exact) => boolean
}

/** One of two functions, by the sign of a third: within each band the choice changes at most once. */
function picked(yes: readonly Band[], no: readonly Band[], { of, first }: Choice): Band[] {
  const found: Band[] = []
  const bounds = starts(yes, no, of)
  for (const [index, fromFen] of bounds.entries()) {
    const looked = bandAt(of, fromFen)
    const put = (at: bigint): void => {
      const source = bandAt(first(valueAt(looked, at)) ? yes : no, fromFen)
      found.push({ ...source, fromFen: at })
    }
    put(fromFen)
    const turn = turnOf(looked, fromFen, first)
    const next = bounds[index + 1]
    if (turn !== undefined && (next === undefined || turn < next)) put(turn)
  }
  return joined(found)
}

/** The first whole fen after `from` at which the choice is another. */
function turnOf(band: Band, from: bigint, first: Choice['first']): bigint | undefined {
  const { share, plus: more } = band
  if (share.numerator === 0n) return undefined
  const [above, below] = [-more.numerator * share.denominator, more.denominator * share.numerator]
  const floor = above / below - (above < 0n !== below < 0n && above % below !== 0n ? 1n : 0n)
  const before = first(valueAt(band, from))
  return [floor, floor + 1n].find((at) => at > from && first(valueAt(band, at)) !== before)
}

const TESTS: Readonly<Record<string, Choice['first']>> = {
  '<': ({ numerator }) => numerator < 0n,
  '<=': ({ numerator }) => numerator <= 0n,
  '>': ({ numerator }) => numerator > 0n,
  '>=': ({ numerator }) => numerator >= 0n,
}

function chosen(
  { test, yes, no }: Expression & { kind: 'choose' },
  reading: BandReading,
): Band[] | undefined {
  if (test.kind !== 'binary' || !TESTS[test.operator]) return undefined
  const [left, right] = [bandsOf(test.left, reading), bandsOf(test.right, reading)]
  const [one, other] = [bandsOf(yes, reading), bandsOf(no, reading)]
  if (!left || !right || !one || !other) return undefined
  return picked(one, other, { of: minusBands(left, right), first: TESTS[test.operator]! })
}

/** Neighbours that say the same are one band. */
function joined(bands: readonly Band[]): Band[] {
  const same = (left: Exact, right: Exact): boolean => minus(left, right).numerator === 0n
  return bands.filter((band, index) => {
    const before = bands[index - 1]
    return !before || !same(before.share, band.share) || !same(before.plus, band.plus)
  })
}
