// Means, spreads and quantiles of plain lists.

export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]!
  return sum / values.length
}

/** The sample variance (divisor n − 1), in two passes. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values)
  let sum = 0
  for (let index = 0; index < values.length; index++) {
    const off = values[index]! - centre
    sum += off * off
  }
  return sum / (values.length - 1)
}

export function ascending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort()
}

/** The quantile of a sorted list, linear between neighbours (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const place = p * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}

/** The quantile of a sorted list as the averaged inverse of the empirical distribution (type 2). */
export function steppedQuantile(sorted: ArrayLike<number>, p: number): number {
  const place = p * sorted.length
  const whole = Math.floor(place)
  if (place === whole && whole > 0 && whole < sorted.length) return (sorted[whole - 1]! + sorted[whole]!) / 2
  return sorted[Math.min(Math.max(Math.ceil(place) - 1, 0), sorted.length - 1)]!
}

/** Median and the 5 and 95 per cent points of draws. */
export function summarise(draws: ArrayLike<number>): { median: number; p5: number; p95: number } {
  const sorted = ascending(draws)
  return { median: quantile(sorted, 0.5), p5: quantile(sorted, 0.05), p95: quantile(sorted, 0.95) }
}
