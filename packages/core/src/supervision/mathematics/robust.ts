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
export function correlation(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const [a, b] = [mean(left), mean(right)]
  let [both, first, second] = [0, 0, 0]
  for (let index = 0; index < left.length; index++) {
    const [x, y] = [left[index]! - a, right[index]! - b]
    both += x * y
    first += x * x
    second += y * y
  }
  return first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second)
}
