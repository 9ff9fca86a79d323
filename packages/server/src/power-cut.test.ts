// The power is cut under a working city: server and PostgreSQL stand still, and what nobody forced to their disks is gone.
// Whatever was acknowledged is there afterwards: cases, vouchers, uploads, seals and the key that signed them. A server that
// does not force out the folder of its key and a database that acknowledges too early are noticed. Two file systems of our
// own; needs root and SUANQUAN_FULL=1.
import { seededRandom } from '@suanquan/core'
import {
  embeddedStore,
  faultyCity,
  loopDisk,
  missingForLoopDisks,
  must,
  pdf,
  persistence,
  serverProgram,
  signal,
  type FaultyCity,
  type PlantedBug,
} from '@suanquan/testkit'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect, sql } from './index.ts'

const full = process.env['SUANQUAN_FULL'] === '1'
const missing = full ? missingForLoopDisks() : { missing: 'SUANQUAN_FULL=1 runs it' }
const skipped = missing === null ? '' : ` (skipped: ${missing.missing})`
const keyFolderUnsynced: PlantedBug = {
  file: 'signing/key-file.ts',
  from: '    syncFolder(dirname(file))\n    syncFolder(dirname(dirname(file)))\n',
  to: '',
}

test.skipIf(missing !== null)(
  `after a power cut what was acknowledged is there${skipped}`,
  async () => {
    const { differences, times } = await cutPower({ cuts: 12 })
    expect(differences).toEqual([])
    const sorted = times.toSorted((left, right) => left - right)
    process.stdout.write(
      `${times.length} power cuts, until an act begun after it was acknowledged: ${sorted[sorted.length >> 1]} ms, ` +
        `at most ${sorted.at(-1)} ms\n`,
    )
  },
  600_000,
)

test.skipIf(missing !== null)(
  `a key whose folder is not forced to the disk is noticed${skipped}`,
  async () => {
    const { differences } = await cutPower({ cuts: 1, bugs: [keyFolderUnsynced] })
    expect(differences).toEqual([expect.stringContaining('nobody who vouches for it')])
  },
  300_000,
)

test.skipIf(missing !== null)(
  `a database that acknowledges before it has written is noticed${skipped}`,
  async () => {
    const { differences } = await cutPower({ cuts: 6, tooEarly: true })
    expect(differences.join()).toMatch(/acknowledged|application\.|request\.not_found|no final answer/)
  },
  300_000,
)

interface Cuts {
  readonly cuts: number
  readonly bugs?: readonly PlantedBug[]
  /** PostgreSQL acknowledges what is still to be written */
  readonly tooEarly?: boolean
}

async function cutPower({
  cuts,
  bugs = [],
  tooEarly = false,
}: Cuts): Promise<{ readonly differences: readonly string[]; readonly times: readonly number[] }> {
  const program = await serverProgram(...bugs)
  const [ofDatabase, ofServer] = [loopDisk(768), loopDisk(64)]
  const store = await embeddedStore(ofDatabase.folder)
  const world = await faultyCity(program.path, { store, dataBelow: ofServer.folder, patienceMs: 60_000 })
  const { load, server } = world
  const random = seededRandom('power')
  const cut = async (): Promise<number> => {
    // who stands still begins nobody any more
    signal([server.pid(), ...store.processes().slice(0, 1)], 'SIGSTOP')
    const all = [server.pid(), ...store.processes()]
    signal(all, 'SIGSTOP')
    for (const disk of [ofDatabase, ofServer]) disk.cut()
    const downMs = await server.kill(async () => {
      signal(all, 'SIGKILL')
      for (const disk of [ofDatabase, ofServer]) disk.restore()
      await store.start()
    })
    return downMs + (await load.progress(1))
  }
  const times: number[] = []
  try {
    if (tooEarly) await acknowledgeEarly(store.direct)
    load.start(4)
    await load.progress(4)
    // The first signing makes the key. Nothing else reaches the server's disk, which would take the key's folder along.
    await server.tick()
    times.push(await cut())
    const uploads = cuts > 1 ? uploadTo(world) : null
    while (times.length < cuts) {
      await load.progress(2)
      await new Promise((done) => setTimeout(done, random.int(400)))
      times.push(await cut())
    }
    await load.stop()
    // a seal a day later: who signs now must be who signed before
    await server.restart({ at: Date.parse('2024-05-09T02:00:00Z'), since: Date.now() })
    await server.tick()
    return { differences: [...(await load.differences()), ...((await uploads?.lost()) ?? [])], times }
  } catch (error) {
    return { differences: [String(error)], times }
  } finally {
    await load.stop().catch(() => undefined)
    await world.stop()
    for (const disk of [ofDatabase, ofServer]) disk.remove()
    program.remove()
  }
}

async function acknowledgeEarly(address: Parameters<typeof connect>[0]): Promise<void> {
  const owner = connect({ ...address, connections: 1 })
  await sql`alter system set synchronous_commit = off`.execute(owner.kysely)
  await sql`alter system set wal_writer_delay = '10s'`.execute(owner.kysely)
  await sql`select pg_reload_conf()`.execute(owner.kysely)
  await owner.close()
}

/** One upload after another, each of its own content. */
function uploadTo({ city }: FaultyCity): { readonly lost: () => Promise<string[]> } {
  const { until } = persistence(60_000)
  const query = { kind: 'compute_contract' as const, organisationId: city.firm.id }
  const kept: Uint8Array[] = []
  let over = false
  const uploading = (async () => {
    for (let number = 0; !over; number++) {
      const bytes = pdf(`upload ${number}`)
      const file = { name: 'contract.pdf', mediaType: 'application/pdf', bytes }
      const key = `upload-before-a-cut-${number}`
      must(await until(() => city.as('clerk').uploadAttachment({ key, query, file })))
      kept.push(bytes)
    }
  })()
  return {
    lost: async () => {
      over = true
      await uploading
      expect(kept.length).toBeGreaterThan(0)
      const there = kept.map(async (bytes) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        const place = join(city.server.world.dataFolder, 'files', sha256.slice(0, 2), sha256)
        const stored = await readFile(place).catch(() => new Uint8Array())
        return Buffer.compare(stored, bytes) === 0 ? [] : [`the upload ${sha256} is gone`]
      })
      return (await Promise.all(there)).flat()
    },
  }
}
