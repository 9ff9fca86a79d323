// Order statistics: medians, quantiles and the robust z-score (x − median) / (1.4826 · MAD).

/** A sorted copy; numbers only. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort()
}

/** Quantile by linear interpolation between order statistics; the values must be sorted and not empty. */
export function quantile(values: ArrayLike<number>, probability: number): number {
  const place = (values.length - 1) * probability
  const below = Math.floor(place)
  const above = Math.min(below + 1, values.length - 1)
  return values[below]! + (place - below) * (values[above]! - values[below]!)
}

export function median(values: ArrayLike<number>): number {
  return quantile(sorted(values), 0.5)
}

/** The robust spread 1.4826 · median |x − median|, which equals the standard deviation of a normal sample. */
export function robustSpread(values: readonly number[], centre = median(values)): number {
  return 1.4826 * median(values.map((value) => Math.abs(value - centre)))
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]!
  return values.length === 0 ? 0 : sum / values.length
}

/** Standard deviation with n − 1. */
export function deviation(values: ArrayLike<number>): number {
  if (values.length < 2) return 0
  const centre = mean(values)
  let sum = 0
  for (let index = 0; index < values.length; index++)
    sum += (values[index]! - centre) * (values[index]! - centre)
  return Math.sqrt(sum / (values.length - 1))
}

/** Standard deviation over mean; undefined where the mean is zero. */
export function variation(values: ArrayLike<number>): number | undefined {
  const centre = mean(values)
  return centre === 0 ? undefined : deviation(values) / Math.abs(centre)
}

/** Pearson's correlation of two stretches of equal length; 0 where one is constant. */
export function correlation(left: Float64Array, right: Float64Array): number {
  return correlationAt(left, right, { leftAt: 0, rightAt: 0 }, left.length)
}

/** The same of parts of two series, which begin at two places and are equally long. */
export function correlationAt(
  left: Float64Array,
  right: Float64Array,
  { leftAt, rightAt }: { readonly leftAt: number; readonly rightAt: number },
  length: number,
): number {
  let [a, b] = [0, 0]
  for (let at = 0; at < length; at++) {
    a += left[leftAt + at]!
    b += right[rightAt + at]!
  }
  a = length === 0 ? 0 : a / length
  b = length === 0 ? 0 : b / length
  let [both, first, second] = [0, 0, 0]
  for (let at = 0; at < length; at++) {
    const x = left[leftAt + at]! - a
    const y = right[rightAt + at]! - b
    both += x * y
    first += x * x
    second += y * y
  }
  return first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second)
}
