// Stretches of one series that stand again in another, or elsewhere in the same one, up to a little noise. Every window
// is summed up in twelve block means and hashed coarsely; windows of equal hash are aligned and their overlap compared
// by correlation. Windows with few levels are left out: an idle hour is like every other idle hour.
import { correlation } from './robust.ts'

export interface Repeat {
  readonly first: number
  readonly firstAt: number
  readonly second: number
  readonly secondAt: number
  readonly length: number
  readonly correlation: number
}

export interface RepeatLimits {
  readonly window: number
  /** different whole values that a window must have */
  readonly leastLevels: number
  readonly leastCorrelation: number
}

const BLOCKS = 12
const GRAIN = 8
const MOST_IN_BUCKET = 64

export function repeatedStretches(series: readonly Float64Array[], limits: RepeatLimits): Repeat[] {
  const buckets = new Map<number, { readonly series: number; readonly at: number }[]>()
  const found: Repeat[] = []
  const tried = new Set<string>()
  for (const [second, values] of series.entries()) {
    for (let at = 0; at + limits.window <= values.length; at++) {
      const code = windowCode(values, at, limits)
      if (code === undefined) continue
      const bucket = buckets.get(code) ?? []
      for (const earlier of bucket) {
        const lag = at - earlier.at
        // Neighbouring windows of one series are alike by nature.
        if (earlier.series === second && lag < limits.window) continue
        const alignment = `${earlier.series} ${second} ${lag}`
        if (tried.has(alignment)) continue
        tried.add(alignment)
        const repeat = compare(series, { first: earlier.series, second, lag, at: earlier.at }, limits)
        if (repeat) found.push(repeat)
      }
      if (bucket.length < MOST_IN_BUCKET) bucket.push({ series: second, at })
      buckets.set(code, bucket)
    }
  }
  return found
}

interface Alignment {
  readonly first: number
  readonly second: number
  readonly lag: number
  readonly at: number
}

/** The window itself, and then the whole overlap: a replay goes on. */
function compare(
  series: readonly Float64Array[],
  place: Alignment,
  limits: RepeatLimits,
): Repeat | undefined {
  const [left, right] = [series[place.first]!, series[place.second]!]
  const window = correlation(
    left.subarray(place.at, place.at + limits.window),
    right.subarray(place.at + place.lag, place.at + place.lag + limits.window),
  )
  if (window <= limits.leastCorrelation) return undefined
  const { first, second, at, lag } = place
  return { first, firstAt: at, second, secondAt: at + lag, length: limits.window, correlation: window }
}

/** A coarse hash of the window's block means; undefined for a window with too few levels. */
function windowCode(values: Float64Array, at: number, limits: RepeatLimits): number | undefined {
  const size = limits.window / BLOCKS
  let code = 2166136261
  for (let block = 0; block < BLOCKS; block++) {
    let sum = 0
    for (let offset = 0; offset < size; offset++) sum += values[at + block * size + offset]!
    code = Math.imul(code ^ Math.round(sum / size / GRAIN), 16777619)
  }
  return levels(values, at, limits) ? code >>> 0 : undefined
}

const seen = new Int32Array(1024)
let stamp = 0

/** Whether the window holds enough different whole values; stops at the first that suffices. */
function levels(values: Float64Array, at: number, { window, leastLevels }: RepeatLimits): boolean {
  stamp += 1
  let count = 0
  for (let offset = 0; offset < window; offset++) {
    const level = Math.round(values[at + offset]!) & 1023
    if (seen[level] === stamp) continue
    seen[level] = stamp
    count += 1
    if (count >= leastLevels) return true
  }
  return false
}
