// The agent against a real platform and a slurmrestd that speaks as the recorded one did: what the accounting holds arrives
// whole and once, whatever breaks on the way.
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hex, keyId, seededRandom, type Random } from '@suanquan/core'
import { batchBytes, writeBatch } from '@suanquan/core/metering'
import { ledgerHash, makePem, readPem } from '@suanquan/server'
import { must, slurmrestd, testCity, type SlurmJob } from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { configOf, type AgentConfig } from './config.ts'
import { runRound, type AgentKey, type RoundReport } from './round.ts'
import { agentCrashPoints, type AgentCrashPoint } from './store.ts'

const FULL = process.env['SUANQUAN_FULL'] === '1'
const fixtures = new URL('../../../core/fixtures/slurm/', import.meta.url)
const recorded = (name: string): SlurmJob[] =>
  (JSON.parse(readFileSync(new URL(name, fixtures), 'utf8')) as { jobs: SlurmJob[] }).jobs
const final = recorded('sacct-final.json')
const begin = Math.min(...final.map(({ time }) => time.submission)) * 1000
const later = begin + 600_000

const city = await testCity()
const db = city.store.database.kysely
const cluster = await slurmrestd(final, later / 1000)
const folder = mkdtempSync(join(tmpdir(), 'suanquan-agent-'))
const jwt = join(folder, 'jwt.key')
writeFileSync(jwt, cluster.key)
afterAll(async () => {
  await city.stop()
  await cluster.stop()
  rmSync(folder, { recursive: true })
})

let agents = 0
interface TestAgent {
  readonly config: AgentConfig
  readonly key: AgentKey
  readonly feedId: string
  readonly round: (more?: object) => Promise<RoundReport>
  readonly clock: { now: number }
}

/** A key of its own, enrolled for the recorded cluster; what it sends is told from others' by its feed. */
async function agent(more: object = {}, algorithm: 'SM2' | 'Ed25519' = 'Ed25519'): Promise<TestAgent> {
  const { publicBytes: bytes, sign } = readPem(makePem(algorithm))!
  const key = { id: keyId({ algorithm, bytes }, ledgerHash), sign }
  const name = `agent ${agents++}`
  const body = { providerId: city.provider.id, name, cluster: 'sqtest', algorithm, publicKey: hex(bytes) }
  const feed = must(await city.as('provider').enrolFeed({ body }))
  const config = configOf({
    platform: city.server.url,
    folder: join(folder, name),
    cluster: 'sqtest',
    since: new Date(begin - 60_000).toISOString(),
    slurm: { url: cluster.url, user: 'meter', keyFile: jwt },
    ...more,
  })
  const clock = { now: later }
  const round = (options = {}): Promise<RoundReport> => {
    cluster.now = clock.now / 1000
    return runRound({ config, key, clock: () => clock.now, ...options })
  }
  return { config, key, feedId: feed.id, round, clock }
}

/** Device seconds by QOS as the platform holds them, and how many runs. */
async function held(): Promise<Record<string, number>> {
  const rows = await db.selectFrom('usage_record').select('record').execute()
  const sums: Record<string, number> = { runs: rows.length }
  for (const { record } of rows) {
    const { qos, elapsedSeconds, billing } = record as {
      qos: string
      elapsedSeconds: number
      billing: number
    }
    sums[qos] = (sums[qos] ?? 0) + elapsedSeconds * billing
  }
  return sums
}

async function forget(): Promise<void> {
  await db.deleteFrom('usage_record').execute()
}

const ORACLE = { runs: 17, v20260001: 16_500, v20260002: 830 }

