// Staggered adoption from a table: periods may be years or texts such as 2026-03, a start may be a period, 0, Inf,
// never, or empty. Grade C while the effects before treatment are jointly zero, else D.
import { accept, refuse, type Decision } from '../refusal.ts'
import { gradeEffect, type Downgrade, type GradedEffect, type Qualification } from './accounts/grade.ts'
import type { Analysed } from './analyse.ts'
import { finite, type Estimate } from './estimate.ts'
import { balance, type PanelCode } from './estimators/panel.ts'
import { staggered, type ControlGroup, type Staggered, type StaggeredCode } from './estimators/staggered.ts'
import { isMissing, labels, numbers, type Table, type TableCode } from './table.ts'

export interface PanelQuestion {
  readonly outcome: string
  readonly unit: string
  readonly time: string
  /** column of the period in which the unit's treatment starts */
  readonly first: string
  readonly control?: ControlGroup
}

/** A period as the file writes it: a number, or a text such as 2026-03. */
export type Period = number | string

export interface PanelAnswer
  extends Omit<Staggered, 'groupTime' | 'byGroup' | 'smallGroups'>, Estimate, Analysed {
  readonly groupTime: readonly (Omit<Staggered['groupTime'][number], 'group' | 'time'> & {
    readonly group: Period
    readonly time: Period
  })[]
  readonly byGroup: readonly (Estimate & { readonly group: Period })[]
  readonly smallGroups: readonly Period[]
  /** units left out: a period missing; treated before anything was observed */
  readonly incompleteUnits: number
  readonly alwaysTreatedUnits: number
  /** no cell says "never", so an empty one does */
  readonly emptyStartMeansNever: boolean
}

const NEVER = new Set(['0', 'inf', 'infinity', '+inf', 'never', '从未'])

/** The effect of a programme that reached units in different periods. `estimate` is the average over all cells. */
export function analysePanel(
  table: Table,
  question: PanelQuestion,
): Decision<PanelAnswer, TableCode | PanelCode | StaggeredCode> {
  const [units, starts] = [labels(table, question.unit), labels(table, question.first)]
  if (!units.ok) return units
  if (!starts.ok) return starts
  const outcome = numbers(table, question.outcome)
  if (!outcome.ok) return outcome
  const periods = readPeriods(table, question.time)
  if (!periods.ok) return periods
  const explicitNever = starts.value.some((cell) => isNever(cell))
  const first = new Float64Array(starts.value.length)
  for (const [row, cell] of starts.value.entries()) {
    const start = isMissing(cell) ? (explicitNever ? Number.NaN : Infinity) : startOf(cell, periods.value)
    if (start === null)
      return refuse('evaluation.not_a_number', { column: question.first, row: row + 1, text: cell })
    first[row] = start
  }
  const rows = units.value.map((_, row) => row).filter((row) => !isMissing(units.value[row]!))
  const panel = balance({
    unit: rows.map((row) => units.value[row]!),
    time: Float64Array.from(rows, (row) => periods.value.time[row]!),
    outcome: Float64Array.from(rows, (row) => outcome.value[row]!),
    first: Float64Array.from(rows, (row) => first[row]!),
  })
  if (!panel.ok) return panel
  const result = staggered(panel.value, question.control ?? 'never')
  if (!result.ok) return result
  return finite({
    ...named(result.value, periods.value.names),
    effect: graded(result.value, panel.value.incomplete),
    rows: rows.length,
    dropped: outcome.value.filter((value) => Number.isNaN(value)).length + outcome.value.length - rows.length,
    incompleteUnits: panel.value.incomplete,
    alwaysTreatedUnits: panel.value.alwaysTreated,
    emptyStartMeansNever: !explicitNever && starts.value.some(isMissing),
  })
}

/** Grade C while the periods before treatment show parallel trends. */
function graded({ simple, preTrend, units }: Staggered, incomplete: number): GradedEffect {
  const parted: Downgrade[] =
    preTrend === null ? ['trends_not_testable'] : preTrend.pValue < 0.05 ? ['trends_parted'] : []
  const lost: Qualification[] = incomplete > 0.05 * (units + incomplete) ? ['units_dropped'] : []
  return gradeEffect(simple, parted.length === 0 ? 'C' : 'D', { cautions: [...parted, ...lost] })
}

function named(
  result: Staggered,
  names: readonly string[] | null,
): Omit<
  PanelAnswer,
  'effect' | 'rows' | 'dropped' | 'incompleteUnits' | 'alwaysTreatedUnits' | 'emptyStartMeansNever'
> {
  const period = (value: number): Period => (names === null ? value : names[value]!)
  return {
    ...result.simple,
    ...result,
    groupTime: result.groupTime.map((cell) => ({
      ...cell,
      group: period(cell.group),
      time: period(cell.time),
    })),
    byGroup: result.byGroup.map((row) => ({ ...row, group: period(row.group) })),
    smallGroups: result.smallGroups.map(period),
  }
}

interface Periods {
  /** one per row; NaN where missing */
  readonly time: Float64Array
  /** the sorted period texts that `time` counts; null when periods are numbers */
  readonly names: readonly string[] | null
}

const PERIOD = /^\d{4}([-/.]?(Q[1-4]|H[12]|\d{2})([-/.]?\d{2})?)?$/

function readPeriods(table: Table, column: string): Decision<Periods, TableCode> {
  const plain = numbers(table, column)
  if (plain.ok) return accept({ time: plain.value, names: null })
  const cells = labels(table, column)
  if (!cells.ok || !cells.value.every((cell) => isMissing(cell) || PERIOD.test(cell))) return plain
  const names = [...new Set(cells.value.filter((cell) => !isMissing(cell)))].sort()
  const place = new Map(names.map((name, index) => [name, index]))
  return accept({ time: Float64Array.from(cells.value, (cell) => place.get(cell) ?? Number.NaN), names })
}

function isNever(cell: string): boolean {
  return (
    NEVER.has(cell.toLowerCase()) || Number(cell) === Infinity || (!isMissing(cell) && Number(cell) === 0)
  )
}

/** A start between two observed periods counts from the next one; after the last it is never. */
function startOf(cell: string, { names }: Periods): number | null {
  if (isNever(cell)) return Infinity
  if (names === null) return Number.isFinite(Number(cell)) ? Number(cell) : null
  if (!PERIOD.test(cell)) return null
  const place = names.findIndex((name) => name >= cell)
  return place === -1 ? Infinity : place
}
