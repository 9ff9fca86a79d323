// Draws from the distributions of the simulation, from a seeded stream only. Logarithm, exponential and square root
// give the same bits on every supported Node version; powers do not and are not used.
import type { Random } from '../random.ts'

/** Gamma with shape at least 1/3, by Marsaglia and Tsang (2000); a shape below 1 borrows one and gives it back. */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) {
    const borrowed = gamma(random, shape + 1)
    return borrowed * Math.exp(Math.log(1 - random.next()) / shape)
  }
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    if (Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Narrower than this a distribution is its mean; its shape would leave the range of numbers. */
const NO_WIDTH = 1e-9

/**
 * Beta by its mean and standard deviation; a deviation of 0 gives the mean. A deviation above half of the widest that
 * the mean allows is cut to it, so that draws do not pile up at the ends.
 */
export function betaOf(random: Random, mean: number, deviation: number): number {
  if (deviation < NO_WIDTH || mean < NO_WIDTH || mean > 1 - NO_WIDTH) return mean
  const width = Math.min(deviation, Math.sqrt(mean * (1 - mean)) / 2)
  const size = (mean * (1 - mean)) / (width * width) - 1
  const left = gamma(random, mean * size)
  const right = gamma(random, (1 - mean) * size)
  return left / (left + right)
}

/** Triangular between `low` and `high` with its peak at `mode`. */
export function triangular(random: Random, low: number, mode: number, high: number): number {
  if (high === low) return mode
  const draw = random.next()
  const peak = (mode - low) / (high - low)
  return draw < peak
    ? low + Math.sqrt(draw * (high - low) * (mode - low))
    : high - Math.sqrt((1 - draw) * (high - low) * (high - mode))
}

/** A factor around 1 whose logarithm is normal with the given deviation. */
export function lognormalFactor(random: Random, deviation: number): number {
  return deviation === 0 ? 1 : Math.exp(deviation * random.normal())
}

/** The quantile of values that are already sorted, linear between neighbours. */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  const position = probability * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!)
}

/** Spearman's rank correlation; 0 when one of the two does not vary. Ties share their mean rank. */
export function rankCorrelation(left: Float64Array, right: Float64Array): number {
  const [a, b] = [ranks(left), ranks(right)]
  const mean = (left.length - 1) / 2
  let [cross, squareA, squareB] = [0, 0, 0]
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index]! - mean, b[index]! - mean]
    cross += x * y
    squareA += x * x
    squareB += y * y
  }
  return squareA === 0 || squareB === 0 ? 0 : cross / Math.sqrt(squareA * squareB)
}

/** Ranks by sorting values and looking each one up: far faster than sorting indices by a comparator. */
function ranks(values: Float64Array): Float64Array {
  const sorted = values.slice().sort()
  return values.map(
    (value) => (firstAtLeast(sorted, value, false) + firstAtLeast(sorted, value, true) - 1) / 2,
  )
}

function firstAtLeast(sorted: Float64Array, value: number, beyond: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const found = sorted[middle]!
    if (found < value || (beyond && found === value)) low = middle + 1
    else high = middle
  }
  return low
}
