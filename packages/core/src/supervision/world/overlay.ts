// A world and a few rows more, looked at from one firm: what a new application adds, without building anything again.
// Rows by id and by column see the added rows, each where its id stands; columns, counted groups and what the population says stay those of the
// world beneath, so nobody may ask this index for the columns of a table that was added to.
import type { Row, TableName, World } from './tables.ts'
import { compareTexts } from './texts.ts'
import { keeper, type WorldIndex } from './world-index.ts'

type Record = Readonly<{ [column: string]: unknown }>

/** Rows in the order of their ids with a few more laid in. */
function merged<Name extends TableName>(
  below: readonly Row<Name>[],
  added: readonly Row<Name>[],
): readonly Row<Name>[] {
  if (added.length === 0) return below
  const rows = [...below]
  for (const row of added) {
    let [low, high] = [0, rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareTexts(rows[middle]!.id as string, row.id as string) <= 0) low = middle + 1
      else high = middle
    }
    rows.splice(low, 0, row)
  }
  return rows
}

export function overlay(base: WorldIndex, added: World, focus: string): WorldIndex {
  const once = keeper()
  const byId = new Map(
    Object.entries(added).flatMap(([table, rows]) =>
      rows.map((row, place) => [`${table} ${row.id as string}`, { row, place }] as const),
    ),
  )
  return {
    texts: base.texts,
    base,
    focus,
    added: addedTo,
    columns: base.columns,
    rows: (table) => merged(base.rows(table), addedTo(table)),
    has: (table) => base.has(table) || added[table] !== undefined,
    find: (table, id) =>
      base.find(table, id) ?? (byId.get(`${table} ${id}`)?.row as Row<typeof table> | undefined),
    record: (table, id) => base.record(table, id) ?? byId.get(`${table} ${id}`)?.row,
    placeOf,
    where: (table, column, value) => {
      const own = addedWhere(table, column, value)
      return merged(base.where(table, column, value), own)
    },
    count: (table, column, value) =>
      base.count(table, column, value) + addedWhere(table, column, value).length,
    sum: (table, column, of) =>
      addedWhere(table, of.column, of.value).reduce(
        (sum, row) => sum + (((row as Record)[column] as number | null) ?? 0),
        base.sum(table, column, of),
      ),
    once,
    population: base.population,
  }

  function addedTo<Name extends TableName>(table: Name): readonly Row<Name>[] {
    return (added[table] ?? []) as readonly Row<Name>[]
  }

  function addedWhere<Name extends TableName>(
    table: Name,
    column: string,
    value: string | null,
  ): readonly Row<Name>[] {
    if (value === null) return []
    return addedTo(table).filter((row) => (row as unknown as Record)[column] === value)
  }

  function placeOf(table: TableName, id: string | null): number {
    const below = base.placeOf(table, id)
    const own = byId.get(`${table} ${id}`)
    return below >= 0 || own === undefined ? below : (base.columns(table)?.size ?? 0) + own.place
  }
}
