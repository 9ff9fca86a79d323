// What each way of determining a population gives, row by row, and what a rule brings to be measured.
import type { Population } from '@suanquan/core/policy'

export interface Result {
  /** a bit for each condition that fails */
  readonly failed: Uint32Array
  readonly ceilingFen: Float64Array
  /** the place of the cap that cut the amount last, from 1 */
  readonly binding: Uint8Array
  /** supported, not governed, not eligible, exhausted */
  readonly outcome: Uint8Array
}

export interface Rule {
  /** of the YAML file beside this one */
  readonly name: string
  readonly population: Population
  /** over typed arrays, written by hand as well as one knows: chunks, a bit a condition, a selection without a branch */
  readonly byHand: () => Result
  /** one row with BigInt amounts and no cleverness: what the others are held against */
  readonly interpreted: (row: number) => readonly [failed: number, fen: bigint, binding: number]
}

export const CHUNK = 4096

export function emptyResult(rows: number): Result {
  return {
    failed: new Uint32Array(rows),
    ceilingFen: new Float64Array(rows),
    binding: new Uint8Array(rows),
    outcome: new Uint8Array(rows),
  }
}

/** Conditions as bits, then the caps in turn: headroom in whole units, the last that cuts binds. */
export function interpretedCaps(
  holds: readonly boolean[],
  amount: () => bigint,
  caps: { readonly rooms: readonly bigint[]; readonly unitFen: bigint },
): readonly [failed: number, fen: bigint, binding: number] {
  const failed = holds.reduce((mask, holding, bit) => (holding ? mask : mask | (1 << bit)), 0)
  if (failed !== 0) return [failed, 0n, 0]
  let [granted, bind] = [amount(), 0]
  for (const [index, room] of caps.rooms.entries()) {
    const whole = room > 0n ? (room / caps.unitFen) * caps.unitFen : 0n
    if (granted > whole) [granted, bind] = [whole, index + 1]
  }
  return [0, granted, bind]
}
