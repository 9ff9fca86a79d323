// The server and PostgreSQL killed with -9 under load, and a crash between commit and answer: whatever was acknowledged is
// there once, nothing else is, the books are proved and every decision replays. Clients ask again under the same key.
// Quick: one kill of each kind; SUANQUAN_FULL=1: five.
import {
  faultsIn,
  killPostgres,
  mortalServer,
  must,
  persistence,
  testCity,
  testFirm,
  testPostgresVersion,
} from '@suanquan/testkit'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, sql, startPostgres, type RunningPostgres } from './index.ts'

const FULL = process.env['SUANQUAN_FULL'] === '1'
const KILLS = FULL ? 5 : 1
/** How many cases are brought to their end between two kills, at least. */
const BETWEEN = FULL ? 12 : 2
const CLIENTS = 6
const APPROVED = 100_000n

const bundle = join(import.meta.dirname, '../../../.cache', `faults-${process.pid}`)
const folder = mkdtempSync(join(tmpdir(), 'suanquan-faults-'))
let postgres: RunningPostgres

beforeAll(async () => {
  mkdirSync(bundle, { recursive: true })
  writeFileSync(join(bundle, 'package.json'), JSON.stringify({ type: 'module', version: '0.0.0' }))
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['source'] },
    ssr: { noExternal: [/^@suanquan/], resolve: { conditions: ['source', 'node'] } },
    build: { ssr: join(import.meta.dirname, 'main.ts'), outDir: join(bundle, 'dist'), minify: false },
  })
  writeFileSync(
    join(bundle, 'dist', 'mortal.js'),
    `import { startServer } from './main.js'
    let crashing = false
    process.on('message', () => (crashing = true))
    process.on('disconnect', () => process.exit())
    const { at, ...options } = JSON.parse(process.env.SERVER)
    const afterCommit = () => crashing && process.kill(process.pid, 'SIGKILL')
    await startServer({ ...options, clock: () => at, tickEveryMs: 0, requestsPerMinute: 0, afterCommit })
    process.send('ready')`,
  )
  postgres = await startPostgres({ folder, version: testPostgresVersion() })
})

afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
  rmSync(bundle, { recursive: true, force: true })
})

async function cityOnItsOwnCluster() {
  const cluster = { host: postgres.socketFolder, port: postgres.port, user: postgres.user }
  const admin = connect({ ...cluster, database: 'postgres', connections: 1 })
  await sql`create database faults`.execute(admin.kysely)
  await admin.close()
  const address = { ...cluster, database: 'faults' }
  const migrated = connect({ ...address, role: 'app' })
  return testCity({
    poolFen: 100_000n * APPROVED,
    store: { address, database: migrated, drop: () => migrated.close() },
  })
}

interface Done {
  readonly id: string
  readonly events: readonly string[]
}

test(`${KILLS} kills of the server, of PostgreSQL and between commit and answer lose and double nothing`, async () => {
  const city = await cityOnItsOwnCluster()
  const firm = await testFirm(city)
  const pattern = must(
    await city.as('clerk').readApplication({ params: { id: await firm.drafted('HT-PATTERN') } }),
  )
  const { port } = new URL(city.server.url)
  await city.server.stop()
  const server = await mortalServer(join(bundle, 'dist', 'mortal.js'), {
    address: city.store.address,
    dataFolder: folder,
    site: { name: { zh: '测试市', en: 'Test City' }, jurisdiction: '990100', contact: '' },
    port: Number(port),
    at: Date.parse('2024-05-08T02:00:00Z'),
  })

  const { until, retries } = persistence()
  const done: Done[] = []
  let acts = 0
  const load = { over: false }
  let number = 0
  const act = async <Value>(ask: (key: string) => Parameters<typeof until<Value>>[0]): Promise<Value> => {
    const value = must(await until(ask(`act-${acts++}-of-the-load`)))
    return value
  }

  async function oneCase(): Promise<void> {
    const clerk = city.as('clerk')
    const reviewer = city.as('reviewer')
    const contract = { ...pattern.draft.contract, number: `HT-${number++}` }
    const body = { adoptionId: city.adoptionId, organisationId: city.firm.id }
    const { id } = await act((key) => () => clerk.openDraft({ key, body }))
    const params = { id }
    await act((key) => () => clerk.saveDraft({ key, params, body: { ...pattern.draft, contract } }))
    await act((key) => () => clerk.submitApplication({ key, params }))
    const findings = { 'applicant.fits_city_ai_plan': true, 'applicant.sound_finance': true }
    const decision = {
      decision: 'approve' as const,
      amountFen: APPROVED.toString(),
      findings,
      reason: '符合条件',
    }
    await act((key) => () => reviewer.decideApplication({ key, params, body: decision }))
    const withdraws = number % 3 === 0
    if (withdraws)
      await act((key) => () => clerk.withdrawApplication({ key, params, body: { reason: '不再需要' } }))
    done.push({ id, events: ['submit', 'approve', ...(withdraws ? ['withdraw'] : [])] })
  }

  const client = async (): Promise<void> => {
    while (!load.over && done.length < 2000) await oneCase()
  }
  const running = Promise.allSettled(Array.from({ length: CLIENTS }, client))
  const progress = async (): Promise<void> => {
    const from = done.length
    for (let waited = 0; done.length < from + BETWEEN && waited < 1200; waited++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(done.length).toBeGreaterThanOrEqual(from + BETWEEN)
  }
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      await progress()
      await server.kill()
      await progress()
      await server.crashAfterCommit()
      await progress()
      killPostgres(folder)
      postgres = await startPostgres({ folder })
    }
    await progress()
  } finally {
    load.over = true
    await running
    await server.stop()
  }
  const failed = (await running).filter(({ status }) => status === 'rejected')
  expect(failed).toEqual([])

  const { kysely } = city.store.database
  const stored = await kysely
    .selectFrom('application')
    .innerJoin('workflow_event', 'workflow_event.object_id', 'application.id')
    .select(['application.id', 'workflow_event.event', 'workflow_event.position'])
    .orderBy('workflow_event.position')
    .execute()
  const events = new Map<string, string[]>()
  for (const { id, event } of stored) events.set(id, [...(events.get(id) ?? []), event])
  expect(events).toEqual(new Map(done.map((each) => [each.id, each.events])))
  const { count } = await kysely
    .selectFrom('application')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('state', '<>', 'draft')
    .executeTakeFirstOrThrow()
  expect(Number(count)).toBe(done.length)
  expect(await faultsIn(city.store.database)).toEqual([])
  await city.store.drop()
  process.stdout.write(
    `${KILLS} kills each: ${done.length} cases, ${acts} acts acknowledged once, ${retries()} retries\n`,
  )
}, 600_000)
