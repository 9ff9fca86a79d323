// Starts PostgreSQL for a folder, or attaches to the server that already runs there: as root or as a plain user, beside
// an orphan of a killed parent, after a crash, with several callers at once. It is a real server: fsync and checksums
// on, reached only through a unix socket in a private folder, without passwords and without TCP.
import { spawn, type ChildProcess } from 'node:child_process'
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { findBinaries, type Binaries } from './binaries.ts'
import {
  clusterOwner,
  clusterVersion,
  existsProcess,
  openFolder,
  prepareCluster,
  programEnvironment,
  SUPERUSER,
} from './cluster.ts'
import {
  disownNamesake,
  holdServer,
  isRunning,
  readPostmaster,
  type Hold,
  type Postmaster,
} from './postmaster.ts'
import { LauncherRefusal } from './refusals.ts'
import { runAs, type RunAs } from './run-as.ts'

export { LauncherRefusal, type LauncherCode } from './refusals.ts'

export interface StartOptions {
  /** Folder of the database; made, with mode 0700, when it is not there. */
  readonly folder: string
  /** Major version; by default that of the folder, for a new folder the newest at hand. */
  readonly version?: 15 | 18
}

export interface RunningPostgres {
  /** The `host` for a client: the folder of the unix socket. Stays the same when the server is started after a crash. */
  readonly socketFolder: string
  readonly port: number
  /** The superuser. No password: who can enter the socket folder may connect. */
  readonly user: string
  /** Whether the server was running already. */
  readonly attached: boolean
  /** Lets go of the server. The last who lets go stops it; while others hold it, it goes on. */
  stop(): Promise<void>
}

/** Starts or attaches. Throws `LauncherRefusal` with one sentence that says what to do. */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const folder = openFolder(options.folder)
  const cluster = join(folder, 'cluster')
  const found = clusterVersion(folder)
  if (found !== undefined && options.version !== undefined && found !== options.version) {
    throw new LauncherRefusal('launcher.other_version', { folder, found, wanted: options.version })
  }
  const binaries = binariesFor(folder, options.version, found)
  const as = runAs(clusterOwner(folder))
  await prepareCluster(folder, binaries, as)

  let reason = 'no answer'
  for (const started = Date.now(); Date.now() - started < patience(reason); await sleep(25)) {
    const server = readPostmaster(cluster)
    if (server && isRunning(cluster, server)) {
      const answer = await holdServer(server)
      if ('hold' in answer) return running(cluster, server, { hold: answer.hold, attached: true })
      reason = answer.later
      continue
    }
    const launched = await launch(folder, binaries, as)
    if ('server' in launched) {
      return running(cluster, launched.server, { hold: launched.hold, attached: false })
    }
    reason = launched.reason
    if (!passes(reason)) break
  }
  throw new LauncherRefusal('launcher.cannot_start', { folder, reason })
}

/** Milliseconds to wait: recovery after a crash may take long, a socket that is not to be seen here will not come. */
function patience(reason: string): number {
  return /ENOENT|EACCES/.test(reason) ? 10_000 : 120_000
}

function binariesFor(folder: string, wanted: number | undefined, found: number | undefined): Binaries {
  try {
    return findBinaries(wanted ?? found)
  } catch (error) {
    if (found === undefined || wanted !== undefined) throw error
    throw new LauncherRefusal('launcher.other_version', { folder, found, wanted: findBinaries().version })
  }
}

/** Someone else was quicker, or the processes of a killed server are still on their way out: look again. */
function passes(reason: string): boolean {
  return /lock file "[^"]*" already exists|shared memory block/.test(reason)
}

type Launched = { readonly server: Postmaster; readonly hold: Hold } | { readonly reason: string }

