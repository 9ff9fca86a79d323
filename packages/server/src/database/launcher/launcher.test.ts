// The launcher against real servers. What needs root (another user, a full disk) says so where it cannot be tried.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import pg from 'pg'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { findBinaries } from './binaries.ts'
import { startPostgres, type RunningPostgres } from './index.ts'

const isRoot = process.getuid?.() === 0
// In memory where that is at hand: initdb writes and syncs a thousand files.
const scratch = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'launcher-test-'))
const template = join(scratch, 'template')
const started: RunningPostgres[] = []

/** A new folder with a ready cluster: copying one is faster than making one. */
function readyFolder(name: string): string {
  const folder = join(scratch, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  cpSync(join(template, 'cluster'), join(folder, 'cluster'), { recursive: true, preserveTimestamps: true })
  return folder
}

async function start(options: Parameters<typeof startPostgres>[0]): Promise<RunningPostgres> {
  const running = await startPostgres(options)
  started.push(running)
  return running
}

async function ask(server: RunningPostgres, sql: string): Promise<unknown> {
  const client = new pg.Client({
    host: server.socketFolder,
    port: server.port,
    user: server.user,
    database: 'postgres',
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<{ answer: unknown }>(`select (${sql}) as answer`)).rows[0]?.answer
  } finally {
    await client.end()
  }
}

async function withEnvironment(
  changes: Readonly<Record<string, string>>,
  work: () => Promise<void>,
): Promise<void> {
  const before = { ...process.env }
  Object.assign(process.env, changes)
  await work().finally(() => {
    for (const name of Object.keys(changes)) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  })
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })
}

/** A clean end removes the pid file. */
function isOver(folder: string): boolean {
  return !existsSync(join(folder, 'cluster', 'postmaster.pid'))
}

function postmasterPid(folder: string): number {
  return Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
}

// Node cannot run the TypeScript sources by itself: the other process runs a bundle of them.
const here = dirname(fileURLToPath(import.meta.url))
const bundle = join(here, '../../../../../.cache', `launcher-test-${process.pid}`)
const otherProgram = join(bundle, 'other.js')

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['source'] },
    ssr: { noExternal: [/^@suanquan/], resolve: { conditions: ['source'] } },
    build: { ssr: join(here, 'index.ts'), outDir: bundle, minify: false },
  })
  writeFileSync(
    otherProgram,
    `import { startPostgres } from './index.js'
    await startPostgres({ folder: process.argv[2] })
    console.log('started')
    setInterval(() => undefined, 1000)`,
  )
  chmodSync(scratch, 0o755)
  await (await startPostgres({ folder: template })).stop()
})

afterAll(async () => {
  for (const running of started) await running.stop()
  rmSync(scratch, { recursive: true, force: true })
  rmSync(bundle, { recursive: true, force: true })
})

const stranger = { uid: 65_534, gid: 65_534 }

/** Whether a plain user can reach this clone at all: not when it lies in root's own folder. */
function canRead(user: { uid: number; gid: number }): boolean {
  return spawnSync('test', ['-r', fileURLToPath(import.meta.url)], user).status === 0
}

describe.each([15, 18] as const)('PostgreSQL %i', (version) => {
  test('a new database has checksums, fsync, UTF-8, no TCP, private folders and no password file', async () => {
    const folder = join(scratch, `new-${version}`)
    const server = await start({ folder, version })
    expect(server.attached).toBe(false)
    expect(await ask(server, `current_setting('server_version_num')::int / 10000`)).toBe(version)
    const settings = `select string_agg(name || '=' || setting, ' ' order by name) from pg_settings where name in ('data_checksums', 'fsync', 'listen_addresses', 'server_encoding')`
    expect(await ask(server, settings)).toBe(
      'data_checksums=on fsync=on listen_addresses= server_encoding=UTF8',
    )
    expect(await ask(server, `select datcollate from pg_database where datname = 'postgres'`)).toBe('C.UTF-8')
    for (const path of [folder, join(folder, 'cluster'), server.socketFolder]) {
      expect(statSync(path).mode & 0o777).toBe(0o700)
    }
    expect(readdirSync(folder).toSorted()).toEqual(['cluster', 'libraries', 'server.log'])
    await server.stop()
    expect(existsSync(server.socketFolder)).toBe(false)
  })

  test('a second caller attaches, and the last who lets go stops the server', async () => {
    const folder = join(scratch, `new-${version}`)
    const first = await start({ folder })
    const second = await start({ folder })
    expect([first.attached, second.attached]).toEqual([false, true])
    expect(second.socketFolder).toBe(first.socketFolder)
    await first.stop()
    expect(await ask(second, '1')).toBe(1)
    await second.stop()
    await second.stop()
    expect(isOver(folder)).toBe(true)
  })
})

