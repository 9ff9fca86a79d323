// The store behind a command: the database that DATABASE_URL names, else the one in the data folder, started for the
// time of the command or attached to where it runs already (beside `suanquan serve`, say).
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { connect, LauncherRefusal, sql, startPostgres, type Address } from '@suanquan/server'
import { Option } from 'commander'

import { said } from './language.ts'

export interface Store {
  /** where `connect` and `migrate` of the server find the database */
  readonly address: Address
  /** to be called at the end, after every connection is closed */
  readonly close: () => Promise<void>
}

/** The option of every command that needs the store. */
export function dataOption(): Option {
  const meaning = said({
    zh: '数据目录；有 DATABASE_URL 时用它指定的数据库',
    en: 'data folder; DATABASE_URL, if set, names a database instead',
  })
  return new Option('--data <folder>', meaning).default('./data')
}

export interface StoreOptions {
  readonly data: string
  /** what only reads makes no database where there is none */
  readonly existing?: boolean
}

/** Throws a refusal with one sentence that says what to do when there is no database to be had. */
export async function openStore({ data, existing = false }: StoreOptions): Promise<Store> {
  const url = process.env['DATABASE_URL']
  if (url) return reachable({ url })
  if (existing && !existsSync(join(data, 'postgres'))) throw new LauncherRefusal('launcher.no_data', { data })
  const server = await startPostgres({ folder: join(data, 'postgres') })
  const { socketFolder: host, port, user } = server
  return { address: { host, port, user, database: 'postgres' }, close: () => server.stop() }
}

/** Asks the named database once, so that a wrong address is one sentence and not the first query's stack. */
async function reachable(address: Address): Promise<Store> {
  const probe = connect({ ...address, connections: 1, applicationName: 'suanquan' })
  try {
    await sql`select 1`.execute(probe.kysely)
  } catch (error) {
    throw new LauncherRefusal('launcher.unreachable', {
      reason: error instanceof Error ? error.message : String(error),
    })
  } finally {
    await probe.close()
  }
  return { address, close: () => Promise.resolve() }
}

/** Opens the store for one piece of work and closes it whatever happens. */
export async function withStore<Result>(
  options: StoreOptions,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(options)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
