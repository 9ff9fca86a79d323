// Bunching below a limit after Saez and Chetty: counts in bins of equal width on both sides, the bin just below the
// limit left out, a straight line of least squares through the others, and the excess of what is seen over the line.

export interface Bunching {
  readonly seen: number
  /** what the line through the other bins gives for the bin below the limit */
  readonly expected: number
  /** seen over expected, with one added to both so that empty bins give no infinity */
  readonly ratio: number
}

export interface BunchingOptions {
  readonly limit: number
  /** of one bin, in the unit of the values */
  readonly width: number
  /** on each side */
  readonly bins: number
}

export function bunchingAt(values: readonly number[], { limit, width, bins }: BunchingOptions): Bunching {
  const counts = new Float64Array(2 * bins)
  for (const value of values) {
    const bin = Math.floor((value - limit) / width) + bins
    if (bin >= 0 && bin < counts.length) counts[bin]! += 1
  }
  const left = bins - 1
  let [n, x, y, xx, xy] = [0, 0, 0, 0, 0]
  for (let bin = 0; bin < counts.length; bin++) {
    if (bin === left) continue
    n += 1
    x += bin
    y += counts[bin]!
    xx += bin * bin
    xy += bin * counts[bin]!
  }
  const slope = (n * xy - x * y) / (n * xx - x * x)
  const expected = Math.max(0, (y - slope * x) / n + slope * left)
  const seen = counts[left]!
  return { seen, expected, ratio: (seen + 1) / (expected + 1) }
}
