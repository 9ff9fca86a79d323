// Where a faulty city keeps its data: one PostgreSQL out of npm, or three machines under Patroni. The city itself reaches
// it directly, its server through a network that tears.
import { connect, sql, startPostgres, type Address } from '@suanquan/server'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killPostgres } from './faults.ts'
import { clusterFaults, patroniCluster, type ClusterFault, type Mend } from './patroni-cluster.ts'
import { postgresIn } from './processes.ts'
import { tornNetwork, type TornNetwork } from './proxy.ts'
import { testPostgresVersion } from './test-database.ts'
import type { PatroniPrograms } from './system-programs.ts'

/** For how many milliseconds something was away, and how what is still broken is mended. */
export interface Broken {
  readonly downMs: number
  readonly mend?: Mend
}

export interface FaultyStore {
  readonly direct: Address
  readonly torn: Address
  /** between server and database */
  readonly back: Pick<TornNetwork, 'reset' | 'silence' | 'delay' | 'stop'>
  /** by name: what can be broken of it */
  readonly faults: Readonly<Record<string, () => Promise<Broken>>>
  readonly stop: () => Promise<void>
}

export interface EmbeddedStore extends FaultyStore {
  /** PostgreSQL's processes at this moment */
  readonly processes: () => readonly number[]
  /** after they were killed */
  readonly start: () => Promise<void>
}

const DATABASE = 'faults'

/** @param disk where its files are; a folder of its own when left out */
export async function embeddedStore(disk?: string): Promise<EmbeddedStore> {
  const folder = mkdtempSync(join(disk ?? tmpdir(), 'suanquan-faults-'))
  let postgres = await startPostgres({ folder, version: testPostgresVersion() })
  const { socketFolder, port, user } = postgres
  const direct = { host: socketFolder, port, user, database: DATABASE }
  await makeDatabase({ ...direct, database: 'postgres' })
  const back = await tornNetwork(join(socketFolder, `.s.PGSQL.${port}`))
  const start = async (): Promise<void> => void (postgres = await startPostgres({ folder }))
  return {
    processes: () => postgresIn(join(folder, 'cluster')),
    start,
    direct,
    torn: { host: '127.0.0.1', port: back.port, user, database: DATABASE },
    back,
    faults: {
      'kill -9 of PostgreSQL': async () => {
        const died = Date.now()
        killPostgres(folder)
        await start()
        return { downMs: Date.now() - died }
      },
    },
    stop: async () => {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function patroniStore(programs: PatroniPrograms): Promise<FaultyStore> {
  const cluster = await patroniCluster(programs)
  const backs = await Promise.all(cluster.ports.map((port) => tornNetwork(port)))
  const urlOf = (ports: readonly number[], database = DATABASE): string =>
    `postgres://postgres@${ports.map((port) => `127.0.0.1:${port}`).join(',')}/${database}`
  await makeDatabase({ url: urlOf(cluster.ports, 'postgres') })
  const each = (act: (network: TornNetwork) => void) => (): void => backs.forEach(act)
  const faults = (Object.keys(clusterFaults) as ClusterFault[]).map((name) => {
    const suffer = async (): Promise<Broken> => {
      const began = Date.now()
      const mend = await cluster.faults[name]()
      return { downMs: Date.now() - began, mend }
    }
    return [clusterFaults[name], suffer] as const
  })
  return {
    direct: { url: urlOf(cluster.ports) },
    torn: { url: urlOf(backs.map(({ port }) => port)) },
    back: {
      reset: each((network) => network.reset()),
      silence: each((network) => network.silence()),
      delay: (late) => backs.forEach((network) => network.delay(late)),
      stop: async () => void (await Promise.all(backs.map((network) => network.stop()))),
    },
    faults: Object.fromEntries(faults),
    stop: cluster.stop,
  }
}

async function makeDatabase(address: Address): Promise<void> {
  const admin = connect({ ...address, connections: 1 })
  await sql.raw(`create database ${DATABASE}`).execute(admin.kysely)
  await admin.close()
}
