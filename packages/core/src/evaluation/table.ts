// Data as people export them: comma-, tab- or semicolon-separated text with one header row (RFC 4180 quoting, CRLF or
// LF, a byte order mark). A missing value is missing, a text where a number belongs is refused, nothing is guessed.
import { accept, refuse, type Decision } from '../refusal.ts'

export interface Table {
  readonly header: readonly string[]
  /** each as long as the header */
  readonly rows: readonly (readonly string[])[]
}

export type TableCode =
  | 'evaluation.not_finite'
  | 'evaluation.no_rows'
  | 'evaluation.ragged_row'
  | 'evaluation.open_quote'
  | 'evaluation.no_such_column'
  | 'evaluation.column_twice'
  | 'evaluation.not_a_number'

const MISSING = new Set(['', 'NA', 'N/A', 'NaN', 'nan', '.', 'NULL', 'null', 'None'])

/** True for an empty cell and for the marks that R, pandas, Stata and SQL write for a missing value. */
export function isMissing(cell: string): boolean {
  return MISSING.has(cell.trim())
}

/** A row as it stands in its file, of whatever length. */
export interface TableRecord {
  /** where it begins */
  readonly line: number
  readonly cells: readonly string[]
}

/** Reads a whole file; blank lines are skipped. For who lists broken rows one by one; others use `parseTable`. */
export function parseRecords(
  text: string,
): Decision<{ readonly header: TableRecord; readonly rows: readonly TableRecord[] }, TableCode> {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const records = splitRecords(body, delimiterOf(body))
  if (records === null) return refuse('evaluation.open_quote')
  const [header, ...rows] = records.filter((record) => record.cells.length > 1 || record.cells[0] !== '')
  if (header === undefined || rows.length === 0) return refuse('evaluation.no_rows')
  return accept({ header: { ...header, cells: header.cells.map((cell) => cell.trim()) }, rows })
}

/** Reads a whole file. Blank lines are skipped; a row of another length than the header's is refused. */
export function parseTable(text: string): Decision<Table, TableCode> {
  const records = parseRecords(text)
  if (!records.ok) return records
  const { header, rows } = records.value
  const ragged = rows.find((row) => row.cells.length !== header.cells.length)
  if (ragged)
    return refuse('evaluation.ragged_row', {
      line: ragged.line,
      found: ragged.cells.length,
      expected: header.cells.length,
    })
  return accept({ header: header.cells, rows: rows.map((row) => row.cells) })
}

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i

/** One column as numbers, NaN where missing (inside this module only). */
export function numbers(table: Table, name: string): Decision<Float64Array, TableCode> {
  const cells = labels(table, name)
  if (!cells.ok) return cells
  const values = new Float64Array(cells.value.length)
  for (const [index, cell] of cells.value.entries()) {
    const value = DECIMAL.test(cell) ? Number(cell) : Number.NaN
    if (!isMissing(cell) && !Number.isFinite(value))
      return refuse('evaluation.not_a_number', { column: name, row: index + 1, text: cell })
    values[index] = value
  }
  return accept(values)
}

/** One column as trimmed text. */
export function labels(table: Table, name: string): Decision<readonly string[], TableCode> {
  const at = table.header.indexOf(name)
  if (at === -1) return refuse('evaluation.no_such_column', { column: name, columns: table.header })
  if (table.header.lastIndexOf(name) !== at) return refuse('evaluation.column_twice', { column: name })
  return accept(table.rows.map((row) => row[at]!.trim()))
}

/** The rows in which every one of the columns has a value, and each column cut to them. */
export function completeRows(columns: readonly Float64Array[]): {
  readonly kept: readonly number[]
  readonly columns: readonly Float64Array[]
  readonly dropped: number
} {
  const kept: number[] = []
  const count = columns[0]?.length ?? 0
  for (let row = 0; row < count; row++) {
    if (columns.every((column) => Number.isFinite(column[row]!))) kept.push(row)
  }
  const cut = columns.map((column) => Float64Array.from(kept, (row) => column[row]!))
  return { kept, columns: cut, dropped: count - kept.length }
}

/** The separator of the header: a comma unless it has none and has tabs or semicolons. */
function delimiterOf(text: string): string {
  const header = text.slice(0, (text.search(/[\r\n]/) + 1 || text.length + 1) - 1).replace(/"[^"]*"/g, '')
  return [',', '\t', ';'].find((candidate) => header.includes(candidate)) ?? ','
}

/** @returns null when a quotation is never closed */
function splitRecords(text: string, delimiter: string): TableRecord[] | null {
  const records: TableRecord[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let startedOn = 1
  const endCell = (): void => {
    cells.push(cell)
    cell = ''
  }
  const endRecord = (): void => {
    endCell()
    records.push({ line: startedOn, cells })
    cells = []
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === '\n') line++
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') cell += text[++at]!
      else quoted = false
    } else if (character === '"' && cell.trim() === '') {
      quoted = true
      cell = ''
    } else if (character === delimiter) endCell()
    else if (character === '\n' || (character === '\r' && text[at + 1] !== '\n')) {
      endRecord()
      startedOn = line
    } else if (character !== '\r') cell += character
  }
  if (quoted) return null
  if (cell !== '' || cells.length > 0) endRecord()
  return records
}
