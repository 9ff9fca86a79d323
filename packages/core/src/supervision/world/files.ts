// A world as a folder of CSV files, one a table. Reading is whole or refused with its place; a file that is not there
// is a source that is missing. Writing and reading again gives the same rows, in the order of their ids.
import { utf8 } from '../../canonical.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import type { Columns } from './columns.ts'
import { csvField, eachRecord, type CsvRecord } from './csv.ts'
import { tableWriter, type Fault } from './fields.ts'
import { tableNames, tables, type Row, type TableName, type World } from './tables.ts'
import { decoded, newTexts, type Texts } from './texts.ts'

export type WorldRefusal =
  | 'supervision.no_tables'
  | 'supervision.csv_malformed'
  | 'supervision.column_missing'
  | 'supervision.value_invalid'
  | 'supervision.id_repeated'

/** The tables of a folder by columns; they share their texts. An absent table is a source that is missing. */
export type StoredWorld = { readonly [Name in TableName]?: Columns<Name> }

/** The file of a table inside a world's folder. */
export function fileOf(table: TableName): string {
  return `${table}.csv`
}

/** Files of a folder that no table has: a misspelt name reads like a missing source. Dotted names are left alone. */
export function unknownFiles(files: readonly string[]): readonly string[] {
  const known = new Set(tableNames.map(fileOf))
  return files.filter((file) => !file.startsWith('.') && !known.has(file)).sort()
}

/**
 * @param contentOf the text of a file of the folder or its bytes in UTF-8, undefined where it is not there. Large files
 *   are better given as bytes, one at a time.
 * @returns the world, or the first fault: `supervision.no_tables`, `supervision.csv_malformed`,
 *   `supervision.column_missing`, `supervision.value_invalid`, `supervision.id_repeated`
 */
export function readWorld(
  contentOf: (file: string) => string | Uint8Array | undefined,
): Decision<StoredWorld, WorldRefusal> {
  const texts = newTexts()
  const world: Record<string, Columns> = {}
  for (const table of tableNames) {
    const content = contentOf(fileOf(table))
    if (content === undefined) continue
    const read = readColumns(table, content, texts)
    if (!read.ok) return read
    world[table] = read.value as unknown as Columns
  }
  if (Object.keys(world).length === 0) return refuse('supervision.no_tables')
  return accept(world as unknown as StoredWorld)
}

/** A world as rows, for few of them. */
export function rowsOf(world: StoredWorld): World {
  return Object.fromEntries(
    Object.entries(world).map(([table, columns]) => [table, plainRows(columns as unknown as Columns)]),
  )
}

function plainRows<Name extends TableName>({ size, plain }: Columns<Name>): readonly Row<Name>[] {
  return Array.from({ length: size }, (_, place) => plain(place))
}

/** Reads one table as rows; columns may stand in any order, further columns are ignored. */
export function readTable<Name extends TableName>(
  table: Name,
  content: string | Uint8Array,
): Decision<readonly Row<Name>[], WorldRefusal> {
  const read = readColumns(table, content, newTexts())
  if (!read.ok) return read
  return accept(plainRows(read.value))
}

function readColumns<Name extends TableName>(
  table: Name,
  content: string | Uint8Array,
  texts: Texts,
): Decision<Columns<Name>, WorldRefusal> {
  const bytes = typeof content === 'string' ? utf8(content) : content
  const names = Object.keys(tables[table])
  const writer = tableWriter(table, texts)
  let places: number[] | undefined
  let fault: Decision<never, WorldRefusal> | undefined
  const malformed = eachRecord(bytes, (record, line) => {
    if (places === undefined) {
      const header = headerOf(record)
      places = names.map((name) => header.indexOf(name))
      const missing = places.indexOf(-1)
      if (missing !== -1) fault = refuse('supervision.column_missing', { table, column: names[missing]! })
    } else {
      const wrong = writer.write(record, places)
      if (wrong !== undefined) fault = refused(table, line, wrong)
    }
    return fault === undefined
  })
  if (fault !== undefined) return fault
  if (malformed !== undefined) return refuse('supervision.csv_malformed', { table, line: malformed })
  if (places === undefined) return refuse('supervision.column_missing', { table, column: names[0]! })
  return accept(writer.done())
}

function headerOf({ count, starts, ends, within }: CsvRecord): string[] {
  return Array.from({ length: count }, (_, place) =>
    decoded(within[place]!.subarray(starts[place], ends[place])),
  )
}

function refused(table: TableName, line: number, { column, text }: Fault): Decision<never, WorldRefusal> {
  if (column === undefined) return refuse('supervision.id_repeated', { table, line, id: text })
  return refuse('supervision.value_invalid', { table, line, column, text: text.slice(0, 40) })
}

/** The text of one table's file. */
export function writeTable<Name extends TableName>(table: Name, rows: readonly Row<Name>[]): string {
  const columns = Object.keys(tables[table])
  const lines = [columns.join(',')]
  for (const row of rows as readonly Readonly<Record<string, unknown>>[])
    lines.push(columns.map((column) => written(row[column])).join(','))
  return `${lines.join('\n')}\n`
}

function written(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'string' ? csvField(value) : String(value)
}
