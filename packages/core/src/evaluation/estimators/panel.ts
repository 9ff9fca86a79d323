// A panel with staggered adoption, made balanced: every unit has every period, and its first treated period (or none).
import { accept, refuse, type Decision } from '../../refusal.ts'

export interface PanelRows {
  readonly unit: readonly string[]
  readonly time: Float64Array
  /** NaN where missing */
  readonly outcome: Float64Array
  /** the period in which the unit's treatment starts; Infinity for never, NaN when unknown */
  readonly first: Float64Array
}

export interface Panel {
  /** ascending */
  readonly times: readonly number[]
  readonly units: readonly string[]
  /** outcome of unit u in period t at u · times + t */
  readonly outcome: Float64Array
  /** Infinity for never treated within the panel */
  readonly first: Float64Array
  /** left out because a period was missing */
  readonly incomplete: number
  /** left out because they were treated before anything was observed */
  readonly alwaysTreated: number
}

export type PanelCode =
  | 'evaluation.unit_time_twice'
  | 'evaluation.first_changes'
  | 'evaluation.no_complete_unit'
  | 'evaluation.too_few'

/**
 * Units with a missing outcome, time or start are left out and counted; so are those already treated in the first
 * period. A start after the last period counts as never.
 */
export function balance(rows: PanelRows): Decision<Panel, PanelCode> {
  const observed = rows.time.filter((value) => Number.isFinite(value))
  const times = [...new Set(observed)].sort((a, b) => a - b)
  if (times.length < 2)
    return refuse('evaluation.too_few', { where: 'periods', found: times.length, needed: 2 })
  const columnOf = new Map(times.map((time, index) => [time, index]))
  const byUnit = new Map<string, { series: Float64Array; first: number }>()
  for (let row = 0; row < rows.unit.length; row++) {
    const unit = rows.unit[row]!
    const column = columnOf.get(rows.time[row]!)
    const first = rows.first[row]!
    const entry = byUnit.get(unit) ?? {
      series: new Float64Array(times.length).fill(Number.NaN),
      first: Number.NaN,
    }
    byUnit.set(unit, entry)
    if (Number.isNaN(entry.first)) entry.first = first
    else if (!Number.isNaN(first) && first !== entry.first)
      return refuse('evaluation.first_changes', { unit, one: describe(entry.first), other: describe(first) })
    if (column === undefined || !Number.isFinite(rows.outcome[row]!)) continue
    if (!Number.isNaN(entry.series[column]!))
      return refuse('evaluation.unit_time_twice', { unit, time: times[column]! })
    entry.series[column] = rows.outcome[row]!
  }
  return assemble(byUnit, times)
}

function assemble(
  byUnit: ReadonlyMap<string, { series: Float64Array; first: number }>,
  times: readonly number[],
): Decision<Panel, PanelCode> {
  const complete = [...byUnit].filter(
    ([, { series, first }]) => !Number.isNaN(first) && series.every((value) => !Number.isNaN(value)),
  )
  const kept = complete.filter(([, { first }]) => first > times[0]!)
  if (kept.length === 0) return refuse('evaluation.no_complete_unit', { units: byUnit.size })
  const outcome = new Float64Array(kept.length * times.length)
  kept.forEach(([, { series }], index) => outcome.set(series, index * times.length))
  return accept({
    times,
    units: kept.map(([unit]) => unit),
    outcome,
    first: Float64Array.from(kept, ([, { first }]) => (first > times.at(-1)! ? Infinity : first)),
    incomplete: byUnit.size - complete.length,
    alwaysTreated: complete.length - kept.length,
  })
}

function describe(first: number): string {
  return first === Infinity ? 'never' : String(first)
}
