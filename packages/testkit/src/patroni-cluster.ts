// Three machines on loopback as a city would run them: PostgreSQL under Patroni on each, synchronous and strict, so that
// nothing is acknowledged that only one disk has; one etcd decides who leads. Each machine reaches etcd, and is reached by
// the others, through a network of its own that a test cuts. Those who use the database reach all machines all the time:
// a leader that was cut off from the others is still there for them, which is the harder case.
import { spawn, type ChildProcess } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { connect, sql } from '@suanquan/server'
import { freePort } from './free-port.ts'
import { postgresIn, signal } from './processes.ts'
import { tornNetwork, type TornNetwork } from './proxy.ts'
import { postgresUser, type PatroniPrograms } from './system-programs.ts'

/** What was broken is mended by calling it; then the cluster has a leader and two standbys again. */
export type Mend = () => Promise<void>

export interface PatroniCluster {
  /** on which each machine's PostgreSQL listens */
  readonly ports: readonly number[]
  /** each breaks something of whoever leads at that moment, and says how it is mended */
  readonly faults: Readonly<Record<ClusterFault, () => Promise<Mend>>>
  readonly stop: () => Promise<void>
}

export const clusterFaults = {
  killPostgres: 'kill -9 of the leading PostgreSQL',
  killMachine: 'kill -9 of everything on the leading machine',
  killStandby: 'kill -9 of everything on the synchronous standby',
  killEtcd: 'kill -9 of etcd',
  switchOver: 'switchover to the synchronous standby',
  cutOff: 'the leading machine cut off from the others',
  freeze: 'the leading machine frozen and thawed',
} as const satisfies Readonly<Record<string, string>>

export type ClusterFault = keyof typeof clusterFaults

/** Seconds: a machine that is gone is replaced after at most `ttl` and a loop. Production has 30, 10, 10. */
const TIMES = { ttl: 8, loop_wait: 1, retry_timeout: 3 }
const PATIENCE_MS = 90_000

interface Machine {
  readonly name: string
  readonly folder: string
  readonly port: number
  readonly api: number
  readonly toEtcd: TornNetwork
  readonly toPostgres: TornNetwork
  patroni: ChildProcess
}

