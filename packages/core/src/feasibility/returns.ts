// What a stream of yearly flows is worth: net present value, internal rates of return (none, one or several, never a
// pretended one), payback (possibly never). Flow 0 is today, flow t falls t years later. Floats: these are
// projections in yuan, not money that moves; nothing here is ever posted.
import { assert } from '../assert.ts'

/** Rates are sought above −99.9 % and below 99,900 %: discount factors between 1/1000 and 1000. */
const LOWEST_FACTOR = 1e-3
const HIGHEST_FACTOR = 1e3

export type InternalRates =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly rate: number }
  | { readonly kind: 'many'; readonly rates: readonly number[] }

export type Payback = { readonly kind: 'never' } | { readonly kind: 'after'; readonly years: number }

/** Net present value. @param rate per year, above −1 */
export function netPresentValue(flows: ArrayLike<number>, rate: number): number {
  assert(rate > -1, 'a discount rate is above −100 %')
  return polynomial(flows, 1 / (1 + rate))
}

/** Every rate at which the flows are worth nothing, ascending. */
export function internalRates(flows: readonly number[]): InternalRates {
  const changes = signChanges(flows)
  if (changes === 0) return { kind: 'none' }
  const factors =
    changes === 1 ? onlyRoot(flows) : rootsBetween(trimmed(flows), LOWEST_FACTOR, HIGHEST_FACTOR)
  const rates = factors.map((factor) => 1 / factor - 1).reverse()
  if (rates.length === 0) return { kind: 'none' }
  return rates.length === 1 ? { kind: 'one', rate: rates[0]! } : { kind: 'many', rates }
}

/**
 * Years until the accumulated flows stay at or above zero for the rest of the life, interpolated within the year.
 * @param rate 0 for the simple payback, else the discounted one
 */
export function payback(flows: readonly number[], rate = 0): Payback {
  const totals: number[] = []
  let [total, factor] = [0, 1]
  for (const flow of flows) {
    total += flow * factor
    factor /= 1 + rate
    totals.push(total)
  }
  if (totals.length === 0 || totals.at(-1)! < 0) return { kind: 'never' }
  let year = totals.length - 1
  while (year > 0 && totals[year - 1]! >= 0) year--
  if (year === 0) return { kind: 'after', years: 0 }
  const before = totals[year - 1]!
  return { kind: 'after', years: year - 1 + -before / (totals[year]! - before) }
}

/** The level yearly amount over `years` whose present value is `presentValue`. */
export function levelPayment(presentValue: number, rate: number, years: number): number {
  return presentValue / annuityFactor(rate, years)
}

/** Present value of 1 at the end of each of `years` years. */
export function annuityFactor(rate: number, years: number): number {
  let [sum, factor] = [0, 1]
  for (let year = 0; year < years; year++) {
    factor /= 1 + rate
    sum += factor
  }
  return sum
}

function polynomial(coefficients: ArrayLike<number>, at: number): number {
  let value = 0
  for (let index = coefficients.length - 1; index >= 0; index--) value = value * at + coefficients[index]!
  return value
}

function signChanges(flows: readonly number[]): number {
  let [changes, last] = [0, 0]
  for (const flow of flows) {
    if (flow === 0) continue
    if (last !== 0 && flow < 0 !== last < 0) changes++
    last = flow
  }
  return changes
}

/** By Descartes' rule flows that change sign once have exactly one positive root; it may lie outside the range. */
function onlyRoot(flows: readonly number[]): number[] {
  const outside = polynomial(flows, LOWEST_FACTOR) < 0 === polynomial(flows, HIGHEST_FACTOR) < 0
  return outside ? [] : [bisect(flows, LOWEST_FACTOR, HIGHEST_FACTOR)]
}

/**
 * All real roots in an interval, ascending: between two neighbouring roots of the derivative a polynomial is
 * monotone, so that bisection there finds the only root or proves that there is none. A root that only touches
 * zero lies at such a neighbour and is found as well.
 */
function rootsBetween(coefficients: readonly number[], low: number, high: number): number[] {
  if (coefficients.length < 2) return []
  const derivative = coefficients.slice(1).map((value, index) => value * (index + 1))
  const stops = [low, ...rootsBetween(trimmed(derivative), low, high), high]
  const roots: number[] = []
  for (let index = 1; index < stops.length; index++) {
    const [from, to] = [stops[index - 1]!, stops[index]!]
    const [left, right] = [settled(coefficients, from), settled(coefficients, to)]
    const root =
      left === 0
        ? from
        : right === 0
          ? to
          : left < 0 === right < 0
            ? undefined
            : bisect(coefficients, from, to)
    if (root !== undefined && !roots.some((known) => Math.abs(known - root) <= 1e-12 * root)) roots.push(root)
  }
  return roots
}

/** The value, or 0 where it is nothing but rounding noise of its own terms. */
function settled(coefficients: readonly number[], at: number): number {
  const value = polynomial(coefficients, at)
  const size = polynomial(coefficients.map(Math.abs), at)
  return Math.abs(value) <= 1e-14 * size ? 0 : value
}

function bisect(coefficients: readonly number[], low: number, high: number): number {
  const rising = polynomial(coefficients, low) < 0
  for (let step = 0; step < 200 && high - low > 1e-16 * high; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (polynomial(coefficients, middle) < 0 === rising) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function trimmed(coefficients: readonly number[]): readonly number[] {
  let length = coefficients.length
  while (length > 0 && coefficients[length - 1] === 0) length--
  return coefficients.slice(0, length)
}