describe('through REST', () => {
  test('a recorded cluster arrives whole and once, running jobs first and their ends later', async () => {
    await forget()
    const { round, clock } = await agent({}, 'SM2')
    cluster.jobs = recorded('sacct-midway.json')
    clock.now = begin + 30_000
    expect(await round()).toEqual({ made: 1, sent: 1, waiting: 0, answered: 0, problems: [] })
    cluster.jobs = final
    clock.now = later
    expect(await round()).toEqual({ made: 1, sent: 1, waiting: 0, answered: 0, problems: [] })
    expect(await held()).toMatchObject(ORACLE)
    expect(await round()).toMatchObject({ sent: 1 })
    expect(await held()).toMatchObject(ORACLE)
  })

  test('six days offline are read day by day; a cut answer and a database that is away are read again', async () => {
    await forget()
    const { round, clock, feedId } = await agent()
    clock.now = later + 6 * 86_400_000
    cluster.fail('cut')
    expect(await round()).toMatchObject({ made: 0, problems: [{ code: 'metering.json_truncated' }] })
    cluster.fail(500)
    expect(await round()).toMatchObject({ made: 0, problems: [{ code: 'agent.source_failed' }] })
    expect(await round()).toMatchObject({ made: 7, sent: 7, waiting: 0, answered: 0, problems: [] })
    expect(await held()).toMatchObject(ORACLE)
    const { items } = must(await city.as('provider').listFeeds({}))
    expect(items.find(({ id }) => id === feedId)).toMatchObject({
      batches: 7,
      missing: [],
      readUntil: new Date(clock.now).toISOString(),
    })
  })

  test('a token of another key reads nothing', async () => {
    const other = join(folder, 'other.key')
    writeFileSync(other, 'another key')
    const { round } = await agent({ slurm: { url: cluster.url, user: 'meter', keyFile: other } })
    expect(await round()).toMatchObject({ made: 0, problems: [{ code: 'agent.source_failed' }] })
  })
})

describe('stopped anywhere', () => {
  test.each(agentCrashPoints)('at %s: nothing is lost and nothing counts twice', async (point) => {
    await forget()
    const { round, feedId, clock } = await agent()
    clock.now = later + 86_400_000
    for (let passes = 1; passes <= 3; passes++) {
      let left = passes
      const crash = (passed: AgentCrashPoint): void => {
        if (passed === point && --left === 0) throw new Error('stopped')
      }
      await round({ crash }).catch((error: Error) => expect(error.message).toBe('stopped'))
    }
    expect(await round()).toMatchObject({ waiting: 0, answered: 0, problems: [] })
    expect(await held()).toMatchObject(ORACLE)
    const batches = await db.selectFrom('usage_batch').selectAll().where('feed_id', '=', feedId).execute()
    const numbers = batches.map(({ number }) => number).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(batches.reduce((sum, { counts }) => sum + (counts['added'] ?? 0), 0)).toBe(ORACLE.runs)
  })
})

/** A line between agent and platform that loses questions, loses answers, says things twice and delivers late. */
async function badLine(
  random: Random,
): Promise<{ url: string; mend: () => Promise<void>; stop: () => void }> {
  let bad = true
  const late: (() => Promise<unknown>)[] = []
  const chance = (): boolean => bad && random.next() < 0.1
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': String(request.headers['idempotency-key']),
    }
    const ask = (): Promise<Response> =>
      fetch(city.server.url + request.url, { method: 'POST', headers, body: Buffer.concat(parts) })
    if (chance()) return void response.destroy()
    if (chance()) {
      late.push(ask)
      return void response.destroy()
    }
    const answer = await ask()
    if (chance()) await ask()
    if (chance()) return void response.destroy()
    if (chance()) for (const old of late.splice(0).reverse()) await old()
    response.writeHead(answer.status, { 'content-type': String(answer.headers.get('content-type')) })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mend: async () => {
      bad = false
      for (const old of late.splice(0).reverse()) await old()
    },
    stop: () => server.closeAllConnections() ?? server.close(),
  }
}

