// Hardware partitions (MIG): a device is eight memory slices, and a profile may start only at certain slices. Free
// slices are therefore not enough: a profile fits when one of its legal positions is wholly free. Positions are those
// of NVIDIA's MIG user guide, "MIG device placements" (A100 and H100 families share them).
import { assert } from '../assert.ts'

export interface MigProfile {
  readonly name: string
  /** memory slices it covers, of eight */
  readonly slices: number
  /** first slices at which it may begin */
  readonly starts: readonly number[]
}

export interface MigLayout {
  readonly name: string
  readonly profiles: readonly MigProfile[]
  /** per profile, its legal positions as bit masks in order of their start */
  readonly positions: readonly (readonly number[])[]
  /** per profile, 1 for each of the 256 occupancy masks in which some position is free */
  readonly fits: readonly Uint8Array[]
}

export const MEMORY_SLICES = 8
export const WHOLE_DEVICE_MASK = 0xff

/** Thousandths of a device that are free under an occupancy mask: 125 for each free memory slice. */
export function freeMilliOfMask(mask: number): number {
  let free = 0
  for (let slice = 0; slice < MEMORY_SLICES; slice++) if ((mask & (1 << slice)) === 0) free += 125
  return free
}

function layout(name: string, profiles: readonly MigProfile[]): MigLayout {
  const positions = profiles.map((profile) =>
    profile.starts.map((start) => ((1 << profile.slices) - 1) << start),
  )
  for (const mask of positions.flat())
    assert(mask <= WHOLE_DEVICE_MASK, 'a MIG position lies within eight slices')
  const fits = positions.map((masks) =>
    Uint8Array.from({ length: 256 }, (_, taken) => (masks.some((mask) => (mask & taken) === 0) ? 1 : 0)),
  )
  return { name, profiles, positions, fits }
}

const family = (memoryOfOneSlice: number): readonly MigProfile[] => {
  const named = (compute: number, slices: number, starts: readonly number[]): MigProfile => ({
    name: `${compute}g.${slices * memoryOfOneSlice}gb`,
    slices,
    starts,
  })
  return [
    named(1, 1, [0, 1, 2, 3, 4, 5, 6]),
    named(1, 2, [0, 2, 4, 6]),
    named(2, 2, [0, 2, 4]),
    named(3, 4, [0, 4]),
    named(4, 4, [0]),
    named(7, 8, [0]),
  ]
}

/** The layouts known, by name. */
export const migLayouts: ReadonlyMap<string, MigLayout> = new Map(
  [
    layout('A100-40GB', family(5)),
    layout('A100-80GB', family(10)),
    layout('H100-80GB', family(10)),
    layout('H100-96GB', family(12)),
  ].map((entry) => [entry.name, entry]),
)