test('two callers at once on a new folder share one server', async () => {
  const folder = join(scratch, 'both')
  const servers = await Promise.all([start({ folder }), start({ folder })])
  expect(servers.map((server) => server.attached).toSorted()).toEqual([false, true])
  expect(new Set(servers.map((server) => server.socketFolder)).size).toBe(1)
  expect(readdirSync(folder).filter((entry) => entry.includes('draft'))).toEqual([])
  await Promise.all(servers.map((server) => server.stop()))
  expect(isOver(folder)).toBe(true)
})

test('a long path with blanks and Chinese works, also below a long folder for temporary files', async () => {
  const folder = readyFolder(`城市 数据/${'很长的目录名'.repeat(9)}/it's a "quoted" $name:with;signs`)
  await withEnvironment({ TMPDIR: folder }, async () => {
    const server = await start({ folder })
    expect(await ask(server, '40 + 2')).toBe(42)
    await server.stop()
  })
})

test('after kill -9 of the database it starts again under the same address with what was committed', async () => {
  const folder = readyFolder('killed')
  const before = await start({ folder })
  await ask(before, '1')
  const client = new pg.Client({
    host: before.socketFolder,
    port: before.port,
    user: before.user,
    database: 'postgres',
  })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('create table kept (n int); insert into kept values (7)')
  process.kill(postmasterPid(folder), 'SIGKILL')
  const after = await start({ folder })
  expect(after.attached).toBe(false)
  expect(after.socketFolder).toBe(before.socketFolder)
  expect(await ask(after, 'select n from kept')).toBe(7)
  await before.stop()
  expect(await ask(after, 'select n from kept')).toBe(7)
  await after.stop()
})

test('a crash of one connection ends all of them, yet the server stays held', async () => {
  const folder = readyFolder('crash')
  const [first, second] = [await start({ folder }), await start({ folder })]
  const before = (await ask(first, holderPids)) as number[]
  process.kill(before[0]!, 'SIGKILL')
  await expect.poll(() => heldAnew(first, before), { timeout: 60_000 }).toBe(2)
  await first.stop()
  expect(await ask(second, '1')).toBe(1)
  await second.stop()
})

test('who lets go while the server recovers from a crash leaves it to the others, and the last one stops it', async () => {
  const folder = readyFolder('crash-and-stop')
  const [first, second] = [await start({ folder }), await start({ folder })]
  const before = (await ask(first, holderPids)) as number[]
  process.kill(before[0]!, 'SIGKILL')
  await first.stop()
  await expect.poll(() => heldAnew(second, before), { timeout: 60_000 }).toBe(1)
  const [last] = (await ask(second, holderPids)) as number[]
  process.kill(last!, 'SIGKILL')
  await second.stop()
  expect(isOver(folder)).toBe(true)
})

const holderPids = `select array_agg(pid) from pg_locks where locktype = 'advisory' and granted`

/** How many hold the server by connections that were made after the crash. */
async function heldAnew(server: RunningPostgres, before: readonly number[]): Promise<number | string> {
  const pids = (await ask(server, holderPids).catch(() => undefined)) as number[] | null | undefined
  return pids?.filter((pid) => !before.includes(pid)).length ?? 'restarting'
}

const holders = `select count(*)::int from pg_locks where locktype = 'advisory' and granted`

test('a stale pid file whose number now belongs to another process does not stand in the way', async () => {
  const folder = readyFolder('namesake')
  const before = await start({ folder })
  const file = join(folder, 'cluster', 'postmaster.pid')
  const left = readFileSync(file, 'utf8')
  await before.stop()
  writeFileSync(file, left.replace(/^\d+/, String(process.ppid)))
  const after = await start({ folder })
  expect(after.attached).toBe(false)
  expect(await ask(after, '1')).toBe(1)
  await after.stop()
})

test('beside the orphan of a killed parent the next caller attaches and ends it', async () => {
  const folder = readyFolder('orphan')
  const parent = await startElsewhere(folder)
  await kill(parent)
  const server = await start({ folder })
  expect(server.attached).toBe(true)
  await expect.poll(() => ask(server, holders)).toBe(1)
  await server.stop()
  expect(isOver(folder)).toBe(true)
})

test('a copy whose folders others may read is made private and starts', async () => {
  const folder = readyFolder('copied')
  for (const path of [folder, join(folder, 'cluster')]) chmodSync(path, 0o755)
  await (await start({ folder })).stop()
  for (const path of [folder, join(folder, 'cluster')]) expect(statSync(path).mode & 0o777).toBe(0o700)
})

