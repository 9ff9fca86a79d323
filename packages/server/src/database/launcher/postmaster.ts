// The running server: found by postmaster.pid, proved by a connection, held by a shared advisory lock, and stopped by
// the last who held it. The lock makes attaching and stopping safe against each other, and it vanishes with its
// process, so nothing can go stale: whoever attaches takes it shared, whoever stops must get it alone.
import { existsSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { existsProcess, SUPERUSER } from './cluster.ts'

export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly socketFolder: string
  /** Takes connections, by its own word: neither on its way up nor down. */
  readonly ready: boolean
}

/** What postmaster.pid says, undefined while there is none or it is not written to its end. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const [pid, port, socketFolder] = [Number(lines[0]), Number(lines[3]), lines[4]?.trim()]
  const ready = lines[7]?.trim() === 'ready'
  return pid > 0 && port > 0 && socketFolder ? { pid, port, socketFolder, ready } : undefined
}

/** Whether the process is there and is the server of this very folder (its working folder), not a later namesake. */
export function isRunning(cluster: string, { pid }: Postmaster): boolean {
  if (!existsProcess(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
}

/**
 * PostgreSQL does not start while the pid in its file belongs to any living process. Where that process is known to be
 * a namesake, our own pid in its place (the parent's never counts) keeps PostgreSQL's check of the shared memory.
 */
export function disownNamesake(cluster: string): void {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)))
}

export interface Hold {
  /** Gives the hold up, and calls `shutDown` when nobody else holds the server. */
  release(shutDown: () => Promise<void>): Promise<void>
}

export type HoldAnswer = { readonly hold: Hold } | { readonly later: string }

/** Connects and takes the shared lock; otherwise says why it cannot be done yet. */
export async function holdServer(server: Postmaster): Promise<HoldAnswer> {
  if (!server.ready) return { later: 'it is on its way up or down' }
  const state: HoldState = { released: false }
  const later = await takeHold(server, state)
  return later === undefined
    ? { hold: { release: (shutDown) => release(server, state, shutDown) } }
    : { later }
}

interface HoldState {
  client?: Session | undefined
  released: boolean
}

async function takeHold(server: Postmaster, state: HoldState): Promise<string | undefined> {
  const locked = await lockShared(server)
  if ('later' in locked) return locked.later
  state.client = locked.client
  state.client.unref()
  locked.client.once('end', () => void holdAgain(server, state))
  return undefined
}

/** Milliseconds between two attempts to take the lock again after a crash. */
const AGAIN = 500

/** A crash of one backend ends every connection: take the lock again as soon as the server answers. */
async function holdAgain(server: Postmaster, state: HoldState): Promise<void> {
  state.client = undefined
  while (!state.released) {
    await sleep(AGAIN, undefined, { ref: false })
    if (!state.released && (await takeHold(server, state)) === undefined) return
  }
}

async function release(server: Postmaster, state: HoldState, shutDown: () => Promise<void>): Promise<void> {
  if (state.released) return
  state.released = true
  if (state.client && (await letGo(state.client, shutDown))) return
  // The connection was lost in a crash. Once the server is back, the other holders get their turn before we look. One
  // made before the server noticed its crash is lost once more.
  for (let attempt = 0; attempt < 5; attempt++) {
    const client = await connectAgain(server)
    if (client === undefined) return
    await sleep(3 * AGAIN)
    if (await letGo(client, shutDown)) return
  }
}

/** Answers whether the server heard it; not when the connection was lost meanwhile. */
async function letGo(client: Session, shutDown: () => Promise<void>): Promise<boolean> {
  client.ref()
  let alone: boolean | undefined
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [LOCK])
    const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
      LOCK,
    ])
    alone = rows[0]?.alone === true
  } catch {
    return false
  }
  if (alone) await shutDown()
  await client.end().catch(() => undefined)
  return true
}

/** A connection as soon as a server in recovery takes one; undefined when there is no server to let go of. */
async function connectAgain(server: Postmaster): Promise<Session | undefined> {
  for (const started = Date.now(); Date.now() - started < 60_000; await sleep(50)) {
    try {
      return await connect(server)
    } catch (error) {
      if (/ENOENT|ECONNREFUSED/.test(String((error as { code?: string }).code))) return undefined
    }
  }
  return undefined
}

/** What @types/pg leaves out: a connection that does not keep the process alive. */
type Session = pg.Client & { ref(): void; unref(): void }

/** Any number would do: it is the only advisory lock in the database `postgres`, which holds no data of ours. */
const LOCK = 5_351

async function lockShared(server: Postmaster): Promise<{ client: Session } | { later: string }> {
  let client: Session
  try {
    client = await connect(server)
  } catch (error) {
    return { later: error instanceof Error ? error.message : String(error) }
  }
  try {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock_shared($1) as held', [
      LOCK,
    ])
    if (rows[0]?.held === true) return { client }
    await client.end()
    return { later: 'it is being stopped' }
  } catch (error) {
    await client.end().catch(() => undefined)
    return { later: error instanceof Error ? error.message : String(error) }
  }
}

async function connect({ socketFolder, port }: Postmaster): Promise<Session> {
  const client = new pg.Client({
    host: socketFolder,
    port,
    user: SUPERUSER,
    database: 'postgres',
    application_name: 'suanquan launcher',
    connectionTimeoutMillis: 5000,
  }) as Session
  client.on('error', () => undefined)
  await client.connect()
  return client
}
