// The primary is killed under load, its synchronous standby promoted, and the server finds it by itself: nothing that was
// acknowledged is lost or doubled. Needs the system's PostgreSQL; with SUANQUAN_FULL=1.
import { faultLoad, replicaPair, systemPostgres, testCity } from '@suanquan/testkit'
import { expect, test } from 'vitest'
import { severalHosts } from './database/several-hosts.ts'
import { connect, sql } from './index.ts'

const programs = systemPostgres()
const why = 'missing' in programs ? programs.missing : 'SUANQUAN_FULL=1 runs it'
const runs = 'folder' in programs && process.env['SUANQUAN_FULL'] === '1'

test.skipIf(!runs)(
  `a standby takes over and nothing acknowledged is lost (skipped: ${why})`,
  async () => {
    const pair = await replicaPair((programs as { folder: string }).folder)
    const admin = connect({ url: pair.url('postgres'), connections: 1 })
    await sql`create database faults`.execute(admin.kysely)
    await admin.close()
    const address = { url: pair.url('faults') }
    const database = connect({ ...address, role: 'app' })
    const city = await testCity({
      poolFen: 100_000_000_000n,
      store: { address, database, drop: () => database.close() },
    })
    const load = await faultLoad(city, 100_000n, 60_000)
    try {
      load.start(6)
      await load.progress(6)
      const broken = Date.now()
      await pair.failOver()
      const promoted = Date.now() - broken
      await load.progress(1)
      const recovered = Date.now() - broken
      await load.progress(6)
      await load.stop()
      expect(await load.differences()).toEqual([])
      const { cases, acts, retries } = load.counts()
      process.stdout.write(
        `failover: promoted after ${promoted} ms, a whole case acknowledged after ${recovered} ms; ` +
          `${cases} cases, ${acts} acts acknowledged once, ${retries} asked again\n`,
      )
    } finally {
      await load.stop().catch(() => undefined)
      await city.stop()
      await pair.stop()
    }
  },
  300_000,
)

test('an address of one host is left to the driver, one of several goes to whoever takes writes', () => {
  expect(severalHosts('postgres://u:p@one/db')).toBeNull()
  expect(severalHosts('postgres://u:a,b@one:5433/db?sslmode=require')).toBeNull()
  const both = 'postgres://u:p@one,two:5433/db?target_session_attrs=read-write&sslmode=require'
  expect(severalHosts(both)).toMatchObject({ connectionString: 'postgres://u:p@one:5432/db?sslmode=require' })
})
