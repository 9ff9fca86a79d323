// Weighted local polynomials on one side of a cut-off with nearest-neighbour variances: the common part of the
// discontinuity and kink estimators (Calonico, Cattaneo and Titiunik 2014; Calonico, Cattaneo and Farrell 2020).
import { fromColumns, leastSquares, type Matrix } from '../mathematics/linear-algebra.ts'

export type Kernel = 'triangular' | 'uniform' | 'epanechnikov'

/** Kernel weight at a distance in bandwidths. */
export function kernelWeight(kernel: Kernel, distance: number): number {
  const off = Math.abs(distance)
  if (off > 1) return 0
  if (kernel === 'uniform') return 0.5
  return kernel === 'triangular' ? 1 - off : 0.75 * (1 - off * off)
}

/** One side of the cut-off, sorted by the running variable; `x` is the signed distance to the cut-off. */
export interface Side {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** The rows of a side strictly within a bandwidth. */
export function within(side: Side, bandwidth: number, kernel: Kernel): Side {
  let [from, to] = [0, side.x.length]
  while (from < to && kernelWeight(kernel, side.x[from]! / bandwidth) <= 0) from++
  while (to > from && kernelWeight(kernel, side.x[to - 1]! / bandwidth) <= 0) to--
  return { x: side.x.subarray(from, to), y: side.y.subarray(from, to) }
}

/** A fitted polynomial in x / bandwidth: coefficients and the linear map from outcomes to them. */
export interface LocalFit {
  readonly coefficients: Float64Array
  /** order + 1 rows, one column per row of the side: coefficients = influence · y */
  readonly influence: Matrix
}

/** @returns null when the side has too few distinct points for the order */
export function fitLocal(side: Side, bandwidth: number, order: number, kernel: Kernel): LocalFit | null {
  const count = side.x.length
  const roots = Float64Array.from(side.x, (x) => Math.sqrt(kernelWeight(kernel, x / bandwidth)))
  const columns: Float64Array[] = [roots]
  for (let power = 1; power <= order; power++) {
    const lower = columns[power - 1]!
    columns.push(Float64Array.from(lower, (value, row) => (value * side.x[row]!) / bandwidth))
  }
  const design = fromColumns(columns)
  const solved = leastSquares(
    design,
    Float64Array.from(side.y, (y, row) => y * roots[row]!),
  )
  if (solved === null) return null
  const size = order + 1
  const influence = { rows: size, columns: count, data: new Float64Array(size * count) }
  const gram = solved.inverseGram.data
  for (let power = 0; power < size; power++)
    for (let row = 0; row < count; row++) {
      let sum = 0
      for (let other = 0; other < size; other++)
        sum += gram[power * size + other]! * design.data[row * size + other]!
      influence.data[power * count + row] = sum * roots[row]!
    }
  return { coefficients: solved.coefficients, influence }
}

/** Σ influence² · residual² for one coefficient. */
export function influenceVariance(influence: ArrayLike<number>, residuals: ArrayLike<number>): number {
  let sum = 0
  for (let row = 0; row < residuals.length; row++) {
    const term = influence[row]! * residuals[row]!
    sum += term * term
  }
  return sum
}

/** One row of an influence map. */
export function influenceOf(fit: LocalFit, power: number): Float64Array {
  return fit.influence.data.subarray(power * fit.influence.columns, (power + 1) * fit.influence.columns)
}

/**
 * Residuals √(J/(J+1)) · (y − mean of the J nearest neighbours' y), J at least 3 or all others; neighbours at the
 * same distance come in together, rows with the same x always.
 */
export function neighbourResiduals({ x, y }: Side, neighbours = 3): Float64Array {
  const count = x.length
  const sums = new Float64Array(count + 1)
  for (let row = 0; row < count; row++) sums[row + 1] = sums[row]! + y[row]!
  const needed = Math.min(neighbours, count - 1)
  const residuals = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    let from = row
    let to = row
    while (from > 0 && x[from - 1] === x[row]) from--
    while (to + 1 < count && x[to + 1] === x[row]) to++
    while (to - from < needed) {
      const left = from > 0 ? x[row]! - x[from - 1]! : Infinity
      const right = to + 1 < count ? x[to + 1]! - x[row]! : Infinity
      if (left <= right) for (const value = x[--from]; from > 0 && x[from - 1] === value;) from--
      if (right <= left) for (const value = x[++to]; to + 1 < count && x[to + 1] === value;) to++
    }
    const others = to - from
    if (others === 0) continue
    const around = sums[to + 1]! - sums[from]! - y[row]!
    residuals[row] = Math.sqrt(others / (others + 1)) * (y[row]! - around / others)
  }
  return residuals
}

/**
 * Residuals of the fitted polynomial over one minus the leverage of their row (HC3): what the fit would have missed the
 * row by, had it not seen it. Of rows that decide the fit alone nothing can be said: their plain residual stands.
 */
export function leftOutResiduals(
  { x, y }: Side,
  { bandwidth, fit }: { readonly bandwidth: number; readonly fit: LocalFit },
): Float64Array {
  const { influence, coefficients } = fit
  return y.map((value, row) => {
    let [power, fitted, leverage] = [1, 0, 0]
    for (let order = 0; order < influence.rows; order++) {
      fitted += coefficients[order]! * power
      leverage += influence.data[order * influence.columns + row]! * power
      power *= x[row]! / bandwidth
    }
    const free = 1 - leverage
    return free > 1e-9 ? (value - fitted) / free : value - fitted
  })
}
