// A table by columns: codes of texts and days, numbers, flags, each column one typed array. A row is a view of its place,
// made when asked for; unknown is null in a row, -1 in codes and flags, NaN in numbers. Rows stand in the order of their
// ids (the shorter first, then by bytes) in whatever order they came, so that nothing found depends on the order of a file.
import { groupPlaces, type Grouping } from './groups.ts'
import { tables, type ColumnKind, type Row, type TableName } from './tables.ts'
import type { Texts } from './texts.ts'

export type Column = Int32Array | Float64Array | Int8Array

export interface Columns<Name extends TableName = TableName> {
  readonly name: Name
  readonly size: number
  readonly texts: Texts
  /** of texts and days; throws for other columns */
  readonly codes: (column: keyof Row<Name> & string) => Int32Array
  readonly numbers: (column: keyof Row<Name> & string) => Float64Array
  /** 1 for true, 0 for false, -1 for unknown */
  readonly flags: (column: keyof Row<Name> & string) => Int8Array
  /** a view of the row at a place */
  readonly row: (place: number) => Row<Name>
  /** a row as plain data, as it stands in its file */
  readonly plain: (place: number) => Row<Name>
  /** the place of the row with the id, -1 where there is none */
  readonly placeOf: (id: number) => number
  readonly by: (column: keyof Row<Name> & string) => Grouping
}

export function kindsOf(table: TableName): [string, ColumnKind][] {
  return Object.entries(tables[table] as Readonly<Record<string, ColumnKind>>)
}

export function baseOf(kind: ColumnKind): 'text' | 'flag' | 'number' {
  const base = kind.replace('?', '')
  return base === 'text' || base === 'day' ? 'text' : base === 'flag' ? 'flag' : 'number'
}

export function emptyColumn(kind: ColumnKind, size: number): Column {
  const base = baseOf(kind)
  return base === 'text'
    ? new Int32Array(size)
    : base === 'flag'
      ? new Int8Array(size)
      : new Float64Array(size)
}

interface View {
  place: number
}

/**
 * The places of a table's rows in the order of their ids.
 * @param ids codes of the ids, in the order in which the rows came
 * @returns undefined where they came in order
 */
export function orderOfIds(ids: Int32Array, texts: Texts): Int32Array | undefined {
  let place = 1
  while (place < ids.length && texts.compare(ids[place - 1]!, ids[place]!) <= 0) place += 1
  if (place >= ids.length) return undefined
  return Int32Array.from(ids, (_, at) => at).sort((a, b) => texts.compare(ids[a]!, ids[b]!) || a - b)
}

/** A column's values at places, or its first ones. */
export function laidOut(column: Column, size: number, order: Int32Array | undefined): Column {
  const values = column.slice(0, size)
  if (order !== undefined) for (let place = 0; place < size; place++) values[place] = column[order[place]!]!
  return values
}

export function columnsOf<Name extends TableName>(
  name: Name,
  size: number,
  data: ReadonlyMap<string, Column>,
  texts: Texts,
): Columns<Name> {
  const groupings = new Map<string, Grouping>()
  const values = new Map(
    kindsOf(name).map(([column, kind]) => [column, reader(data.get(column)!, kind, texts)]),
  )
  const prototype: object = Object.defineProperties(
    {},
    Object.fromEntries(
      [...values].map(([column, read]) => [
        column,
        {
          get(this: View): unknown {
            return read(this.place)
          },
        },
      ]),
    ),
  )
  return {
    name,
    size,
    texts,
    codes: (column) => data.get(column) as Int32Array,
    numbers: (column) => data.get(column) as Float64Array,
    flags: (column) => data.get(column) as Int8Array,
    row: (place) => view(prototype, place) as Row<Name>,
    plain: (place) =>
      Object.fromEntries([...values].map(([column, read]) => [column, read(place)])) as Row<Name>,
    placeOf: (id) => by('id').last(id),
    by,
  }

  function by(column: string): Grouping {
    let grouping = groupings.get(column)
    if (grouping === undefined) {
      grouping = groupPlaces(data.get(column) as Int32Array)
      groupings.set(column, grouping)
    }
    return grouping
  }
}

function view(prototype: object, place: number): View {
  const made = Object.create(prototype) as View
  made.place = place
  return made
}

function reader(column: Column, kind: ColumnKind, texts: Texts): (place: number) => unknown {
  const base = baseOf(kind)
  if (base === 'text')
    return (place) => {
      const code = column[place]!
      return code < 0 ? null : texts.textOf(code)
    }
  if (base === 'flag')
    return (place) => {
      const flag = column[place]!
      return flag < 0 ? null : flag === 1
    }
  return (place) => {
    const number = column[place]!
    return number !== number ? null : number
  }
}

/** Rows as columns, in the order of their ids. */
export function columnsOfRows<Name extends TableName>(
  name: Name,
  rows: readonly Row<Name>[],
  texts: Texts,
): Columns<Name> {
  const data = new Map<string, Column>()
  for (const [column, kind] of kindsOf(name)) {
    const values = emptyColumn(kind, rows.length)
    const base = baseOf(kind)
    for (const [place, row] of (rows as readonly Readonly<Record<string, unknown>>[]).entries()) {
      const value = row[column] ?? null
      if (base === 'text') values[place] = value === null ? -1 : texts.add(value as string)
      else if (base === 'flag') values[place] = value === null ? -1 : value === true ? 1 : 0
      else values[place] = value === null ? Number.NaN : (value as number)
    }
    data.set(column, values)
  }
  const order = orderOfIds(data.get('id') as Int32Array, texts)
  if (order !== undefined)
    for (const [column, values] of data) data.set(column, laidOut(values, rows.length, order))
  return columnsOf(name, rows.length, data, texts)
}
