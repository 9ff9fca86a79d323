// The store behind a command: the database that DATABASE_URL names, else the one in the data folder, started for the
// time of the command or attached to where it runs already (beside `suanquan serve`, say).
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import {
  connect,
  LauncherRefusal,
  sql,
  startPostgres,
  type Address,
  type RunningPostgres,
} from '@suanquan/server'
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
  /** what runs for long starts the database again when it dies */
  readonly keep?: boolean
}

/** Throws a refusal with one sentence that says what to do when there is no database to be had. */
export async function openStore({ data, existing = false, keep = false }: StoreOptions): Promise<Store> {
  const url = process.env['DATABASE_URL']
  if (url) return reachable({ url })
  if (existing && !existsSync(join(data, 'postgres'))) throw new LauncherRefusal('launcher.no_data', { data })
  const folder = join(data, 'postgres')
  const server = await startPostgres({ folder })
  const { socketFolder: host, port, user } = server
  const address = { host, port, user, database: 'postgres' }
  return { address, close: keep ? keptRunning(folder, address, server) : () => server.stop() }
}

const LOOK_EVERY_MS = 2_000

/** Looks now and then whether the database still answers, and starts it again where it was. @returns ends that */
function keptRunning(folder: string, address: Address, first: RunningPostgres): () => Promise<void> {
  let server = first
  let looking = Promise.resolve()
  let over = false
  const look = async (): Promise<void> => {
    const probe = connect({ ...address, connections: 1, applicationName: 'suanquan-watch' })
    try {
      await sql`select 1`.execute(probe.kysely)
    } catch {
      if (over) return
      server = await startPostgres({ folder })
    } finally {
      await probe.close()
    }
  }
  const timer = setInterval(() => {
    // Where it cannot be started (a full disk, say), it is tried again the next time.
    looking = looking.then(() => (over ? undefined : look())).catch(() => undefined)
  }, LOOK_EVERY_MS)
  timer.unref()
  return async () => {
    over = true
    clearInterval(timer)
    await looking
    await server.stop()
  }
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
