// One treated city, some donor cities: the weighted mix of donors that moved as the city did before, and how far they
// part afterwards (Abadie, Diamond and Hainmueller 2010). The p-value ranks the city's ratio of after- to
// before-error among the same ratio of every donor taken as if treated.
import { accept, refuse, type Decision } from '../../refusal.ts'
import { ascending } from '../mathematics/statistics.ts'
import { tooFew, type EstimatorCode } from './codes.ts'

export interface SyntheticControlData {
  /** outcome of the treated city in each period */
  readonly treated: Float64Array
  /** outcome of each donor in the same periods */
  readonly donors: readonly Float64Array[]
  /** number of periods before treatment */
  readonly before: number
}

export interface SyntheticControl {
  /** mean gap after treatment, in the unit of the outcome */
  readonly estimate: number
  /** gap in every period, before and after */
  readonly gaps: readonly number[]
  /** one per donor, not negative, sum 1 */
  readonly weights: readonly number[]
  /** root mean squared gap before */
  readonly errorBefore: number
  /** after over before; null when the fit before is perfect */
  readonly errorRatio: number | null
  /** rank of the ratio among all cities, at least 1 / (donors + 1) */
  readonly pValue: number
}

const MOST_ROUNDS = 20_000

export function syntheticControl(data: SyntheticControlData): Decision<SyntheticControl, EstimatorCode> {
  const { treated, donors, before } = data
  if (donors.length < 2) return tooFew('donors', donors.length, 2)
  if (!Number.isSafeInteger(before) || before < 2) return tooFew('before', before, 2)
  if (before >= treated.length) return tooFew('after', treated.length - before, 1)
  if (donors.some((donor) => donor.length !== treated.length))
    return refuse('evaluation.bad_option', { option: 'donors', value: 'length' })
  const own = match(treated, donors, before)
  const ratios = donors.map((donor, index) => {
    const others = donors.filter((_, other) => other !== index)
    return others.length < 2 ? 0 : ratioOf(match(donor, others, before).gaps, before)
  })
  const ratio = ratioOf(own.gaps, before)
  const after = own.gaps.slice(before)
  return accept({
    estimate: after.reduce((sum, gap) => sum + gap, 0) / after.length,
    gaps: own.gaps,
    weights: own.weights,
    errorBefore: rootMeanSquare(own.gaps.slice(0, before)),
    errorRatio: Number.isFinite(ratio) ? ratio : null,
    pValue: (1 + ratios.filter((other) => other >= ratio).length) / (donors.length + 1),
  })
}

function match(
  city: Float64Array,
  donors: readonly Float64Array[],
  before: number,
): { gaps: number[]; weights: number[] } {
  const weights = simplexLeastSquares(
    donors.map((donor) => donor.subarray(0, before)),
    city.subarray(0, before),
  )
  const gaps = Array.from(city, (value, period) =>
    donors.reduce((rest, donor, index) => rest - weights[index]! * donor[period]!, value),
  )
  return { gaps, weights: Array.from(weights) }
}

function ratioOf(gaps: readonly number[], before: number): number {
  const base = rootMeanSquare(gaps.slice(0, before))
  const later = rootMeanSquare(gaps.slice(before))
  return base === 0 ? (later === 0 ? 0 : Infinity) : later / base
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
}

/**
 * Least squares with weights on the simplex, by accelerated projected gradients (Beck and Teboulle 2009) with restarts.
 * Weights that sum to 1 mix the donors' distances from the target, which takes the common level out of the problem.
 */
function simplexLeastSquares(columns: readonly Float64Array[], target: Float64Array): Float64Array {
  const distances = columns.map((column) => column.map((value, period) => value - target[period]!))
  const gram = distances.map((left) => distances.map((right) => dot(left, right)))
  const largest = Math.max(...gram.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)))
  const step = 1 / Math.max(Number.MIN_VALUE, largest)
  let weights = new Float64Array(columns.length).fill(1 / columns.length)
  let ahead = weights
  let momentum = 1
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = toSimplex(ahead.map((weight, row) => weight - step * dot(gram[row]!, ahead)))
    const change = next.map((value, row) => value - weights[row]!)
    const uphill = change.reduce((sum, value, row) => sum + (ahead[row]! - next[row]!) * value, 0) > 0
    const following = uphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2
    const carry = uphill ? 0 : (momentum - 1) / following
    momentum = following
    ahead = next.map((value, row) => value + carry * change[row]!)
    weights = next
    if (round > 10 && change.every((value) => Math.abs(value) < 1e-13)) break
  }
  return weights
}

/** The nearest point with parts not negative and sum 1 (Duchi et al. 2008). */
function toSimplex(point: Float64Array): Float64Array<ArrayBuffer> {
  const sorted = ascending(point).toReversed()
  let sum = 0
  let threshold = 0
  for (let index = 0; index < sorted.length; index++) {
    sum += sorted[index]!
    const candidate = (sum - 1) / (index + 1)
    if (sorted[index]! > candidate) threshold = candidate
  }
  return Float64Array.from(point, (value) => Math.max(value - threshold, 0))
}

function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!
  return sum
}
