// Stretches of one series that stand again in another, or elsewhere in the same one, up to a little noise. Every window
// is summed up in twelve block means and hashed coarsely; windows of equal hash are aligned and their overlap compared
// by correlation. Windows with few levels are left out: an idle hour is like every other idle hour.
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
  const tried = new Set<number>()
  for (const [second, values] of series.entries()) {
    tried.clear()
    eachWindow(values, limits, (at, code) => {
      const bucket = buckets.of(code)
      for (let entry = buckets.first(bucket); entry !== -1; entry = buckets.next[entry]!) {
        const [first, firstAt] = [buckets.series[entry]!, buckets.at[entry]!]
        const lag = at - firstAt
        // Neighbouring windows of one series are alike by nature.
        if (first === second && lag < limits.window) continue
        const alignment = first * ALIGNMENTS + lag
        if (tried.has(alignment)) continue
        tried.add(alignment)
        const repeat = compare(series, { first, second, lag, at: firstAt }, limits)
        if (repeat) found.push(repeat)
      }
      // Every tenth window is kept: a stretch that stands again is met by one of them at whatever offset it stands.
      if (at % STRIDE === 0) buckets.put(bucket, second, at)
    })
  }
  return found
}

/** More than twice as many as a series has values. */
const ALIGNMENTS = 0x8000000

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
  const window = correlationAt(
    left,
    right,
    { leftAt: place.at, rightAt: place.at + place.lag },
    limits.window,
  )
  if (window <= limits.leastCorrelation) return undefined
  const { first, second, at, lag } = place
  return { first, firstAt: at, second, secondAt: at + lag, length: limits.window, correlation: window }
}

/** Visits the windows with enough different whole values, each with a coarse hash of its block means. */
function eachWindow(
  values: Float64Array,
  { window, leastLevels }: RepeatLimits,
  visit: (at: number, code: number) => void,
): void {
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
    visit(at, code)
  }
}

interface Buckets {
  /** the slot of a hash, taken or free */
  readonly of: (code: number) => number
  /** the first entry of a slot, -1 where it is free */
  readonly first: (slot: number) => number
  readonly put: (slot: number, series: number, at: number) => void
  readonly series: Int32Array
  readonly at: Int32Array
  readonly next: Int32Array
}

/** Windows by their hash, in chains of at most so many that keep the order in which they came. */
function newBuckets(most: number): Buckets {
  let size = 16
  while (size < 2 * most) size *= 2
  const [codes, heads, tails] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)]
  const lengths = new Uint8Array(size)
  const [series, at, next] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)]
  let count = 0
  return { of, first: (slot) => (lengths[slot] === 0 ? -1 : heads[slot]!), put, series, at, next }

  function of(code: number): number {
    let slot = Math.imul(code ^ (code >>> 15), 0x85ebca6b) & (size - 1)
    while (lengths[slot] !== 0 && codes[slot] !== code) slot = (slot + 1) & (size - 1)
    codes[slot] = lengths[slot] === 0 ? code : codes[slot]!
    return slot
  }

  function put(slot: number, of: number, where: number): void {
    if (lengths[slot]! >= MOST_IN_BUCKET) return
    series[count] = of
    at[count] = where
    next[count] = -1
    if (lengths[slot] === 0) heads[slot] = count
    else next[tails[slot]!] = count
    tails[slot] = count
    lengths[slot]! += 1
    count += 1
  }
}
