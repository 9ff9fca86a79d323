// Stretches of one series that stand again in another, or elsewhere in the same one, up to a little noise. Every window
// is summed up in twelve block means and hashed coarsely; windows of equal hash are aligned and their overlap compared
// by correlation. Windows with few levels are left out: an idle hour is like every other idle hour. Correlation r of n
// values means a squared distance of 2n(1 − r) between them once both are standardised, so that the comparison of windows
// which are not alike ends after a value or two.
import { correlationAt } from './robust.ts'

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
  const buckets = newBuckets(series.reduce((sum, values) => sum + Math.ceil(values.length / STRIDE), 0))
  const found: Repeat[] = []
  const known = new Set<number>()
  for (const [second, values] of series.entries()) {
    known.clear()
    eachWindow(values, limits, (window, code) => {
      const bucket = buckets.of(code)
      const { at } = window
      for (let entry = buckets.first(bucket); entry !== -1; entry = buckets.next[entry]!) {
        const [first, firstAt] = [buckets.series[entry]!, buckets.at[entry]!]
        // Neighbouring windows of one series are alike by nature.
        if (first === second && at - firstAt < limits.window) continue
        const other = { at: firstAt, mean: buckets.mean[entry]!, spread: buckets.spread[entry]! }
        if (apart({ values: series[first]!, ...other }, { values, ...window }, limits)) continue
        const alignment = first * ALIGNMENTS + at - firstAt
        if (known.has(alignment)) continue
        const places = { leftAt: firstAt, rightAt: at }
        const correlation = correlationAt(series[first]!, values, places, limits.window)
        if (correlation <= limits.leastCorrelation) continue
        known.add(alignment)
        found.push({ first, firstAt, second, secondAt: at, length: limits.window, correlation })
      }
      // Every tenth window is kept: a stretch that stands again is met by one of them at whatever offset it stands.
      if (at % STRIDE === 0) buckets.put(bucket, second, window)
    })
  }
  return found
}

/** More than twice as many as a series has values. */
const ALIGNMENTS = 0x8000000

/** A stretch of a series with its mean and its standard deviation. */
interface Window {
  readonly at: number
  readonly mean: number
  readonly spread: number
}

/** Whether two windows are further apart than the least correlation allows; a little slack for the rounding of sums. */
function apart(
  left: Window & { readonly values: Float64Array },
  right: Window & { readonly values: Float64Array },
  { window, leastCorrelation }: RepeatLimits,
): boolean {
  let rest = 2.000001 * window * (1 - leastCorrelation) + 1e-6
  for (let at = 0; at < window && rest >= 0; at++) {
    const x = (left.values[left.at + at]! - left.mean) / left.spread
    const y = (right.values[right.at + at]! - right.mean) / right.spread
    rest -= (x - y) * (x - y)
  }
  return rest < 0
}

/** Visits the windows with enough different whole values, each with a coarse hash of its block means. */
function eachWindow(
  values: Float64Array,
  { window, leastLevels }: RepeatLimits,
  visit: (window: Window, code: number) => void,
): void {
  const [sums, squares] = [new Float64Array(values.length + 1), new Float64Array(values.length + 1)]
  for (let at = 0; at < values.length; at++) {
    sums[at + 1] = sums[at]! + values[at]!
    squares[at + 1] = squares[at]! + values[at]! * values[at]!
  }
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
    const mean = (sums[end + 1]! - sums[at]!) / window
    const variance = (squares[end + 1]! - squares[at]!) / window - mean * mean
    visit({ at, mean, spread: Math.sqrt(Math.max(variance, 0)) }, code)
  }
}

interface Buckets {
  /** the slot of a hash, taken or free */
  readonly of: (code: number) => number
  /** the first entry of a slot, -1 where it is free */
  readonly first: (slot: number) => number
  readonly put: (slot: number, series: number, window: Window) => void
  readonly series: Int32Array
  readonly at: Int32Array
  readonly mean: Float64Array
  readonly spread: Float64Array
  readonly next: Int32Array
}

/** Windows by their hash, in chains of at most so many that keep the order in which they came. */
function newBuckets(most: number): Buckets {
  let size = 16
  while (size < 2 * most) size *= 2
  const [codes, heads, tails] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)]
  const lengths = new Uint8Array(size)
  const [series, at, next] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)]
  const [mean, spread] = [new Float64Array(most), new Float64Array(most)]
  let count = 0
  const first: Buckets['first'] = (slot) => (lengths[slot] === 0 ? -1 : heads[slot]!)
  return { of, first, put, series, at, mean, spread, next }

  function of(code: number): number {
    let slot = Math.imul(code ^ (code >>> 15), 0x85ebca6b) & (size - 1)
    while (lengths[slot] !== 0 && codes[slot] !== code) slot = (slot + 1) & (size - 1)
    codes[slot] = lengths[slot] === 0 ? code : codes[slot]!
    return slot
  }

  function put(slot: number, owner: number, window: Window): void {
    if (lengths[slot]! >= MOST_IN_BUCKET) return
    series[count] = owner
    at[count] = window.at
    mean[count] = window.mean
    spread[count] = window.spread
    next[count] = -1
    if (lengths[slot] === 0) heads[slot] = count
    else next[tails[slot]!] = count
    tails[slot] = count
    lengths[slot]! += 1
    count += 1
  }
}
