// The folder of an embedded database and how it comes to be:
//   cluster/      PostgreSQL's own files, made by initdb in a folder beside it and renamed when whole, so that two
//                 callers at once and a kill half-way leave either nothing or a complete cluster
//   libraries/    links to the shared libraries, found by the programs through a path relative to cluster/
//   server.log    what the server says
import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'

import type { Binaries } from './binaries.ts'
import { LauncherRefusal } from './refusals.ts'
import type { RunAs } from './run-as.ts'

/** The database's superuser. Only who can enter the private socket folder can connect at all. */
export const SUPERUSER = 'postgres'

/** Makes the folder private and returns its real path; refuses where nothing can be written. */
export function openFolder(folder: string): string {
  const path = resolve(folder)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const probe = join(path, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700)
    return realpathSync(path)
  } catch (error) {
    throw folderRefusal(path, error)
  }
}

/** The major version of the cluster in a folder, undefined while there is none. */
export function clusterVersion(folder: string): number | undefined {
  const file = join(folder, 'cluster', 'PG_VERSION')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined
}

/** Who owns the cluster, undefined while there is none. */
export function clusterOwner(folder: string): { uid: number; gid: number } | undefined {
  const cluster = join(folder, 'cluster')
  return existsSync(cluster) ? lstatSync(cluster) : undefined
}

/** Makes the library links, and the cluster if there is none yet. */
export async function prepareCluster(folder: string, binaries: Binaries, as: RunAs): Promise<void> {
  try {
    linkLibraries(join(folder, 'libraries'), binaries.links)
    removeLeftovers(folder)
    // PostgreSQL starts only on a private folder; a copy of one often is not.
    if (existsSync(join(folder, 'cluster'))) chmodSync(join(folder, 'cluster'), 0o700)
    if (as.owner) chownSync(folder, as.owner.uid, as.owner.gid)
  } catch (error) {
    throw folderRefusal(folder, error)
  }
  if (clusterVersion(folder) === undefined) await initialise(folder, binaries, as)
}

/** Environment of the programs: PostgreSQL's working folder is always cluster/, so the relative path holds. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const libraries = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  const { PATH, HOME, TZ } = process.env
  return { PATH, HOME, TZ, LC_ALL: 'C', [libraries]: '../libraries' }
}

async function initialise(folder: string, binaries: Binaries, as: RunAs): Promise<void> {
  const draft = join(folder, `${DRAFT}${process.pid}-${process.hrtime.bigint()}`)
  mkdirSync(draft, { mode: 0o700 })
  if (as.owner) chownSync(draft, as.owner.uid, as.owner.gid)
  try {
    const output = await runInitdb(draft, binaries, as)
    if (output !== undefined) throw folderRefusal(folder, new Error(output))
    writeFileSync(
      join(draft, 'pg_hba.conf'),
      '# Only the unix socket, in a folder only its owner can enter.\nlocal all all trust\n',
    )
    renameSync(draft, join(folder, 'cluster'))
  } catch (error) {
    // Someone else finished first: theirs counts.
    if (clusterVersion(folder) === undefined) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Runs initdb; answers its last line when it failed. */
function runInitdb(draft: string, binaries: Binaries, as: RunAs): Promise<string | undefined> {
  const [command = '', ...prefix] = [...as.prefix, binaries.initdb]
  const flags = [
    '--data-checksums',
    '--locale=C.UTF-8',
    '-E',
    'UTF8',
    '-U',
    SUPERUSER,
    '-A',
    'trust',
    '-D',
    draft,
  ]
  return new Promise((done) => {
    const child = spawn(command, [...prefix, ...flags], {
      ...as.options,
      cwd: draft,
      env: programEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', (error) => done(error.message))
    child.on('close', (code) => done(code === 0 ? undefined : initdbReason(output)))
  })
}

function initdbReason(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return lines.find((line) => /error|fatal|could not|cannot/i.test(line)) ?? lines.at(-1) ?? 'initdb failed'
}

function linkLibraries(folder: string, links: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  for (const [name, library] of links) {
    const link = join(folder, name)
    if (readLink(link) === library) continue
    const draft = `${link}.${process.pid}`
    rmSync(draft, { force: true })
    symlinkSync(library, draft)
    renameSync(draft, link)
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

const DRAFT = 'cluster.draft-'

/** Removes what an initdb left that was killed half-way: its process is gone. */
function removeLeftovers(folder: string): void {
  for (const entry of readdirSync(folder)) {
    if (!entry.startsWith(DRAFT)) continue
    const pid = Number.parseInt(entry.slice(DRAFT.length), 10)
    if (!existsProcess(pid)) rmSync(join(folder, entry), { recursive: true, force: true })
  }
}

export function existsProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function folderRefusal(folder: string, error: unknown): LauncherRefusal {
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof LauncherRefusal) return error
  if (/ENOSPC|EDQUOT|No space left|quota exceeded/i.test(reason))
    return new LauncherRefusal('launcher.folder_full', { folder })
  if (/EACCES|EPERM|EROFS|Permission denied|Read-only/i.test(reason)) {
    return new LauncherRefusal('launcher.folder_not_writable', { folder })
  }
  if (/EEXIST|ENOTDIR/.test(reason)) return new LauncherRefusal('launcher.not_a_folder', { folder })
  return new LauncherRefusal('launcher.cannot_start', { folder, reason })
}
