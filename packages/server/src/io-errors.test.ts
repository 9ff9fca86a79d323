// The disk answers with errors under a working city: on the log, on the data, on what is read and on uploads. What cannot be
// kept is refused with 503 and a code that says why, never with a failure of our own; once the disk is sound again work goes
// on, and nothing that was acknowledged is lost or doubled. Needs root, strace and SUANQUAN_FULL=1.
import {
  embeddedStore,
  faultyCity,
  injectErrors,
  missingForIoErrors,
  must,
  pdf,
  persistence,
  serverProgram,
  signal,
  type EmbeddedStore,
  type FaultyCity,
} from '@suanquan/testkit'
import { expect, test } from 'vitest'
import { connect, sql } from './index.ts'

const full = process.env['SUANQUAN_FULL'] === '1'
const missing = full ? missingForIoErrors() : { missing: 'SUANQUAN_FULL=1 runs it' }
const skipped = missing === null ? '' : ` (skipped: ${missing.missing})`
const ERRORS_FOR_MS = 2_000
const PASSING = ['request.database_away', 'request.disk_failing', 'request.disk_full']

/** Of PostgreSQL's disk: which calls fail, how, and what makes PostgreSQL call them now. */
const faults: readonly (readonly [string, string, string, (store: EmbeddedStore) => Promise<void>])[] = [
  ['the log cannot be forced out', 'fdatasync,fsync', 'EIO:when=3', nothing],
  ['the log or a table has no room', 'pwrite64,pwritev,fallocate', 'ENOSPC:when=4', nothing],
  ['the log or a table cannot be written', 'pwrite64,pwritev', 'EIO:when=5', nothing],
  ['tables cannot be forced out', 'fsync,sync_file_range', 'EIO:when=1', checkpoint],
  ['each second read fails, nothing is in memory', 'pread64,preadv', 'EIO:when=2+2', nothing],
]

test.skipIf(missing !== null)(
  `a disk that fails refuses cleanly and work goes on when it is sound${skipped}`,
  async () => {
    const program = await serverProgram()
    const store = await embeddedStore()
    const world = await faultyCity(program.path, { store, patienceMs: 60_000 })
    const { load } = world
    try {
      load.start(4)
      for (const [name, calls, answer, meanwhile] of [...faults, ...faults]) {
        await load.progress(2)
        if (name.includes('memory')) await restart(store)
        const sound = await injectErrors(store.processes(), calls, answer)
        await Promise.all([meanwhile(store), new Promise((done) => setTimeout(done, ERRORS_FOR_MS))])
        await sound()
        await backAgain(store)
        process.stdout.write(`${name}: an act was acknowledged ${await load.progress(1)} ms after\n`)
      }
      await load.stop()
      expect(await load.differences()).toEqual([])
      const { codes, cases, acts, retries } = load.counts()
      expect(codes.filter((code) => !PASSING.includes(code))).toEqual([])
      process.stdout.write(
        `${cases} cases, ${acts} acts acknowledged once, ${retries} asked again after ${codes.join()}\n`,
      )
      await uploads(world)
    } finally {
      await load.stop().catch(() => undefined)
      await world.stop()
      program.remove()
    }
  },
  600_000,
)

/**
 * PostgreSQL ends where it cannot even recover, and one whose child ended while strace let go of it may wait for good to
 * hear of that; whatever runs it ends it then and starts it again.
 */
async function backAgain(store: EmbeddedStore): Promise<void> {
  for (let tries = 1; ; tries++) {
    if (tries === 100) signal(store.processes(), 'SIGKILL')
    if (store.processes().length === 0) await store.start()
    const owner = connect({ ...store.direct, connections: 1 })
    const answers = await sql`select 1`.execute(owner.kysely).then(
      () => true,
      () => false,
    )
    await owner.close()
    if (answers) return
    await new Promise((done) => setTimeout(done, 100))
  }
}

function nothing(): Promise<void> {
  return Promise.resolve()
}

/** It may end with the database that it runs in. */
async function checkpoint({ direct }: EmbeddedStore): Promise<void> {
  const owner = connect({ ...direct, connections: 1 })
  await sql`checkpoint`.execute(owner.kysely).catch(() => undefined)
  await owner.close()
}

async function restart(store: EmbeddedStore): Promise<void> {
  signal(store.processes(), 'SIGKILL')
  await store.start()
}

/** The server's own disk. */
async function uploads({ city, server }: FaultyCity): Promise<void> {
  const { until, codes } = persistence(60_000)
  const query = { kind: 'compute_contract' as const, organisationId: city.firm.id }
  for (const [calls, errno, code] of [
    ['fsync', 'EIO', 'request.disk_failing'],
    // no room for another file: sockets are written by the same call as a file's content
    ['openat', 'ENOSPC', 'request.disk_full'],
    ['rename', 'EIO', 'request.disk_failing'],
  ] as const) {
    const file = { name: 'contract.pdf', mediaType: 'application/pdf', bytes: pdf(`upload ${calls}`) }
    const ask = () => city.as('clerk').uploadAttachment({ key: `upload-${calls}`, query, file })
    const sound = await injectErrors([server.pid()], calls, errno)
    const refused = await ask()
    await sound()
    expect([calls, refused.ok ? 'done' : refused.problem.code]).toEqual([calls, code])
    must(await until(ask))
  }
  expect([...codes]).toEqual([])
}
