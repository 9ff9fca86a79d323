// From a table to the rows of an import: where its head is, which column is which, and each row read as a whole or
// refused with every reason at once. Every row below the head comes back exactly once.
import type { ImportColumn, ImportKind } from '@suanquan/api'
import { accept, refuse, type Decision, type Refusal } from '@suanquan/core'
import type { Cell, Table, TableRow } from '../../files/tables/index.ts'
import { readCell, type CellValue } from './read-cell.ts'

export type Values = Readonly<Record<string, CellValue>>

export interface ReadRow {
  readonly number: number
  /** as the file has them, for the error file */
  readonly cells: readonly string[]
  /** the code as it stands in the row, whole or not */
  readonly creditCode: string
  readonly name: string
  readonly values: Values
  readonly reasons: readonly Refusal[]
}

export interface ReadTable {
  readonly head: readonly string[]
  readonly ignored: readonly string[]
  readonly rows: readonly ReadRow[]
}

export type HeadRefusal =
  | 'imports.no_head'
  | 'imports.columns_missing'
  | 'imports.column_twice'
  | 'imports.no_rows'

const HEAD_WITHIN = 20

/** Heads that an error file adds: it can be mended and uploaded as it is. */
export const REASON_HEADS = ['原因', 'Reason'] as const

export function readRows(kind: ImportKind, table: Table): Decision<ReadTable, HeadRefusal> {
  const code = kind.columns[0]!
  const at = table.rows
    .slice(0, HEAD_WITHIN)
    .findIndex(({ cells }) => cells.some((cell) => names(code, cell.text)))
  if (at === -1) return refuse('imports.no_head', { columns: code.head.en, columnsZh: code.head.zh })
  const head = table.rows[at]!
  const places = placesOf(kind, head)
  if (!places.ok) return places
  const below = table.rows.slice(at + 1)
  if (below.length === 0) return refuse('imports.no_rows')
  const width = head.cells.findLastIndex(({ text }) => text.trim() !== '') + 1
  const read = below.map((row) => readRow(kind, { row, places: places.value, width, merged: table.merged }))
  return accept({
    head: head.cells.slice(0, width).map(({ text }) => text.trim()),
    ignored: unknownHeads(kind, head),
    rows: kind.repeats === true ? read : withoutDoubles(read),
  })
}

function names({ head }: ImportColumn, text: string): boolean {
  const said = normal(text)
  return said === normal(head.zh) || said === normal(head.en)
}

/** Heads are compared without spaces, asterisks, brackets of either width, or case. */
function normal(text: string): string {
  return text.normalize('NFKC').replace(/[\s*﻿]/g, '').toLowerCase()
}

function unknownHeads({ columns }: ImportKind, { cells }: TableRow): string[] {
  return cells
    .map(({ text }) => text.trim())
    .filter((text) => text !== '' && !(REASON_HEADS as readonly string[]).includes(text))
    .filter((text) => !columns.some((column) => names(column, text)))
    .map((text) => text.slice(0, 60).replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '�'))
}

function placesOf(
  kind: ImportKind,
  head: TableRow,
): Decision<ReadonlyMap<string, number>, 'imports.columns_missing' | 'imports.column_twice'> {
  const places = new Map<string, number>()
  for (const column of kind.columns) {
    const found = head.cells.flatMap(({ text }, place) => (names(column, text) ? [place] : []))
    const params = { column: column.head.en, columnZh: column.head.zh }
    if (found.length > 1) return refuse('imports.column_twice', params)
    if (found[0] !== undefined) places.set(column.id, found[0])
  }
  const missing = kind.columns.filter(({ id }) => !places.has(id))
  if (missing.length === 0) return accept(places)
  const unknown = unknownHeads(kind, head)
  return refuse('imports.columns_missing', {
    missing: missing.map(({ head: { en } }) => en),
    missingZh: missing.map(({ head: { zh } }) => zh),
    unknown: unknown.length === 0 ? ['—'] : unknown,
  })
}

interface RowToRead {
  readonly row: TableRow
  readonly places: ReadonlyMap<string, number>
  readonly width: number
  readonly merged: Table['merged']
}

const EMPTY: Cell = { text: '', type: 'text' }

function readRow(kind: ImportKind, { row, places, width, merged }: RowToRead): ReadRow {
  const reasons: Refusal[] = []
  const values: Record<string, CellValue> = {}
  const area = merged.find(({ from, to }) => row.number >= from && row.number <= to)
  const filled = row.cells.findLastIndex(({ text }) => text.trim() !== '') + 1
  if (area !== undefined) reasons.push({ code: 'imports.merged_cells', params: { area: area.area } })
  if (filled > width) reasons.push({ code: 'imports.cells_beyond', params: { count: filled } })
  const cell = (id: string): Cell => row.cells[places.get(id) ?? -1] ?? EMPTY
  if (reasons.length === 0) {
    for (const column of kind.columns) {
      const read = readCell(column, cell(column.id))
      if (read.ok) values[column.id] = read.value
      else reasons.push(read.refusal)
    }
  }
  return {
    number: row.number,
    cells: row.cells.map(({ text }) => text),
    creditCode: plain(cell('creditCode').text, 40),
    name: plain(cell('name').text, 80),
    values,
    reasons,
  }
}

/** Text of a file as a page may show it. */
function plain(text: string, length: number): string {
  return text
    .trim()
    .slice(0, length)
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '�')
}

/** An organisation has one row: a row that repeats another is refused, rows that differ are refused all. */
function withoutDoubles(rows: readonly ReadRow[]): ReadRow[] {
  const groups = new Map<string, { first: ReadRow; said: Set<string>; numbers: string[] }>()
  for (const row of rows) {
    const code = codeOf(row)
    if (code === null) continue
    const group = groups.get(code) ?? { first: row, said: new Set(), numbers: [] }
    group.said.add(JSON.stringify(row.values))
    group.numbers.push(`${row.number}`)
    groups.set(code, group)
  }
  return rows.map((row) => {
    const group = groups.get(codeOf(row) ?? '')
    if (group === undefined || group.numbers.length === 1) return row
    const { first, said, numbers } = group
    if (said.size === 1 && row === first) return row
    const reason =
      said.size > 1
        ? { code: 'imports.rows_differ', params: { rows: numbers.slice(0, 5) } }
        : { code: 'imports.row_twice', params: { row: first.number } }
    return { ...row, reasons: [...row.reasons, reason] }
  })
}

function codeOf({ values }: ReadRow): string | null {
  const code = values['creditCode']
  return typeof code === 'string' ? code : null
}
