// A population as a table: a column is a fact, `id` is carried along; an empty cell is unknown, a unit may stand in the
// header (`contract.amount(万元)`). Every broken row is named with line and column.
import { sentence } from '@suanquan/api'
import { parseRecords, type TableRecord } from '@suanquan/core/evaluation'
import { readFacts, type Facts, type FactsSchema } from '@suanquan/core/policy'

import { language } from '../language.ts'
import { Refused, WrongUse } from '../output.ts'
import { readText } from '../read-file.ts'

export interface TableRow {
  readonly line: number
  readonly id: string
  readonly facts: Facts
}

export interface Fault {
  readonly line: number
  readonly column: string
  readonly code: string
  readonly sentence: string
}

export interface PopulationTable {
  /** the rows that are whole */
  readonly rows: readonly TableRow[]
  readonly broken: readonly Fault[]
  /** how many rows the table has */
  readonly read: number
}

export function isPopulation(path: string): boolean {
  return /\.(csv|tsv|parquet)$/i.test(path)
}

/** Wrong use for Parquet; refused as a whole: `evaluation.column_twice`, `policy.unknown_fact`, a table that is none. */
export function readPopulationTable(schema: FactsSchema, path: string): PopulationTable {
  if (/\.parquet$/i.test(path))
    throw new WrongUse({
      zh: '目前读写 CSV，请另存为 CSV',
      en: 'a population is read and written as CSV; save it as CSV',
    })
  const table = parseRecords(readText(path))
  if (!table.ok) throw new Refused(table.refusal)
  const columns = columnsOf(schema, table.value.header.cells)
  const rows: TableRow[] = []
  const broken: Fault[] = []
  for (const record of table.value.rows) {
    const row = rowOf(record, columns)
    const faults = faultsOf(schema, row, { record, columns })
    broken.push(...faults)
    if (faults.length === 0) rows.push({ line: record.line, ...row })
  }
  return { rows, broken, read: table.value.rows.length }
}

interface Column {
  readonly name: string
  /** stands in the header for all cells: 元, 万元, … */
  readonly unit: string
}

/** Every column but `id` is a fact of the programme, each once. */
function columnsOf(schema: FactsSchema, header: readonly string[]): Column[] {
  const columns = header.map((cell): Column => {
    const [, name = cell, unit = ''] = /^(.+?)\s*[(（](.+)[)）]$/.exec(cell) ?? []
    return { name, unit }
  })
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) throw new Refused({ code: 'evaluation.column_twice', params: { column: twice } })
  const asFacts = Object.fromEntries(names.filter((name) => name !== 'id').map((name) => [name, '']))
  const unknown = readFacts(schema, asFacts).problems.find(({ code }) => code === 'policy.unknown_fact')
  if (unknown !== undefined) throw new Refused({ code: unknown.code, params: unknown.params })
  return columns
}

function rowOf({ cells }: TableRecord, columns: readonly Column[]): Pick<TableRow, 'id' | 'facts'> {
  const facts: Record<string, string> = {}
  let id = ''
  for (const [place, { name, unit }] of columns.entries()) {
    const text = (cells[place] ?? '').trim()
    if (name === 'id') id = text
    else if (text !== '') facts[name] = `${text}${unit}`
  }
  return { id, facts }
}

function faultsOf(
  schema: FactsSchema,
  row: Pick<TableRow, 'id' | 'facts'>,
  { record, columns }: { readonly record: TableRecord; readonly columns: readonly Column[] },
): Fault[] {
  const { line, cells } = record
  const fault = (column: string, refusal: Refused['refusal']): Fault => ({
    line,
    column,
    code: refusal.code,
    sentence: sentence(refusal, language()),
  })
  if (cells.length !== columns.length) {
    const params = { line, found: cells.length, expected: columns.length }
    return [fault('', { code: 'evaluation.ragged_row', params })]
  }
  return readFacts(schema, row.facts).problems.map(({ fact, code, params }) => fault(fact, { code, params }))
}

/** `line: column: sentence [code]` */
export function faultLine({ line, column, code, sentence: text }: Fault): string {
  return `${line}: ${column === '' ? '' : `${column}: `}${text} [${code}]`
}
