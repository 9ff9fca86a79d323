// A primary and its synchronous standby on loopback, made by the system's own PostgreSQL programs: the embedded ones have
// no pg_basebackup.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { appendFileSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { connect, sql } from '@suanquan/server'
import { freePort } from './free-port.ts'
import { postgresUser } from './system-programs.ts'

export interface ReplicaPair {
  /** with both hosts */
  readonly url: (database: string) => string
  /** kill -9 of the primary and promotion of its standby */
  readonly failOver: () => Promise<void>
  readonly stop: () => Promise<void>
}

export async function replicaPair(programs: string): Promise<ReplicaPair> {
  const folder = mkdtempSync('/tmp/suanquan-replica-')
  const as = postgresUser()
  if (as !== null) chownSync(folder, as.uid, as.gid)
  const run = (program: string, ...args: string[]): void => {
    const done = spawnSync(join(programs, program), args, { ...as, cwd: folder, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`)
  }
  const [first, second] = [await freePort(), await freePort()]
  const [primary, standby] = [join(folder, 'primary'), join(folder, 'standby')]
  run('initdb', '-D', primary, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8')
  appendFileSync(join(primary, 'pg_hba.conf'), 'host replication all 127.0.0.1/32 trust\n')
  const start = (data: string, port: number): ChildProcess =>
    spawn(
      join(programs, 'postgres'),
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'hot_standby=on'],
      { ...as, cwd: folder, stdio: 'ignore' },
    )
  const running = [start(primary, first)]
  await answers(first)
  const conninfo = `host=127.0.0.1 port=${first} user=postgres application_name=standby`
  run('pg_basebackup', '-D', standby, '-d', conninfo, '-R', '-X', 'stream', '-c', 'fast')
  running.push(start(standby, second))
  await answers(second)
  await onPostgres(first, `alter system set synchronous_standby_names = 'standby'`, 'select pg_reload_conf()')
  await synchronous(first)
  return {
    url: (database) =>
      `postgres://postgres@127.0.0.1:${first},127.0.0.1:${second}/${database}?target_session_attrs=read-write`,
    failOver: async () => {
      running[0]!.kill('SIGKILL')
      await once(running[0]!, 'exit')
      run('pg_ctl', 'promote', '-D', standby)
    },
    stop: async () => {
      for (const server of running) {
        if (server.exitCode !== null || server.signalCode !== null) continue
        server.kill('SIGQUIT')
        await once(server, 'exit')
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function onPostgres(port: number, ...statements: readonly string[]): Promise<void> {
  const database = connect({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    database: 'postgres',
    connections: 1,
  })
  try {
    for (const statement of statements) await sql.raw(statement).execute(database.kysely)
  } finally {
    await database.close()
  }
}

async function answers(port: number): Promise<void> {
  await again(() => onPostgres(port, 'select 1'))
}

async function synchronous(port: number): Promise<void> {
  const check = `do $$ begin assert exists (select from pg_stat_replication where sync_state = 'sync'); end $$`
  await again(() => onPostgres(port, check))
}

async function again(act: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (error) {
      if (tries === 100) throw error
      await new Promise((done) => setTimeout(done, 100))
    }
  }
}
