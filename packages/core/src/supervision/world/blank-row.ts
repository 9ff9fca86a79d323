// A row of any table of which only some columns are known: texts empty, numbers zero, what may be unknown unknown.
import { tables, type ColumnKind, type Row, type TableName } from './tables.ts'

const BLANKS: Readonly<Record<string, unknown>> = {
  text: '',
  integer: 0,
  number: 0,
  instant: 0,
  flag: false,
  day: '2024-01-01',
}

export function blankRow<Name extends TableName>(table: Name, known: Partial<Row<Name>>): Row<Name> {
  const columns = Object.entries(tables[table] as Readonly<Record<string, ColumnKind>>)
  const blank = Object.fromEntries(
    columns.map(([name, kind]) => [name, kind.endsWith('?') ? null : BLANKS[kind]]),
  )
  return { ...blank, ...known } as Row<Name>
}
