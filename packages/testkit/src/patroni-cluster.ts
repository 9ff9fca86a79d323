// Three machines on loopback as a city would run them: PostgreSQL under Patroni on each, synchronous and strict, so that
// nothing is acknowledged that only one disk has; one etcd decides who leads. Each machine reaches etcd, and is reached by
// the others, through a network of its own that a test cuts. Those who use the database reach all machines all the time:
// a leader that was cut off from the others is still there for them, which is the harder case.
import { spawn, type ChildProcess } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

interface Running {
  readonly machines: readonly Machine[]
  readonly start: (machine: Omit<Machine, 'patroni'>) => ChildProcess
  readonly killEtcd: () => Promise<void>
  readonly startEtcd: () => void
  /** waits for a leader with two standbys */
  readonly whole: () => Promise<void>
}

export async function patroniCluster(programs: PatroniPrograms): Promise<PatroniCluster> {
  const folder = mkdtempSync('/tmp/suanquan-patroni-')
  const running = await startMachines(programs, folder)
  const { machines, killEtcd, whole } = running
  await whole()
  return {
    ports: machines.map(({ port }) => port),
    faults: { ...faultsOfOne(running), ...faultsOfMachines(running) },
    stop: async () => {
      for (const machine of machines) {
        signal(processesOf(machine), 'SIGKILL')
        await Promise.all([machine.toEtcd.stop(), machine.toPostgres.stop()])
      }
      await killEtcd()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function startMachines(programs: PatroniPrograms, folder: string): Promise<Running> {
  const as = postgresUser()
  const own = (path: string): string => {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (as !== null) chownSync(path, as.uid, as.gid)
    return path
  }
  own(folder)
  const [etcdPort, peerPort] = [await freePort(), await freePort()]
  const run = (program: string, args: readonly string[], cwd: string): ChildProcess =>
    spawn(program, args, { ...as, cwd, stdio: ['ignore', log(cwd), log(cwd)] })
  const runEtcd = (): ChildProcess =>
    run(programs.etcd, etcdOptions(join(folder, 'etcd'), etcdPort, peerPort), folder)
  let etcd = runEtcd()
  const start = (machine: Omit<Machine, 'patroni'>): ChildProcess => {
    const file = join(machine.folder, 'patroni.yml')
    writeFileSync(file, JSON.stringify(settingsOf(machine, programs.postgres)))
    return run(programs.patroni, [file], machine.folder)
  }
  const machines: Machine[] = []
  for (const name of ['one', 'two', 'three']) {
    const [port, api] = [await freePort(), await freePort()]
    const networks = { toEtcd: await tornNetwork(etcdPort), toPostgres: await tornNetwork(port) }
    const machine = { name, folder: own(join(folder, name)), port, api, ...networks }
    machines.push({ ...machine, patroni: start(machine) })
  }
  return {
    machines,
    start,
    killEtcd: async () => {
      const ended = once(etcd, 'exit')
      etcd.kill('SIGKILL')
      await ended
    },
    startEtcd: () => void (etcd = runEtcd()),
    whole: () =>
      until('a leader with two standbys', () => isWhole(machines)).catch((error: Error) => {
        const logs = machines.map((machine) => `${machine.name}:\n${endOfLog(machine.folder)}`)
        throw new Error([error.message, ...logs].join('\n'), { cause: error })
      }),
  }
}

type Faults = PatroniCluster['faults']

/** Of one program. */
function faultsOfOne({
  machines,
  killEtcd,
  startEtcd,
  whole,
}: Running): Pick<Faults, 'killPostgres' | 'killEtcd' | 'switchOver'> {
  return {
    killPostgres: async () => {
      const [, first] = processesOf(await leading(machines))
      signal([first!], 'SIGKILL')
      return whole
    },
    killEtcd: async () => {
      await killEtcd()
      startEtcd()
      return whole
    },
    switchOver: async () => {
      const { leader, synchronous } = await membersOf(machines)
      const { api } = await leading(machines)
      const body = JSON.stringify({ leader, candidate: synchronous })
      const ask = (): Promise<Response> =>
        fetch(`http://127.0.0.1:${api}/switchover`, { method: 'POST', body })
      await until('a switchover', async () => (await ask()).ok)
      return whole
    },
  }
}

/** Of a whole machine; mended when another has taken over. */
function faultsOfMachines({
  machines,
  start,
  whole,
}: Running): Pick<Faults, 'killMachine' | 'killStandby' | 'cutOff' | 'freeze'> {
  const replaced = async (machine: Machine, restore: () => unknown): Promise<void> => {
    await until('another leader', async () => {
      const { leader } = await membersOf(machines.filter((each) => each !== machine))
      return leader !== undefined && leader !== machine.name
    })
    restore()
    await whole()
  }
  const begin = (machine: Machine): void => void (machine.patroni = start(machine))
  return {
    killMachine: async () => {
      const machine = await leading(machines)
      signal(processesOf(machine), 'SIGKILL')
      return () => replaced(machine, () => begin(machine))
    },
    killStandby: async () => {
      const { synchronous } = await membersOf(machines)
      const machine = machines.find(({ name }) => name === synchronous)!
      signal(processesOf(machine), 'SIGKILL')
      return () => {
        begin(machine)
        return whole()
      }
    },
    cutOff: async () => {
      const machine = await leading(machines)
      const networks = [machine.toEtcd, machine.toPostgres]
      for (const network of networks) network.cut()
      return () => replaced(machine, () => networks.forEach((network) => network.mend()))
    },
    freeze: async () => {
      const machine = await leading(machines)
      const all = processesOf(machine)
      signal(all, 'SIGSTOP')
      return () => replaced(machine, () => signal(all, 'SIGCONT'))
    },
  }
}

async function leading(machines: readonly Machine[]): Promise<Machine> {
  const { leader } = await membersOf(machines)
  return machines.find(({ name }) => name === leader)!
}

/** Patroni, and after it PostgreSQL's first process and the others. */
function processesOf({ patroni, folder }: Machine): readonly number[] {
  return [patroni.pid!, ...postgresIn(join(folder, 'data'))]
}

const LOG = 'log.txt'
const LOG_LINES = 25

function log(folder: string): number {
  return openSync(join(folder, LOG), 'a')
}

function endOfLog(folder: string): string {
  return readFileSync(join(folder, LOG), 'utf8').split('\n').slice(-LOG_LINES).join('\n')
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
  return ['--enable-v2=true', ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)]
}

/** JSON is YAML. */
function settingsOf(machine: Omit<Machine, 'patroni'>, programs: string): object {
  const { name, folder, port, api, toEtcd, toPostgres } = machine
  return {
    scope: 'suanquan',
    name,
    restapi: { listen: `127.0.0.1:${api}`, connect_address: `127.0.0.1:${api}` },
    // Over the second API: with the third, Patroni 3.0 keeps a copy of what etcd holds and can stay with an old one for
    // good after a cut. As a proxy, else it asks etcd for its address and goes round the network that a test cuts.
    etcd: { hosts: [`127.0.0.1:${toEtcd.port}`], use_proxies: true },
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
