// The counters of a usage row over its time, as numbers. A counter that the feed does not carry is undefined: whoever
// needs it cannot decide.
import { sorted } from '../mathematics/robust.ts'
import type { Columns } from '../world/columns.ts'
import type { Row, RowRef } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'
import { valuesOf } from './counters.ts'

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

/** Every usage row that has samples. Values are read again for each row that is looked at: only the last are kept. */
export function telemetryOf(world: WorldIndex): readonly Telemetry[] {
  return world.once('telemetry', () => {
    const [usages, samples] = [world.columns('usage'), world.columns('samples')]
    const found: Telemetry[] = []
    if (usages === undefined || samples === undefined) return found
    const [ids, byUsage, read] = [usages.codes('id'), samples.by('usage'), seriesReader(samples)]
    for (let place = 0; place < usages.size; place++) {
      const places = byUsage.of(ids[place]!)
      if (places.length === 0) continue
      const counters = new Map(Array.from(places, (at) => [samples.row(at).counter, at]))
      const of = (counter: Counter): Series | undefined => read(counters.get(counter))
      const main = of('sm')
      const hours = main === undefined ? 0 : (main.values.length * main.row.stepSeconds) / 3600
      found.push({ usage: usages.row(place), of, hours })
    }
    return found
  })
}

const KEPT = 16

/** Reads series by their place and keeps the last few. */
function seriesReader(samples: Columns<'samples'>): (place: number | undefined) => Series | undefined {
  const texts = samples.codes('values')
  const kept = new Map<number, Series | undefined>()
  return (place) => {
    if (place === undefined) return undefined
    if (!kept.has(place)) {
      if (kept.size === KEPT) kept.delete(kept.keys().next().value!)
      const values = valuesOf(samples.texts.bytesOf(texts[place]!))
      kept.set(place, values === undefined ? undefined : { row: samples.row(place), values })
    }
    return kept.get(place)
  }
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
