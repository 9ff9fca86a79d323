// A table of runs, from CSV or a workbook: one head, then one run a row. The file is taken whole or not at all; every fault
// is told with its row and column.
import { accept, refuse, type Decision } from '../refusal.ts'
import { readPlainRun, RUN_COLUMNS, type RunColumn, type RunFault, type RunField } from './plain-run.ts'
import type { UsageRecord } from './usage.ts'

export interface TextRow {
  /** as the file counts it, from 1 */
  readonly number: number
  readonly cells: readonly string[]
}

export interface RowFault extends RunFault {
  readonly row: number
  /** the column's place, from 1; null where the file has no such column */
  readonly column: number | null
}

export interface RunTable {
  readonly records: readonly UsageRecord[]
  readonly faults: readonly RowFault[]
}

export type RunTableRefusal = 'metering.table_no_head' | 'metering.table_columns' | 'metering.table_no_rows'

const HEAD_WITHIN = 20

export function readRunTable(rows: readonly TextRow[]): Decision<RunTable, RunTableRefusal> {
  const run = RUN_COLUMNS.find(({ field }) => field === 'run')!
  const at = rows.slice(0, HEAD_WITHIN).findIndex(({ cells }) => cells.some((text) => isHeadOf(run, text)))
  const columns = RUN_COLUMNS.map(({ zh, en }) => `${zh} ${en}`)
  if (at < 0) return refuse('metering.table_no_head', { columns })
  const head = rows[at]!.cells
  const places = new Map<RunField, number>()
  const twice: string[] = []
  for (const each of RUN_COLUMNS) {
    const found = head.flatMap((text, place) => (isHeadOf(each, text) ? [place] : []))
    if (found.length > 1) twice.push(each.zh)
    if (found[0] !== undefined) places.set(each.field, found[0])
  }
  const missing = RUN_COLUMNS.filter(({ field, needed }) => needed && !places.has(field)).map(({ zh }) => zh)
  if (missing.length + twice.length > 0)
    return refuse('metering.table_columns', { missing: listed(missing), twice: listed(twice) })
  const below = rows.slice(at + 1)
  if (below.length === 0) return refuse('metering.table_no_rows')
  const records: UsageRecord[] = []
  const faults: RowFault[] = []
  for (const [index, { number, cells }] of below.entries()) {
    const told = Object.fromEntries(
      [...places].map(([field, place]) => [field, unmarked(cells[place] ?? '')]),
    )
    const read = readPlainRun(told, index + 1)
    if (read.ok) records.push(read.record)
    else
      for (const fault of read.faults) {
        const place = places.get(fault.field)
        faults.push({ ...fault, row: number, column: place === undefined ? null : place + 1 })
      }
  }
  return accept({ records, faults })
}

function isHeadOf({ zh, en }: RunColumn, text: string): boolean {
  return [zh, en].some((head) => plain(head) === plain(text))
}

/** Heads are compared without spaces, asterisks, width of letters, or case. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s*\ufeff]/g, '')
    .toLowerCase()
}

/** Spreadsheets lead what must stay text with an apostrophe or a tab. */
function unmarked(text: string): string {
  return text.replace(/^['\t]/, '')
}

function listed(names: readonly string[]): readonly string[] {
  return names.length === 0 ? ['—'] : names
}
