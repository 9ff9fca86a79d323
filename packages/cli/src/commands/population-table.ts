// A population as a table, CSV or Parquet: a column is a fact, `id` is carried along, `balances.<cap>.<granted|paid|joint>` is
// what is already used of a cap; an empty cell is unknown, a unit may stand in the header (`contract.amount(万元)`). Every
// broken row is named with line and column. Rows come in batches, so that a million of them need no more memory than ten.
import { existsSync } from 'node:fs'

import { sentence } from '@suanquan/api'
import { parseRecords, type TableRecord } from '@suanquan/core/evaluation'
import {
  readCapBalances,
  readFacts,
  type Balances,
  type Cap,
  type Facts,
  type FactsSchema,
  type WrittenBalances,
} from '@suanquan/core/policy'

import { language } from '../language.ts'
import { Refused, WrongUse } from '../output.ts'
import { readParquet } from '../parquet.ts'
import { readText } from '../read-file.ts'

export interface TableRow {
  /** the line of a CSV file, the number of the row of a Parquet file, from 1 */
  readonly line: number
  readonly id: string
  readonly facts: Facts
  readonly balances: Balances
}

export interface Fault {
  readonly line: number
  readonly column: string
  readonly code: string
  readonly sentence: string
}

export interface PopulationBatch {
  /** the rows that are whole */
  readonly rows: readonly TableRow[]
  readonly broken: readonly Fault[]
  /** how many rows were read */
  readonly read: number
}

/** What the columns may name. */
export interface Columns {
  readonly facts: FactsSchema
  /** without them a column of balances is an unknown fact */
  readonly caps?: readonly Cap[]
}

const BATCH = 5_000

export function isPopulation(path: string): boolean {
  return /\.(csv|tsv|parquet)$/i.test(path)
}

export function isParquet(path: string): boolean {
  return /\.parquet$/i.test(path)
}

/** The whole table at once; refused as a whole like `readPopulationBatches`. */
export async function readPopulationTable(columns: Columns, path: string): Promise<PopulationBatch> {
  const rows: TableRow[] = []
  const broken: Fault[] = []
  let read = 0
  for await (const batch of readPopulationBatches(columns, path)) {
    for (const row of batch.rows) rows.push(row)
    for (const fault of batch.broken) broken.push(fault)
    read += batch.read
  }
  return { rows, broken, read }
}

/** Refused as a whole: `evaluation.column_twice`, `policy.unknown_fact`, `policy.unknown_cap`, a table that is none. */
export async function* readPopulationBatches(
  allowed: Columns,
  path: string,
): AsyncGenerator<PopulationBatch> {
  const { header, batches } = isParquet(path) ? await parquetTable(path) : csvTable(path)
  const columns = columnsOf(allowed, header)
  for await (const records of batches) {
    const rows: TableRow[] = []
    const broken: Fault[] = []
    for (const record of records) {
      const row = rowOf(record, columns, allowed)
      if ('faults' in row) broken.push(...row.faults)
      else rows.push(row)
    }
    yield { rows, broken, read: records.length }
  }
}

interface RawTable {
  readonly header: readonly string[]
  readonly batches: AsyncIterable<readonly TableRecord[]> | Iterable<readonly TableRecord[]>
}

function csvTable(path: string): RawTable {
  const table = parseRecords(readText(path))
  if (!table.ok) throw new Refused(table.refusal)
  const { header, rows } = table.value
  const starts = Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, index) => index * BATCH)
  return { header: header.cells, batches: starts.map((start) => rows.slice(start, start + BATCH)) }
}

async function parquetTable(path: string): Promise<RawTable> {
  if (!existsSync(path)) throw new WrongUse({ zh: `没有文件 ${path}`, en: `there is no file ${path}` })
  const { columns, batches } = await readParquet(path)
  async function* numbered(): AsyncGenerator<readonly TableRecord[]> {
    let line = 0
    for await (const rows of batches)
      yield rows.map((cells): TableRecord => ({ line: ++line, cells: cells.map((cell) => cell ?? '') }))
  }
  return { header: columns, batches: numbered() }
}

interface Column {
  readonly name: string
  /** stands in the header for all cells: 元, 万元, … */
  readonly unit: string
  /** of a column of balances */
  readonly balance?: { readonly cap: string; readonly counter: 'granted' | 'paid' | 'joint' }
}

/** Every column but `id` and the balances is a fact of the programme, each once. */
function columnsOf({ facts, caps }: Columns, header: readonly string[]): Column[] {
  const columns = header.map((cell) => columnOf(cell, caps))
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) throw new Refused({ code: 'evaluation.column_twice', params: { column: twice } })
  const asked = columns.filter(({ name, balance }) => name !== 'id' && balance === undefined)
  const asFacts = Object.fromEntries(asked.map(({ name }) => [name, '']))
  const unknown = readFacts(facts, asFacts).problems.find(({ code }) => code === 'policy.unknown_fact')
  if (unknown !== undefined) throw new Refused({ code: unknown.code, params: unknown.params })
  return columns
}

function columnOf(cell: string, caps: Columns['caps']): Column {
  const [, name = cell, unit = ''] = /^(.+?)\s*[(（](.+)[)）]$/.exec(cell) ?? []
  const [, cap, counter] = /^balances\.([a-z0-9_]+)\.(granted|paid|joint)$/.exec(name) ?? []
  if (cap === undefined || caps === undefined) return { name, unit }
  const known = caps.map(({ id }) => id)
  if (!known.includes(cap)) throw new Refused({ code: 'policy.unknown_cap', params: { cap, known } })
  return { name, unit, balance: { cap, counter: counter as 'granted' } }
}

function rowOf(
  { cells, line }: TableRecord,
  columns: readonly Column[],
  { facts: schema, caps = [] }: Columns,
): TableRow | { readonly faults: Fault[] } {
  const fault = (column: string, refusal: Refused['refusal']): Fault => {
    return { line, column, code: refusal.code, sentence: sentence(refusal, language()) }
  }
  if (cells.length !== columns.length) {
    const params = { line, found: cells.length, expected: columns.length }
    return { faults: [fault('', { code: 'evaluation.ragged_row', params })] }
  }
  const facts: Record<string, string> = {}
  const used: Record<string, Record<string, string>> = {}
  let id = ''
  for (const [place, { name, unit, balance }] of columns.entries()) {
    const text = cells[place]!.trim()
    if (name === 'id') id = text
    else if (text === '') continue
    else if (balance === undefined) facts[name] = `${text}${unit}`
    else (used[balance.cap] ??= {})[balance.counter] = `${text}${unit}`
  }
  const { balances, problems } = readCapBalances(caps, used as WrittenBalances)
  const faults = [
    ...readFacts(schema, facts).problems.map(({ fact, code, params }) => fault(fact, { code, params })),
    ...problems.map(({ cap, counter, refusal }) => fault(`balances.${cap}.${counter}`, refusal)),
  ]
  return faults.length > 0 ? { faults } : { line, id, facts, balances }
}

/** `line: column: sentence [code]` */
export function faultLine({ line, column, code, sentence: text }: Fault): string {
  return `${line}: ${column === '' ? '' : `${column}: `}${text} [${code}]`
}
