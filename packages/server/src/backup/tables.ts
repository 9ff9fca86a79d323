// Which tables a backup carries, read from the database itself, so that a migration needs nothing here; and what it leaves
// out, each with its reason.
import type pg from 'pg'
import { roles } from '../database/index.ts'

/** Whatever schema our owner has; what the migrator keeps about itself it writes anew. */
const OURS = `pg_get_userbyid(n.nspowner) = '${roles.owner}' and n.nspname <> 'migration'`

export interface CarriedTable {
  readonly name: string
  /** without those that the database computes */
  readonly columns: readonly string[]
  /** of the primary key, in order */
  readonly key: readonly string[]
}

export interface LeftOut {
  readonly what: string
  readonly why: { readonly zh: string; readonly en: string }
}

/** Whoever was signed in signs in again; a token of the ceremony is made anew. */
const keptBack: readonly LeftOut[] = [
  {
    what: 'suanquan.session',
    why: { zh: '登录状态不随备份转移', en: 'nobody is signed in to a restored copy' },
  },
  {
    what: 'suanquan.setup_token',
    why: { zh: '首位管理员的登记口令重新生成', en: 'the token of the first administrator is made anew' },
  },
]

export interface Carried {
  readonly tables: readonly CarriedTable[]
  readonly leftOut: readonly LeftOut[]
}

/** Tables of our schemas by name; the migrator's own are written by the migrator. */
export async function carriedTables(client: pg.Client): Promise<Carried> {
  const { rows } = await client.query<{ name: string; columns: string[]; key: string[] | null }>(`
    select format('%s.%s', n.nspname, c.relname) as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' order by a.attnum) as columns,
      (select array_agg(format('%I%s', a.attname, case when a.attcollation = 0 then '' else ' collate "C"' end) order by k.o)
        from pg_index i, unnest(i.indkey) with ordinality k(attnum, o), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and ${OURS}
    order by n.nspname, c.relname collate "C"`)
  const left = new Set(keptBack.map(({ what }) => what))
  const carried = rows.filter(({ name }) => !left.has(name))
  const keyless = carried.find(({ key }) => key === null)
  if (keyless !== undefined) throw new Error(`table ${keyless.name} has no primary key`)
  return {
    tables: carried.map(({ name, columns, key }) => ({ name, columns, key: key! })),
    leftOut: keptBack.filter(({ what }) => rows.some(({ name }) => name === what)),
  }
}

/** The same rows give the same text in the same order, on every server and version. */
export function copyOutStatement({ name, columns, key }: CarriedTable): string {
  return `copy (select ${quoted(columns)} from ${name} order by ${key.join(', ')}) to stdout`
}

export function copyInStatement({ name, columns }: Pick<CarriedTable, 'name' | 'columns'>): string {
  return `copy ${name} (${quoted(columns)}) from stdin`
}

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ')
}

export interface Sequence {
  readonly name: string
  readonly value: string
  readonly called: boolean
}

export async function sequencesOf(client: pg.Client): Promise<readonly Sequence[]> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${OURS} order by 1`)
  const sequences: Sequence[] = []
  for (const { name } of rows) {
    const read = await client.query<Sequence>(
      `select $1 as name, last_value::text as value, is_called as called from ${name}`,
      [name],
    )
    sequences.push(read.rows[0]!)
  }
  return sequences
}

export interface FundHead {
  readonly ledger: number
  readonly jurisdiction: string
  readonly nextSequence: string
  readonly chain: string
}

/** Where each fund stands: with these two numbers whoever has an older backup can see what happened since. */
export async function fundHeads(client: pg.Client): Promise<readonly FundHead[]> {
  const { rows } = await client.query<FundHead>(`
    select ledger, jurisdiction, next_seq::text as "nextSequence", encode(chain, 'hex') as chain
    from ledger.head order by ledger`)
  return rows
}

export async function migrationsOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from migration.kysely_migration order by name collate "C"',
  )
  return rows.map(({ name }) => name)
}