test('over a line that repeats, loses, delays and reorders, with corrections, the total is exact', async () => {
  for (let seed = 1; seed <= (FULL ? 50 : 1); seed++) {
    await forget()
    const random = seededRandom(`line ${seed}`)
    const line = await badLine(random)
    const { round, clock } = await agent({ platform: line.url })
    const model = final.find(
      ({ time }) => time.end > 0 && (time as { elapsed?: number }).elapsed! > 20,
    ) as unknown as Job
    const runs = Array.from({ length: 12 }, (_, index) => ({
      id: 1000 + index,
      at: begin / 1000 + random.int(300),
      length: 30 + random.int(200),
      mendedAfter: random.next() < 0.1 ? 40 : Infinity,
    }))
    const jobsAt = (second: number): Job[] =>
      runs.filter(({ at }) => at <= second).map((run) => jobAt(model, run, second))
    for (let second = begin / 1000; second <= begin / 1000 + 600; second += 40) {
      cluster.jobs = jobsAt(second)
      clock.now = second * 1000
      await round()
    }
    await line.mend()
    expect(await round()).toMatchObject({ waiting: 0, answered: 0, problems: [] })
    const truth = jobsAt(begin / 1000 + 600).reduce((sum, { time }) => sum + time.elapsed, 0)
    const rows = await db.selectFrom('usage_record').select('record').execute()
    const total = rows.reduce(
      (sum, { record }) => sum + (record as { elapsedSeconds: number }).elapsedSeconds,
      0,
    )
    expect([seed, total]).toEqual([seed, truth])
    line.stop()
  }
  cluster.jobs = final
})

interface Job extends SlurmJob {
  readonly job_id: number
  readonly state: { readonly current: string; readonly reason: string }
  readonly time: SlurmJob['time'] & {
    readonly start: number
    readonly elapsed: number
    readonly suspended: number
  }
}

function jobAt(
  model: Job,
  { id, at, length, mendedAfter }: { id: number; at: number; length: number; mendedAfter: number },
  second: number,
): Job {
  const ended = second >= at + length
  const elapsed = second >= at + length + mendedAfter ? Math.floor(length / 2) : Math.min(length, second - at)
  const time = {
    ...model.time,
    submission: at,
    start: at,
    end: ended ? at + length : 0,
    elapsed,
    suspended: 0,
  }
  return { ...model, job_id: id, state: { ...model.state, current: ended ? 'COMPLETED' : 'RUNNING' }, time }
}

describe('what the platform takes', () => {
  const send = async (
    { key }: TestAgent,
    number: number,
    { body, keyed = key.id, signedNumber = number }: { body: string; keyed?: string; signedNumber?: number },
  ): ReturnType<typeof city.anybody.feedUsage> => {
    const sha256 = hex(ledgerHash(new TextEncoder().encode(body)))
    const signature = hex(key.sign(batchBytes(key.id, signedNumber, sha256)))
    return city.anybody.feedUsage({ body: { keyId: keyed, number, body, signature } })
  }
  const batch = (number: number, until = later): string =>
    writeBatch({
      cluster: 'sqtest',
      number,
      madeAt: until,
      of: 'runs',
      from: begin,
      until,
      records: [],
      hours: [],
      raw: [],
    })

  test('a batch again gives the answer again; another under its number is refused; a missing one shows', async () => {
    const one = await agent()
    const first = must(await send(one, 2, { body: batch(2) }))
    expect(first).toMatchObject({ number: 2, missing: [1] })
    expect(must(await send(one, 2, { body: batch(2) }))).toEqual(first)
    expect(await send(one, 2, { body: batch(2, later + 1) })).toMatchObject({
      problem: { code: 'metering.batch_differs' },
    })
    expect(must(await send(one, 1, { body: batch(1) }))).toMatchObject({ missing: [] })
  })

  test('nothing without an enrolled key and its signature, and nothing after it is withdrawn', async () => {
    const [one, other] = [await agent(), await agent()]
    expect(await send(one, 1, { body: batch(1), keyed: other.key.id })).toMatchObject({
      problem: { code: 'metering.feed_signature_wrong' },
    })
    expect(await send(one, 1, { body: batch(1), signedNumber: 2 })).toMatchObject({
      problem: { code: 'metering.feed_signature_wrong' },
    })
    expect(await send(one, 1, { body: batch(1), keyed: 'ab'.repeat(16) })).toMatchObject({
      problem: { code: 'metering.feed_unknown' },
    })
    must(await city.as('provider').withdrawFeed({ params: { id: one.feedId } }))
    expect(await send(one, 1, { body: batch(1) })).toMatchObject({
      problem: { code: 'metering.feed_unknown' },
    })
  })

  test('a key is enrolled once, and only a key', async () => {
    const body = { providerId: city.provider.id, name: 'x', cluster: 'c', algorithm: 'Ed25519' as const }
    const publicKey = '11'.repeat(32)
    must(await city.as('provider').enrolFeed({ body: { ...body, publicKey } }))
    expect(await city.as('provider').enrolFeed({ body: { ...body, publicKey } })).toMatchObject({
      problem: { code: 'metering.feed_key_taken' },
    })
    expect(await city.as('provider').enrolFeed({ body: { ...body, publicKey: '11' } })).toMatchObject({
      problem: { code: 'metering.feed_key_malformed' },
    })
  })

  test('while the platform is away batches wait, and go in order when it is back', async () => {
    await forget()
    const one = await agent()
    const away = { ...one.config, platform: 'http://127.0.0.1:9' }
    const waiting = await one.round({ config: away })
    expect(waiting).toMatchObject({
      made: 1,
      sent: 0,
      waiting: 1,
      problems: [{ code: 'agent.platform_failed' }],
    })
    expect(await one.round()).toMatchObject({ sent: 2, waiting: 0, answered: 0, problems: [] })
    expect(await held()).toMatchObject(ORACLE)
  })
})

