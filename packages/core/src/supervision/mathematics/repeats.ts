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
const STRIDE = 10

export function repeatedStretches(series: readonly Float64Array[], limits: RepeatLimits): Repeat[] {
  const buckets = new Map<number, { readonly series: number; readonly at: number }[]>()
  const found: Repeat[] = []
  const tried = new Set<string>()
  for (const [second, values] of series.entries()) {
    for (const { at, code } of windows(values, limits)) {
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
      // Every tenth window is kept: a stretch that stands again is met by one of them at whatever offset it stands.
      if (at % STRIDE !== 0 || bucket.length >= MOST_IN_BUCKET) continue
      bucket.push({ series: second, at })
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

/** The windows with enough different whole values, each with a coarse hash of its block means. */
function* windows(
  values: Float64Array,
  { window, leastLevels }: RepeatLimits,
): Generator<{ at: number; code: number }> {
  const sums = new Float64Array(values.length + 1)
  for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at]! + values[at]!
  const levels = Int32Array.from(values, (value) => Math.round(value) & 1023)
  const counts = new Int32Array(1024)
  let different = 0
  const size = window / BLOCKS
  for (let end = 0; end < values.length; end++) {
    if ((counts[levels[end]!]! += 1) === 1) different += 1
    const at = end - window + 1
    if (at > 0 && (counts[levels[at - 1]!]! -= 1) === 0) different -= 1
    if (at < 0 || different < leastLevels) continue
    let code = 2166136261
    for (let block = 0; block < BLOCKS; block++) {
      const from = at + block * size
      code = Math.imul(code ^ Math.round((sums[from + size]! - sums[from]!) / size / GRAIN), 16777619)
    }
    yield { at, code: code >>> 0 }
  }
}
