// The counters of a usage row over its time, as numbers. A counter that the feed does not carry is undefined: whoever
// needs it cannot decide.
import { sorted } from '../mathematics/robust.ts'
import type { Row, RowRef } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

export interface Series {
  readonly row: Row<'samples'>
  readonly values: Float64Array
}

export type Counter = 'sm' | 'tensor' | 'dram' | 'gr' | 'power' | 'memory' | 'io' | 'checkpoints' | 'energy'

export interface Telemetry {
  readonly usage: Row<'usage'>
  readonly of: (counter: Counter) => Series | undefined
  /** hours that the compute counter covers; 0 without it */
  readonly hours: number
}

/** Every usage row that has samples. */
export function telemetryOf(world: WorldIndex): readonly Telemetry[] {
  return world.once('telemetry', () => {
    const found: Telemetry[] = []
    for (const usage of world.rows('usage')) {
      const rows = world.where('samples', 'usage', usage.id)
      if (rows.length === 0) continue
      const series = new Map(rows.map((row) => [row.counter, { row, values: numbers(row.values) }]))
      const main = series.get('sm')
      const hours = main === undefined ? 0 : (main.values.length * main.row.stepSeconds) / 3600
      found.push({ usage, of: (counter) => series.get(counter), hours })
    }
    return found
  })
}

export function sampleRefs(telemetry: Telemetry, ...counters: readonly Counter[]): RowRef[] {
  const rows = counters.flatMap((counter) => telemetry.of(counter)?.row ?? [])
  return [
    { table: 'usage', id: telemetry.usage.id },
    ...rows.map((row) => ({ table: 'samples' as const, id: row.id })),
  ]
}

/** The firms that a usage row speaks about: first the buyer, then the provider. */
export function firmsOf(world: WorldIndex, usage: Row<'usage'>): string[] {
  const contract = world.find('contracts', usage.contract)
  return contract === undefined ? [] : [contract.applicant, contract.provider]
}

/** Share of the values in a band around their median; 1 for a footprint that never moves. */
export function steadyShare(values: Float64Array, band: number): number {
  const middle = sorted(values)[values.length >> 1] ?? 0
  let steady = 0
  for (const value of values)
    if (Math.abs(value - middle) <= band * Math.max(Math.abs(middle), 1)) steady += 1
  return values.length === 0 ? 0 : steady / values.length
}

export function shareWhere(values: Float64Array, holds: (value: number) => boolean): number {
  let count = 0
  for (const value of values) if (holds(value)) count += 1
  return values.length === 0 ? 0 : count / values.length
}

function numbers(text: string): Float64Array {
  return text === '' ? new Float64Array(0) : Float64Array.from(text.split(' '), Number)
}
