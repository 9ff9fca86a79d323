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
      const series = new Map(rows.map((row) => [row.counter, lazily(row)]))
      const main = series.get('sm')?.()
      const hours = main === undefined ? 0 : (main.values.length * main.row.stepSeconds) / 3600
      found.push({ usage, of: (counter) => series.get(counter)?.(), hours })
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

/** Read when first asked for: most counters of most jobs never are. */
function lazily(row: Row<'samples'>): () => Series | undefined {
  let series: Series | undefined
  const readable = DECIMALS.test(row.values)
  return () => (readable ? (series ??= { row, values: numbers(row.values) }) : undefined)
}

/** What is no list of decimal numbers is a counter that is missing. */
const DECIMALS = /^-?\d+(\.\d+)?( -?\d+(\.\d+)?)*$/

/** Decimal numbers between single spaces, read by hand: splitting the text first costs ten times as much. */
function numbers(text: string): Float64Array {
  const values = new Float64Array(text === '' ? 0 : count(text))
  let at = 0
  for (let place = 0; place < values.length; place++) {
    let [whole, scale, sign] = [0, 0, 1]
    let code = text.charCodeAt(at)
    for (; at < text.length && code !== SPACE; code = text.charCodeAt(++at)) {
      if (code === MINUS) sign = -1
      else if (code === POINT) scale = 1
      else {
        whole = 10 * whole + code - ZERO
        scale *= 10
      }
    }
    values[place] = (sign * whole) / (scale || 1)
    at += 1
  }
  return values
}

const [SPACE, MINUS, POINT, ZERO] = [32, 45, 46, 48] as const

function count(text: string): number {
  let spaces = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) === SPACE) spaces += 1
  return spaces + 1
}
