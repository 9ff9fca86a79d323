// One way to the database: a pool, typed queries, and values in the core's own types. bigint columns are bigints, days
// are texts, instants are milliseconds; nothing passes through a Date or a float.
import type { Instant } from '@suanquan/core/calendar'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { copyOut } from './copy-out.ts'
import { severalHosts } from './several-hosts.ts'
import { giveUpSilent } from './silent-connections.ts'
import type { Tables } from './tables.ts'
import { transactionOf, type Transaction } from './transaction.ts'

/** Owner owns the schema and cannot sign in; app may read, ask the ledger and write documents. */
export const roles = { owner: 'suanquan_owner', app: 'suanquan_app' } as const

export interface Address {
  /** `postgres://…`, with several hosts too; what it leaves out comes from the other fields */
  readonly url?: string
  /** a host name, or the folder of the socket */
  readonly host?: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly database?: string
}

export interface ConnectOptions extends Address {
  /** acts as this role; as the signed-in user when left out */
  readonly role?: keyof typeof roles
  /** most connections, 10 when left out */
  readonly connections?: number
  readonly applicationName?: string
}

export type CopyOut = (query: string, take: (row: Buffer) => void) => Promise<void>

export interface Snapshot {
  readonly kysely: Kysely<Tables>
  readonly copyOut: CopyOut
}

export interface Database {
  readonly kysely: Kysely<Tables>
  /**
   * One command: lock → load → decide → store → post last. Commits what the function returns, except a refused
   * decision (`{ ok: false }`), which leaves nothing behind, as does a throw. Runs the function again after a deadlock.
   */
  readonly transaction: <Value>(command: (tx: Transaction) => Promise<Value>) => Promise<Value>
  /** rows in binary, for millions of them; see `copyOut` */
  readonly copyOut: CopyOut
  /** Reads from one snapshot over one connection, while others go on writing. */
  readonly snapshot: <Value>(read: (snapshot: Snapshot) => Promise<Value>) => Promise<Value>
  readonly close: () => Promise<void>
}

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, BigInt],
  [1016, (text) => arrayOf(text, BigInt)],
  [pg.types.builtins.DATE, String],
  [1182, (text) => arrayOf(text, String)],
  [pg.types.builtins.TIMESTAMPTZ, parseTimestamp],
  [1185, (text) => arrayOf(text, parseTimestamp)],
])

/** @returns a pool; nothing is tried until the first query */
export function connect(options: ConnectOptions): Database {
  const settings = settingsOf(options)
  const pool = new pg.Pool({ ...settings, max: options.connections ?? 10 })
  // A connection that breaks while idle is dropped by the pool; its next user gets a fresh one. One that breaks between
  // two queries of a transaction says so to whoever sends the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  giveUpSilent(pool, settings)
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    kysely,
    transaction: transactionOf(kysely),
    copyOut: (query, take) => borrowed(pool, (client) => copyOut(client, query, take)),
    snapshot: (read) => borrowed(pool, (client) => snapshotOn(client, read)),
    close: () => kysely.destroy(),
  }
}

/** A connection that a query failed on is not used again. */
async function borrowed<Value>(
  pool: pg.Pool,
  use: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect()
  try {
    const value = await use(client)
    client.release()
    return value
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function snapshotOn<Value>(
  client: pg.PoolClient,
  read: (snapshot: Snapshot) => Promise<Value>,
): Promise<Value> {
  await client.query('begin isolation level repeatable read read only')
  const only = { query: client.query.bind(client), release: () => undefined } as unknown as pg.PoolClient
  const pool = { connect: () => Promise.resolve(only), end: () => Promise.resolve() }
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const value = await read({ kysely, copyOut: (query, take) => copyOut(client, query, take) })
  await client.query('commit')
  return value
}

/** One connection of its own, for what streams or holds a snapshot; the caller ends it. */
export async function openSession(options: ConnectOptions): Promise<pg.Client> {
  const client = new pg.Client(settingsOf(options))
  client.on('error', () => undefined)
  await client.connect()
  return client
}

function settingsOf(options: ConnectOptions): pg.ClientConfig {
  return {
    ...(options.url === undefined ? {} : (severalHosts(options.url) ?? { connectionString: options.url })),
    // A machine that is gone without a word is noticed within half a minute.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...definedOf({
      host: options.host,
      port: options.port,
      user: options.user,
      password: options.password,
      database: options.database,
    }),
    application_name: options.applicationName ?? 'suanquan',
    options: `-c TimeZone=UTC -c search_path=suanquan${options.role === undefined ? '' : ` -c role=${roles[options.role]}`}`,
    types: { getTypeParser },
  }
}

/** An instant as a timestamptz parameter. */
export function timestamp(instant: Instant): string {
  return new Date(instant).toISOString()
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  const own = format === 'binary' ? undefined : parsers.get(oid)
  return own ?? (pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown)
}

/** `2026-11-22 01:32:24.123+00`, `infinity` or `-infinity`. */
function parseTimestamp(text: string): Instant {
  if (text.endsWith('infinity')) return text.startsWith('-') ? -Infinity : Infinity
  return Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
}

/** A one-dimensional array of values that need no quotes. */
function arrayOf<Value>(text: string, parse: (item: string) => Value): (Value | null)[] {
  const items = text.slice(1, -1)
  if (items === '') return []
  return items.split(',').map((item) => (item === 'NULL' ? null : parse(item.replaceAll('"', ''))))
}

function definedOf<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<Fields>
}
