// Whether something is a row of a table. Rows from files are checked as they are read; rows that a caller hands over in
// memory (an application that a form or another system sends) are checked here, so that none breaks a rule midway.
import { isDay } from '../../calendar/index.ts'
import { tables, type ColumnKind, type TableName } from './tables.ts'

/** @returns the first column whose value is not of its kind, with the value as text; undefined for a row */
export function faultOfRow(
  table: TableName,
  row: unknown,
): { readonly column: string; readonly text: string } | undefined {
  const given = typeof row === 'object' && row !== null ? (row as Readonly<Record<string, unknown>>) : {}
  for (const [column, kind] of Object.entries(tables[table] as Readonly<Record<string, ColumnKind>>)) {
    const value = given[column]
    const fits = value === null ? kind.endsWith('?') : holds[kind.replace('?', '')]!(value)
    if (!fits) return { column, text: textOf(value) }
  }
  return undefined
}

/** As CSV has them: an empty text is no value. */
const holds: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  integer: Number.isSafeInteger,
  number: Number.isFinite,
  day: (value) => typeof value === 'string' && isDay(value),
  instant: Number.isSafeInteger,
  flag: (value) => typeof value === 'boolean',
}

function textOf(value: unknown): string {
  if (value === undefined) return ''
  return (typeof value === 'object' ? typeof value : String(value)).slice(0, 40)
}