async function launch(folder: string, binaries: Binaries, as: RunAs): Promise<Launched> {
  const cluster = join(folder, 'cluster')
  const before = readPostmaster(cluster)
  if (before && existsProcess(before.pid) && !isRunning(cluster, before)) disownNamesake(cluster)
  const reused = before && isPrivate(before.socketFolder, as) ? before.socketFolder : undefined
  const socketFolder = reused ?? makeSocketFolder(as)
  const log = join(folder, 'server.log')
  const read = openLog(log)
  const child = spawnServer({ folder, binaries, as, socketFolder })
  const fate: { over: boolean; reason?: string } = { over: false }
  child.once('error', (error) => Object.assign(fate, { over: true, reason: error.message }))
  child.once('exit', () => (fate.over = true))
  while (!fate.over) {
    await sleep(10)
    const server = readPostmaster(cluster)
    if (server?.pid !== child.pid || server === undefined) continue
    const answer = await holdServer(server)
    if ('hold' in answer) return { server, hold: answer.hold }
  }
  if (reused === undefined) rmSync(socketFolder, { recursive: true, force: true })
  return { reason: fate.reason ?? lastFatal(log, read) }
}

interface ServerCommand {
  readonly folder: string
  readonly binaries: Binaries
  readonly as: RunAs
  readonly socketFolder: string
}

function spawnServer({ folder, binaries, as, socketFolder }: ServerCommand): ChildProcess {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port: '5432',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [command = '', ...prefix] = [...as.prefix, binaries.postgres]
  const log = openSync(join(folder, 'server.log'), 'a', 0o600)
  // Its own session: Ctrl-C in the terminal reaches us, not the database under us.
  const child = spawn(command, [...prefix, '-D', join(folder, 'cluster'), ...flags], {
    ...as.options,
    cwd: join(folder, 'cluster'),
    env: programEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
  })
  child.unref()
  closeSync(log)
  return child
}

const LOG_LIMIT = 10 * 1024 * 1024

/** Begins a new log when the old one is long; answers how many bytes of it are of earlier runs. */
function openLog(file: string): number {
  const size = existsSync(file) ? statSync(file).size : 0
  if (size <= LOG_LIMIT) return size
  renameSync(file, `${file}.1`)
  return 0
}

function lastFatal(log: string, from: number): string {
  const lines = readFileSync(log).subarray(from).toString().trimEnd().split('\n')
  const line = lines.findLast((entry) => entry.includes('FATAL')) ?? lines.at(-1) ?? ''
  return line.replace(/^.*FATAL:\s*/, '')
}

const SOCKET_PREFIX = 'suanquan-'

/** Longest folder name whose socket still fits into a unix address: 103 bytes on macOS, 107 on Linux. */
const SOCKET_FOLDER_LIMIT = 103 - '/.s.PGSQL.5432'.length

function makeSocketFolder(as: RunAs): string {
  const candidates = [tmpdir(), '/tmp'].filter(
    (folder) =>
      Buffer.byteLength(join(folder, `${SOCKET_PREFIX}XXXXXX`)) <= SOCKET_FOLDER_LIMIT &&
      /^[\w./-]+$/.test(folder),
  )
  for (const candidate of candidates) {
    try {
      const folder = mkdtempSync(join(candidate, SOCKET_PREFIX))
      if (as.owner) chownSync(folder, as.owner.uid, as.owner.gid)
      return folder
    } catch {
      continue
    }
  }
  throw new LauncherRefusal('launcher.no_socket_folder', { folder: tmpdir() })
}

/** Whether the folder of an earlier run is still there and was not put there by somebody else meanwhile. */
function isPrivate(folder: string, as: RunAs): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  const owner = as.owner?.uid ?? process.getuid?.()
  return found !== undefined && found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0
}

interface Held {
  readonly hold: Hold
  readonly attached: boolean
}

function running(cluster: string, server: Postmaster, { hold, attached }: Held): RunningPostgres {
  const { socketFolder, port } = server
  return {
    socketFolder,
    port,
    user: SUPERUSER,
    attached,
    stop: () => hold.release(() => shutDown(cluster, server)),
  }
}

/** Fast shutdown: sessions end, everything is written; without an answer for half a minute an immediate one. */
async function shutDown(cluster: string, server: Postmaster): Promise<void> {
  process.kill(server.pid, 'SIGINT')
  const started = Date.now()
  while (isRunning(cluster, server)) {
    await sleep(5)
    if (Date.now() - started > 30_000) process.kill(server.pid, 'SIGQUIT')
  }
  if (basename(server.socketFolder).startsWith(SOCKET_PREFIX)) {
    rmSync(server.socketFolder, { recursive: true, force: true })
  }
}
