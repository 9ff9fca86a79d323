// A world made ready for questions: rows by id and by any column, built once when first asked for. What several
// detectors share (groups, links, series) is kept here under its name, so that it is computed once a run.
import { assert } from '../../assert.ts'
import type { Row, TableName, World } from './tables.ts'

export interface WorldIndex {
  readonly world: World
  /** the rows of a table; empty where the source is missing (detectors name what they need beforehand) */
  readonly rows: <Name extends TableName>(table: Name) => readonly Row<Name>[]
  readonly has: (table: TableName) => boolean
  readonly find: <Name extends TableName>(table: Name, id: string | null) => Row<Name> | undefined
  /** the rows whose column has a value, in the order of the table */
  readonly where: <Name extends TableName>(
    table: Name,
    column: keyof Row<Name> & string,
    value: string | null,
  ) => readonly Row<Name>[]
  /** what `make` gives, made once for this world under the name */
  readonly once: <Value>(name: string, make: () => Value) => Value
}

export function indexWorld(world: World): WorldIndex {
  const kept = new Map<string, unknown>()
  const index: WorldIndex = { world, rows, has, find, where, once }
  return index

  function rows<Name extends TableName>(table: Name): readonly Row<Name>[] {
    return (world[table] ?? []) as readonly Row<Name>[]
  }

  function has(table: TableName): boolean {
    return world[table] !== undefined
  }

  function find<Name extends TableName>(table: Name, id: string | null): Row<Name> | undefined {
    if (id === null) return undefined
    const byId = once(`${table}#id`, () => new Map(rows(table).map((row) => [row.id as string, row])))
    return byId.get(id)
  }

  function where<Name extends TableName>(
    table: Name,
    column: keyof Row<Name> & string,
    value: string | null,
  ): readonly Row<Name>[] {
    if (value === null) return NONE
    const byColumn = once(`${table}#${column}`, () =>
      grouped(rows(table), (row) => row[column] as string | null),
    )
    return byColumn.get(value) ?? NONE
  }

  function once<Value>(name: string, make: () => Value): Value {
    if (!kept.has(name)) {
      kept.set(name, undefined)
      kept.set(name, make())
    }
    const value = kept.get(name)
    assert(value !== undefined, `what is kept as ${name} does not ask for itself`)
    return value as Value
  }
}

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