test('the leftovers of an initdb that was killed are removed', async () => {
  const folder = readyFolder('leftovers')
  mkdirSync(join(folder, 'cluster.draft-999999999-1'))
  await (await start({ folder })).stop()
  expect(readdirSync(folder).toSorted()).toEqual(['cluster', 'libraries', 'server.log'])
})

test('a folder of another major version is refused in one sentence', async () => {
  const asked = startPostgres({ folder: readyFolder('version'), version: 15 })
  await expect(asked).rejects.toThrow(/holds a PostgreSQL 18 database and 15 was to open it/)
})

test('a folder of a version nobody has here is refused in one sentence', async () => {
  const folder = readyFolder('future')
  writeFileSync(join(folder, 'cluster', 'PG_VERSION'), '19\n')
  await expect(startPostgres({ folder })).rejects.toThrow(
    /holds a PostgreSQL 19 database and 18 was to open it/,
  )
})

test('where npm brings no binaries of a version, those on PATH serve; else one sentence says what to do', async () => {
  const bin = join(scratch, 'system')
  mkdirSync(bin)
  for (const name of ['postgres', 'initdb']) {
    writeFileSync(join(bin, name), '#!/bin/sh\necho "postgres (PostgreSQL) 17.2 (Debian 17.2-1)"\n', {
      mode: 0o755,
    })
  }
  await withEnvironment({ PATH: `/nonexistent:${bin}` }, async () => {
    expect(findBinaries(17)).toMatchObject({ version: 17, postgres: join(bin, 'postgres') })
    expect(findBinaries().version).toBe(18)
  })
  expect(() => findBinaries(14)).toThrow(/there is no PostgreSQL 14 for this machine .* DATABASE_URL/)
})

test('a damaged cluster is refused with what the server says', async () => {
  const folder = readyFolder('damaged')
  rmSync(join(folder, 'cluster', 'global', 'pg_control'))
  await expect(startPostgres({ folder })).rejects.toThrow(/does not start: .*pg_control/)
})

test('a file in the place of the folder is refused in one sentence', async () => {
  const file = join(scratch, 'file')
  writeFileSync(file, '')
  await expect(startPostgres({ folder: file })).rejects.toThrow(/"[^"]*file" is not a folder/)
})

describe.runIf(isRoot && canRead(stranger))('as root, in a clone that others can read (else skipped)', () => {
  test('a plain user starts it, and root attaches to it', async () => {
    const folder = readyFolder('plain')
    spawnSync('chown', ['-R', `${stranger.uid}`, folder])
    const parent = await startElsewhere(folder, stranger)
    expect(statSync(join(folder, 'cluster')).uid).toBe(stranger.uid)
    const attached = await start({ folder })
    expect(attached.attached).toBe(true)
    await kill(parent)
    await expect.poll(() => ask(attached, holders)).toBe(1)
    await attached.stop()
    const again = await start({ folder })
    expect(again.attached).toBe(false)
    await again.stop()
    expect(readdirSync(folder).every((entry) => statSync(join(folder, entry)).uid === stranger.uid)).toBe(
      true,
    )
  })

  test('without user namespaces root drops to another user', async () => {
    const folder = join(scratch, 'no-unshare')
    await withEnvironment({ PATH: '/nonexistent' }, async () => {
      const server = await start({ folder })
      expect(await ask(server, '1')).toBe(1)
      expect(statSync(join(folder, 'cluster')).uid).not.toBe(0)
      await server.stop()
    })
  })

  test('a folder of somebody else and a read-only one are refused in one sentence', async () => {
    const folder = join(scratch, 'closed')
    mkdirSync(folder, { mode: 0o700 })
    await expect(startElsewhere(folder, stranger)).rejects.toThrow(/cannot be written: choose another one/)
  })

  test('a full disk is refused in one sentence and leaves nothing behind', async ({ skip }) => {
    const folder = join(scratch, 'full')
    mkdirSync(folder)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status === 0
    if (!mounted) skip('no right to mount here')
    try {
      await expect(startPostgres({ folder })).rejects.toThrow(/the disk of the data folder .* is full/)
      expect(readdirSync(folder)).toEqual(['libraries'])
    } finally {
      spawnSync('umount', ['-l', folder])
    }
  })
})

/** Starts the database from a process of its own, which then waits to be killed. */
async function startElsewhere(
  folder: string,
  user: { uid?: number; gid?: number } = {},
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [otherProgram, folder], {
    ...user,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  await new Promise<void>((done) => {
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stdout.once('data', () => done())
    child.once('exit', () => done())
  })
  if (child.exitCode !== null) throw new Error(output)
  return child
}
