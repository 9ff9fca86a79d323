// Two determinations of the same population set against each other: who gains, who loses, and what it costs. Sums are
// whole: doubles are added up only as long as they are exact.
import type { Fen } from '../../money/index.ts'
import type { PopulationDetermined } from './determine-columns.ts'

export interface Side {
  readonly supported: number
  readonly totalFen: Fen
}

export interface PopulationDifference {
  readonly before: Side
  readonly after: Side
  readonly gains: { readonly rows: number; readonly fen: Fen }
  readonly loses: { readonly rows: number; readonly fen: Fen }
  /** rows with the same ceiling on both sides */
  readonly same: number
  /** rows that are unknown on a side: in no other number but the totals of the other side */
  readonly unknown: number
  /** after less before, in fen by row; NaN where a side is unknown */
  readonly changeFen: Float64Array
}

/** @param before of the same population as `after`: an unlike number of rows throws */
export function comparePopulations(
  before: PopulationDetermined,
  after: PopulationDetermined,
): PopulationDifference {
  if (before.rows !== after.rows) throw new RangeError('two determinations of unlike populations')
  const changeFen = new Float64Array(before.rows)
  let [gaining, losing, same] = [0, 0, 0]
  for (let row = 0; row < before.rows; row++) {
    const change = after.ceilingFen[row]! - before.ceilingFen[row]!
    changeFen[row] = change
    if (change > 0) gaining += 1
    else if (change < 0) losing += 1
    else if (change === 0) same += 1
  }
  return {
    before: sideOf(before),
    after: sideOf(after),
    gains: { rows: gaining, fen: sumOf(changeFen, (change) => (change > 0 ? change : 0)) },
    loses: { rows: losing, fen: sumOf(changeFen, (change) => (change < 0 ? -change : 0)) },
    same,
    unknown: before.rows - gaining - losing - same,
    changeFen,
  }
}

function sideOf({ ceilingFen }: PopulationDetermined): Side {
  let supported = 0
  for (const amount of ceilingFen) if (amount > 0) supported += 1
  return { supported, totalFen: sumOf(ceilingFen, (amount) => (amount > 0 ? amount : 0)) }
}

/** Values are below 2^53, so a sum below it stays exact when one more is taken away from the limit first. */
function sumOf(values: Float64Array, part: (value: number) => number): bigint {
  let total = 0n
  let sum = 0
  for (const value of values) {
    const next = part(value)
    if (sum > Number.MAX_SAFE_INTEGER - next) {
      total += BigInt(sum)
      sum = 0
    }
    sum += next
  }
  return total + BigInt(sum)
}
