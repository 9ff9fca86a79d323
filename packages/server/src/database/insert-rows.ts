// Many rows in one statement with one parameter: the database reads them from one JSON text, which costs a fraction of a
// parameter a value.
import { sql, type Kysely } from 'kysely'
import type { Tables } from './tables.ts'

type Value = string | number | boolean | null | object

const ROWS_AT_ONCE = 5_000

/**
 * @param rows all with the same columns; whole numbers beyond 2^53 as digits, moments as text, JSON as what it says
 */
export async function insertRows(
  db: Kysely<Tables>,
  table: keyof Tables,
  rows: readonly Readonly<Record<string, Value>>[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = sql.join(Object.keys(rows[0]!).map((name) => sql.ref(name)))
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const text = JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))
    await sql`insert into ${sql.table(table)} (${columns})
      select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${text}::json)`.execute(db)
  }
}
