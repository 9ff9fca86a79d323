// A world made ready for questions: rows by id and by any column, over columns and counted groups that are built when
// first asked for. What several detectors share (groups, links, series) is kept here under its name, so that it is
// computed once a run.
import { assert } from '../../assert.ts'
import { columnsOfRows, type Columns } from './columns.ts'
import type { StoredWorld } from './files.ts'
import type { Row, TableName, World } from './tables.ts'
import { newTexts, type Texts } from './texts.ts'

export interface WorldIndex {
  readonly texts: Texts
  /** a table by columns, for who counts in numbers; undefined where the source is missing */
  readonly columns: <Name extends TableName>(table: Name) => Columns<Name> | undefined
  /** the rows of a table; empty where the source is missing (detectors name what they need beforehand) */
  readonly rows: <Name extends TableName>(table: Name) => readonly Row<Name>[]
  readonly has: (table: TableName) => boolean
  readonly find: <Name extends TableName>(table: Name, id: string | null) => Row<Name> | undefined
  /** the row as plain data: what is hashed */
  readonly record: (table: TableName, id: string) => object | undefined
  /** the rows whose column has a value, in the order of the table */
  readonly where: <Name extends TableName>(
    table: Name,
    column: keyof Row<Name> & string,
    value: string | null,
  ) => readonly Row<Name>[]
  /** how many rows have the value */
  readonly count: <Name extends TableName>(
    table: Name,
    column: keyof Row<Name> & string,
    value: string | null,
  ) => number
  /** the sum of a column of numbers over those rows; what is unknown adds nothing */
  readonly sum: <Name extends TableName>(
    table: Name,
    column: keyof Row<Name> & string,
    of: { readonly column: keyof Row<Name> & string; readonly value: string },
  ) => number
  /** the place of a row in its table, -1 where it is not there */
  readonly placeOf: (table: TableName, id: string | null) => number
  /** what `make` gives, made once for this world under the name */
  readonly once: <Value>(name: string, make: () => Value) => Value
  /** what the population says (a threshold, a fit, a model), made once from the world that speaks for it */
  readonly population: <Value>(name: string, make: (population: WorldIndex) => Value) => Value
  /** the firm that a run is asked about; undefined for all */
  readonly focus?: string
  /** the rows that this world adds to the one beneath */
  readonly added: <Name extends TableName>(table: Name) => readonly Row<Name>[]
  /** the world beneath, where this one only adds to it */
  readonly base?: WorldIndex
}

/** @param population another world that speaks for the population: the one of the last full run */
export function indexWorld(world: World | StoredWorld, population?: WorldIndex): WorldIndex {
  const once = keeper()
  const texts = Object.values(world).find((table) => !Array.isArray(table))?.texts ?? newTexts()
  const columns = <Name extends TableName>(table: Name): Columns<Name> | undefined => {
    const given: unknown = world[table]
    if (!Array.isArray(given)) return given as Columns<Name> | undefined
    return once(`${table} by columns`, () => columnsOfRows(table, given as Row<Name>[], texts))
  }
  const has = (table: TableName): boolean => world[table] !== undefined
  const index: WorldIndex = {
    added: () => NONE,
    texts,
    columns,
    has,
    once,
    ...lookups(columns, texts, once),
    population: (name, make) =>
      population === undefined
        ? once(`population ${name}`, () => make(index))
        : population.population(name, make),
  }
  return index
}

/** Rows by id and by column. */
function lookups(
  columns: WorldIndex['columns'],
  texts: Texts,
  once: WorldIndex['once'],
): Pick<WorldIndex, 'rows' | 'find' | 'record' | 'placeOf' | 'where' | 'count' | 'sum'> {
  return { rows, find, record, placeOf, where, count, sum }

  function rows<Name extends TableName>(table: Name): readonly Row<Name>[] {
    const own = columns(table)
    if (own === undefined) return NONE
    return once(`${table} rows`, () => Array.from({ length: own.size }, (_, place) => own.row(place)))
  }

  function find<Name extends TableName>(table: Name, id: string | null): Row<Name> | undefined {
    const place = placeOf(table, id)
    return place < 0 ? undefined : columns(table)!.row(place)
  }

  function record(table: TableName, id: string): object | undefined {
    const place = placeOf(table, id)
    return place < 0 ? undefined : columns(table)!.plain(place)
  }

  function placeOf(table: TableName, id: string | null): number {
    const own = columns(table)
    return id === null || own === undefined ? -1 : own.placeOf(texts.codeOf(id))
  }

  function places(table: TableName, column: string, value: string | null): Int32Array {
    const own = columns(table)
    if (value === null || own === undefined) return EMPTY
    return own.by(column as 'id').of(texts.codeOf(value))
  }

  function where<Name extends TableName>(
    table: Name,
    column: keyof Row<Name> & string,
    value: string | null,
  ): readonly Row<Name>[] {
    const found: Row<Name>[] = []
    const own = columns(table)
    for (const place of places(table, column, value)) found.push(own!.row(place))
    return found
  }

  function count(table: TableName, column: string, value: string | null): number {
    return places(table, column, value).length
  }

  function sum<Name extends TableName>(
    table: Name,
    column: keyof Row<Name> & string,
    of: { readonly column: keyof Row<Name> & string; readonly value: string },
  ): number {
    const numbers = columns(table)?.numbers(column)
    let total = 0
    for (const place of places(table, of.column, of.value)) total += numbers![place]! || 0
    return total
  }
}

/** Keeps what is made under a name. */
export function keeper(): WorldIndex['once'] {
  const kept = new Map<string, unknown>()
  return <Value>(name: string, make: () => Value): Value => {
    if (!kept.has(name)) {
      kept.set(name, undefined)
      kept.set(name, make())
    }
    const value = kept.get(name)
    assert(value !== undefined, `what is kept as ${name} does not ask for itself`)
    return value as Value
  }
}

const EMPTY = new Int32Array(0)
const NONE: readonly never[] = []

/** Rows by a key, in their order; rows without a key are left out. */
export function grouped<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string | null,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