export async function patroniCluster(programs: PatroniPrograms): Promise<PatroniCluster> {
  const folder = mkdtempSync('/tmp/suanquan-patroni-')
  const as = postgresUser()
  const own = (path: string): string => {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (as !== null) chownSync(path, as.uid, as.gid)
    return path
  }
  own(folder)
  const etcdPort = await freePort()
  const peerPort = await freePort()
  const run = (program: string, args: readonly string[], cwd: string): ChildProcess =>
    spawn(program, args, { ...as, cwd, stdio: 'ignore' })
  const startEtcd = (): ChildProcess =>
    run(programs.etcd, etcdOptions(join(folder, 'etcd'), etcdPort, peerPort), folder)
  let etcd = startEtcd()

  const start = (machine: Omit<Machine, 'patroni'>): ChildProcess => {
    const file = join(machine.folder, 'patroni.yml')
    writeFileSync(file, JSON.stringify(settingsOf(machine, programs.postgres)))
    return run(programs.patroni, [file], machine.folder)
  }
  const machines: Machine[] = []
  for (const name of ['one', 'two', 'three']) {
    const [port, api] = [await freePort(), await freePort()]
    const machine = {
      name,
      folder: own(join(folder, name)),
      port,
      api,
      toEtcd: await tornNetwork(etcdPort),
      toPostgres: await tornNetwork(port),
    }
    machines.push({ ...machine, patroni: start(machine) })
  }
  const whole = (): Promise<void> => until('a leader with two standbys', () => isWhole(machines))
  await whole()

  const leading = async (): Promise<Machine> => {
    const { leader } = await membersOf(machines)
    return machines.find(({ name }) => name === leader)!
  }
  const standby = async (): Promise<Machine> => {
    const { synchronous } = await membersOf(machines)
    return machines.find(({ name }) => name === synchronous)!
  }
  const another = (than: Machine): Promise<void> =>
    until('another leader', async () => {
      const { leader } = await membersOf(machines.filter((each) => each !== than))
      return leader !== undefined && leader !== than.name
    })
  const end = (machine: Machine): void => {
    signal(processesOf(machine), 'SIGKILL')
  }
  const begin = async (machine: Machine): Promise<void> => {
    machine.patroni = start(machine)
    await whole()
  }
  const replaced = async (machine: Machine, restore: () => unknown): Promise<void> => {
    await another(machine)
    await restore()
    await whole()
  }

  return {
    ports: machines.map(({ port }) => port),
    faults: {
      killPostgres: async () => {
        const [, first] = processesOf(await leading())
        signal([first!], 'SIGKILL')
        return whole
      },
      killMachine: async () => {
        const machine = await leading()
        end(machine)
        return () => replaced(machine, () => begin(machine))
      },
      killStandby: async () => {
        const machine = await standby()
        end(machine)
        return () => begin(machine)
      },
      killEtcd: async () => {
        etcd.kill('SIGKILL')
        await once(etcd, 'exit')
        etcd = startEtcd()
        return whole
      },
      switchOver: async () => {
        const { leader, synchronous } = await membersOf(machines)
        const { api } = await leading()
        const body = JSON.stringify({ leader, candidate: synchronous })
        const ask = (): Promise<Response> =>
          fetch(`http://127.0.0.1:${api}/switchover`, { method: 'POST', body })
        await until('a switchover', async () => (await ask()).ok)
        return whole
      },
      cutOff: async () => {
        const machine = await leading()
        const networks = [machine.toEtcd, machine.toPostgres]
        for (const network of networks) network.cut()
        return () => replaced(machine, () => networks.forEach((network) => network.mend()))
      },
      freeze: async () => {
        const machine = await leading()
        const all = processesOf(machine)
        signal(all, 'SIGSTOP')
        return () => replaced(machine, () => signal(all, 'SIGCONT'))
      },
    },
    stop: async () => {
      for (const machine of machines) {
        end(machine)
        await Promise.all([machine.toEtcd.stop(), machine.toPostgres.stop()])
      }
      etcd.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Patroni, and after it PostgreSQL's first process and the others. */
function processesOf({ patroni, folder }: Machine): readonly number[] {
  return [patroni.pid!, ...postgresIn(join(folder, 'data'))]
}

function etcdOptions(data: string, port: number, peer: number): string[] {
  const [client, peers] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peer}`]
  const options = {
    name: 'etcd',
    'data-dir': data,
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peers,
    'initial-advertise-peer-urls': peers,
    'initial-cluster': `etcd=${peers}`,
  }
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`)
}

/** JSON is YAML. */
function settingsOf(machine: Omit<Machine, 'patroni'>, programs: string): object {
  const { name, folder, port, api, toEtcd, toPostgres } = machine
  return {
    scope: 'suanquan',
    name,
    restapi: { listen: `127.0.0.1:${api}`, connect_address: `127.0.0.1:${api}` },
    // else it asks etcd for its address and goes round the network that a test cuts
    etcd3: { hosts: [`127.0.0.1:${toEtcd.port}`], use_proxies: true },
    bootstrap: {
      dcs: {
        ...TIMES,
        primary_start_timeout: 30,
        synchronous_mode: true,
        synchronous_mode_strict: true,
        postgresql: {
          use_pg_rewind: true,
          parameters: { max_connections: 100, wal_keep_size: '256MB', hot_standby: 'on' },
        },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${toPostgres.port}`,
      data_dir: join(folder, 'data'),
      bin_dir: programs,
      pgpass: join(folder, 'pgpass'),
      authentication: {
        superuser: { username: 'postgres' },
        replication: { username: 'postgres' },
        rewind: { username: 'postgres' },
      },
      parameters: { unix_socket_directories: folder },
      pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust'],
      remove_data_directory_on_rewind_failure: true,
      remove_data_directory_on_diverged_timelines: true,
    },
  }
}

interface Members {
  readonly leader?: string | undefined
  readonly synchronous?: string | undefined
  readonly streaming: number
}

interface Member {
  readonly name: string
  readonly role: string
  readonly state: string
}

/** As any of the machines that answers knows it. */
async function membersOf(machines: readonly Machine[]): Promise<Members> {
  const answers = machines.map(async ({ api }) => {
    const answer = await fetch(`http://127.0.0.1:${api}/cluster`, { signal: AbortSignal.timeout(2_000) })
    return (await answer.json()) as { readonly members: readonly Member[] }
  })
  const { members } = await Promise.any(answers).catch(() => ({ members: [] as Member[] }))
  const named = (role: string): Member | undefined => members.find((member) => member.role === role)
  const standbys = members.filter(({ role }) => role !== 'leader')
  return {
    leader: named('leader')?.name,
    synchronous: named('sync_standby')?.name,
    streaming: standbys.filter(({ state }) => state === 'running' || state === 'streaming').length,
  }
}

/** As Patroni knows it, and as the leading PostgreSQL itself says at that moment. */
async function isWhole(machines: readonly Machine[]): Promise<boolean> {
  const { leader, synchronous, streaming } = await membersOf(machines)
  if (leader === undefined || synchronous === undefined || streaming < machines.length - 1) return false
  const { port } = machines.find(({ name }) => name === leader)!
  const database = connect({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    database: 'postgres',
    connections: 1,
  })
  try {
    const { rows } = await sql<{ standby: boolean; streaming: bigint; synchronous: bigint }>`
      select pg_is_in_recovery() as standby, count(*) filter (where state = 'streaming') as streaming,
        count(*) filter (where sync_state = 'sync') as synchronous from pg_stat_replication`.execute(
      database.kysely,
    )
    const [now] = rows
    return !now!.standby && now!.streaming === BigInt(machines.length - 1) && now!.synchronous === 1n
  } catch {
    return false
  } finally {
    await database.close()
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const started = Date.now(); !(await holds());) {
    if (Date.now() - started > PATIENCE_MS) throw new Error(`Patroni has not come to ${what}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}
