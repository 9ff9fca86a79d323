// What a store holds, by the names of its columns: ids, numbers, codes, hashes, days. A field of a request is filled with
// what the store holds under the same name, so that most requests are about something that is there.
import { connect, sql } from '@suanquan/server'
import type { TestDatabase } from '../test-database.ts'

export interface Things {
  /** values under the name of a field or of a noun in a path; the last words count: `sellerCreditCode`, `claimIds` */
  readonly named: (name: string) => readonly string[]
  /** every id there is */
  readonly ids: readonly string[]
}

const ROWS_A_TABLE = 60

/** @param left ids that no request may name: the people who make the requests */
export async function thingsOf(store: TestDatabase, left: ReadonlySet<string>): Promise<Things> {
  const byColumn = new Map<string, Set<string>>()
  const ids = new Set<string>()
  const owner = connect({ ...store.address, connections: 1 })
  try {
    const { rows: tables } = await sql<{ schema: string; name: string }>`
      select schemaname as schema, tablename as name from pg_tables
       where schemaname in ('suanquan', 'ledger') order by 1, 2`.execute(owner.kysely)
    for (const { schema, name } of tables) {
      const { rows } = await sql<Record<string, unknown>>`
        select * from ${sql.id(schema, name)} limit ${sql.lit(ROWS_A_TABLE)}`.execute(owner.kysely)
      for (const row of rows) keep(name, row)
    }
  } finally {
    await owner.close()
  }
  function keep(table: string, row: Record<string, unknown>): void {
    for (const [column, value] of Object.entries(row)) {
      const text = typeof value === 'bigint' ? value.toString() : value
      if (typeof text !== 'string' || text.length > 200 || left.has(text)) continue
      const name = column === 'id' ? `${table}_id` : column
      if (name.endsWith('_id')) ids.add(text)
      byColumn.set(name, (byColumn.get(name) ?? new Set()).add(text))
    }
  }
  for (const [name, alias] of ALIASES) byColumn.set(alias, byColumn.get(name) ?? new Set())
  return { named: (name) => lookUp(byColumn, name), ids: [...ids] }
}

/** Names under which paths and fields ask for the ids of another table. */
const ALIASES = [
  ['claim_id', 'deduction_id'],
  ['role_grant_id', 'grant_id'],
  ['proof_run_id', 'proof_id'],
  ['attachment_id', 'certificate_id'],
  ['service_contract_id', 'contract_id'],
  ['import_check_id', 'import_id'],
  ['trade_paper_file_id', 'trade_paper_answer_id'],
] as const

/** One thing of each kind, and no others to take its place. @param kinds by the names of columns */
export function thingsNamed(kinds: Readonly<Record<string, string>>): Things {
  const byColumn = new Map(Object.entries(kinds).map(([name, id]) => [name, new Set([id])]))
  return { named: (name) => lookUp(byColumn, name), ids: [] }
}

function lookUp(byColumn: ReadonlyMap<string, ReadonlySet<string>>, name: string): readonly string[] {
  const words = name
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replaceAll('-', '_')
    .replace(/s$/, '')
    .split('_')
  for (let first = 0; first < words.length; first++) {
    const found = byColumn.get(words.slice(first).join('_'))
    if (found !== undefined) return [...found]
  }
  return []
}