describe('devices', () => {
  const hour = Date.parse('2026-11-20T03:00:00Z')
  const sampled = (minute: number): boolean => minute < 20 || minute >= 40
  const prometheus = createServer((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams.get('query')!
    const values = Array.from(
      { length: 60 },
      (_, minute) =>
        [hour / 1000 + minute * 60, query.includes('ENERGY') ? `${minute * 1000}` : '0.5'] as const,
    )
    const metric = { UUID: 'GPU-1', exported_namespace: 'ns', exported_pod: 'p', exported_container: 'c' }
    const result = [{ metric, values: values.filter((_, minute) => sampled(minute)) }]
    response.end(
      JSON.stringify({
        status: 'success',
        data: { resultType: 'matrix', result: query.endsWith('[3720s]') ? result : [] },
      }),
    )
  }).listen(0, '127.0.0.1')
  afterAll(() => prometheus.close())

  test('an hour with a gap arrives as a row that says how much was seen, and the raw file with its digest stays', async () => {
    const url = `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`
    const source = { url, intervalSeconds: 60 }
    const one = await agent({ slurm: undefined, prometheus: source, since: new Date(hour).toISOString() })
    one.clock.now = hour + 3_600_000 + 600_000
    expect(await one.round()).toEqual({ made: 1, sent: 1, waiting: 0, answered: 0, problems: [] })
    expect(await one.round()).toMatchObject({ made: 0 })
    const rows = await db.selectFrom('usage_hour').selectAll().where('feed_id', '=', one.feedId).execute()
    expect(rows).toMatchObject([
      { device: 'GPU-1', owner: 'ns/p/c', hour_at: hour, samples: 40, covered_seconds: 2400, revision: 0 },
    ])
    expect(rows[0]!.hour).toMatchObject({ energy: 38_000, gauges: { busy: { count: 40, sum: 20_000 } } })
    const { body } = await db
      .selectFrom('usage_batch')
      .select('body')
      .where('feed_id', '=', one.feedId)
      .executeTakeFirstOrThrow()
    const kept = readFileSync(join(one.config.folder, 'raw', '2026-11', '2026-11-20T03.parquet'))
    expect(JSON.parse(body)).toMatchObject({
      raw: [{ name: '2026-11-20T03.parquet', bytes: kept.length, samples: 40 }],
    })
  })
})
