// A world as a folder of CSV files, one a table. Reading is whole or refused with its place; a file that is not there
// is a source that is missing. Writing and reading again gives the same rows.
import { isDay } from '../../calendar/index.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { csvField, eachRecord } from './csv.ts'
import { tableNames, tables, type ColumnKind, type Row, type TableName, type World } from './tables.ts'

export type WorldRefusal =
  | 'supervision.no_tables'
  | 'supervision.csv_malformed'
  | 'supervision.column_missing'
  | 'supervision.value_invalid'
  | 'supervision.id_repeated'

/** The file of a table inside a world's folder. */
export function fileOf(table: TableName): string {
  return `${table}.csv`
}

/**
 * @param textOf the text of a file of the folder, undefined where it is not there
 * @returns the world, or the first fault: `supervision.no_tables`, `supervision.csv_malformed`,
 *   `supervision.column_missing`, `supervision.value_invalid`, `supervision.id_repeated`
 */
export function readWorld(textOf: (file: string) => string | undefined): Decision<World, WorldRefusal> {
  const world: Record<string, readonly unknown[]> = {}
  for (const table of tableNames) {
    const text = textOf(fileOf(table))
    if (text === undefined) continue
    const read = readTable(table, text)
    if (!read.ok) return read
    world[table] = read.value
  }
  if (Object.keys(world).length === 0) return refuse('supervision.no_tables')
  return accept(world as World)
}

/** Reads one table; columns may stand in any order, further columns are ignored. */
export function readTable<Name extends TableName>(
  table: Name,
  text: string,
): Decision<readonly Row<Name>[], WorldRefusal> {
  const columns = Object.entries(tables[table] as Readonly<Record<string, ColumnKind>>)
  const rows: Row<Name>[] = []
  const ids = new Set<string>()
  let places: number[] | undefined
  let fault: ReturnType<typeof refuse<WorldRefusal>> | undefined
  const malformed = eachRecord(text, (fields, line) => {
    if (fault) return
    if (places === undefined) {
      places = columns.map(([name]) => fields.indexOf(name))
      const missing = places.indexOf(-1)
      if (missing !== -1)
        fault = refuse('supervision.column_missing', { table, column: columns[missing]![0] })
      return
    }
    const row: Record<string, unknown> = {}
    for (let index = 0; index < columns.length; index++) {
      const [column, kind] = columns[index]!
      const field = fields[places[index]!]
      const value = field === undefined ? undefined : parse(field, kind)
      if (value === undefined) {
        fault = refuse('supervision.value_invalid', { table, line, column, text: (field ?? '').slice(0, 40) })
        return
      }
      row[column] = value
    }
    const id = row['id'] as string
    if (ids.has(id)) fault = refuse('supervision.id_repeated', { table, line, id })
    ids.add(id)
    rows.push(row as Row<Name>)
  })
  if (fault) return fault
  if (malformed !== undefined) return refuse('supervision.csv_malformed', { table, line: malformed })
  if (places === undefined) return refuse('supervision.column_missing', { table, column: columns[0]![0] })
  return accept(rows)
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

/** undefined where the text is not a value of the kind; null where the column may be unknown and is. */
function parse(text: string, kind: ColumnKind): string | number | boolean | null | undefined {
  if (text === '') return kind.endsWith('?') ? null : undefined
  switch (kind.endsWith('?') ? kind.slice(0, -1) : kind) {
    case 'text':
      return text
    case 'day':
      return isDay(text) ? text : undefined
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'number':
      return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text) && Number.isFinite(Number(text))
        ? Number(text)
        : undefined
    default:
      return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
  }
}
