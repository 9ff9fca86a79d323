// A Kubernetes centre's agent against a real platform and a Prometheus that answers as the real one does: pods become runs
// from raw samples, gaps stay gaps, parts of devices stay parts; and what goes wrong around an agent is told.
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DownloadedFile } from '@suanquan/api'
import { hex, keyId } from '@suanquan/core'
import type { UsageRecord } from '@suanquan/core/metering'
import { ledgerHash, makePem, readPem } from '@suanquan/server'
import { must, testCity } from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { configOf } from './config.ts'
import { runRound, type RoundReport } from './round.ts'

const city = await testCity()
const db = city.store.database.kysely
const folder = mkdtempSync(join(tmpdir(), 'suanquan-pods-'))
const servers: Server[] = []
afterAll(async () => {
  await city.stop()
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  rmSync(folder, { recursive: true })
})

async function serve(...[answer]: Parameters<typeof createServer<never>> | [Answering]): Promise<string> {
  const server = createServer(answer as Answering).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
type Answering = NonNullable<Parameters<typeof createServer>[1]>

let agents = 0
async function agent(more: object): Promise<{
  readonly round: (now: number) => Promise<RoundReport>
  readonly feedId: string
  readonly folder: string
}> {
  const { publicBytes: bytes, sign } = readPem(makePem('Ed25519'))!
  const key = { id: keyId({ algorithm: 'Ed25519', bytes }, ledgerHash), sign }
  const name = `pods ${agents++}`
  const enrolled = { providerId: city.provider.id, name, cluster: name.replace(' ', '-') }
  const publicKey = { algorithm: 'Ed25519' as const, publicKey: hex(bytes) }
  const feed = must(await city.as('provider').enrolFeed({ body: { ...enrolled, ...publicKey } }))
  const own = join(folder, name)
  const config = configOf({
    platform: city.server.url,
    folder: own,
    cluster: enrolled.cluster,
    since: new Date(hour).toISOString(),
    ...more,
  })
  return { feedId: feed.id, folder: own, round: (now) => runRound({ config, key, clock: () => now }) }
}

const HOUR_MS = 3_600_000
const hour = Date.parse('2026-11-20T03:00:00Z')

interface PodHeld {
  readonly name: string
  readonly from: number
  readonly until: number
  readonly cards?: number
  /** of GPU-1, in per cent of cores and of memory */
  readonly part?: readonly [number, number]
}

/** Raw samples every 30 s for what a cluster with some pods scrapes; minutes 20 to 40 of the second hour are not there. */
function scraped(pods: readonly PodHeld[], kueue: number): Answering {
  const isThere = (at: number): boolean => at < hour + 80 * 60_000 || at >= hour + 100 * 60_000
  return (request, response) => {
    const { searchParams } = new URL(request.url!, 'http://x')
    const query = /^(\w+)(?:\{.*\})?\[(\d+)s\]$/.exec(searchParams.get('query')!)!
    const end = Number(searchParams.get('time')) * 1000
    const moments: number[] = []
    const begin = end - Number(query[2]) * 1000
    for (let at = hour; at <= end; at += 30_000) if (at > begin && isThere(at)) moments.push(at)
    const points = (value: number, held: (at: number) => boolean): object[] =>
      moments.filter(held).map((at) => [at / 1000, `${value}`])
    const result = pods.flatMap(({ name, from, until, cards, part }) => {
      const of = {
        exported_namespace: 'tenant',
        exported_pod: name,
        uid: `uid-${name}`,
        namespace: 'monitoring',
      }
      const held = (at: number): boolean => at >= hour + from * 60_000 && at < hour + until * 60_000
      const share = { ...of, device_uuid: 'GPU-1' }
      const told: Record<string, object> = {
        kube_pod_container_resource_requests: {
          metric: { ...of, exported_node: 'g1', resource: 'huawei_com_Ascend910B' },
          values: points(cards ?? 1, held),
        },
        kube_pod_status_phase: { metric: { ...of, phase: 'Running' }, values: points(1, held) },
        kube_pod_created: { metric: of, values: points((hour + from * 60_000) / 1000 - 5, held) },
        kube_pod_labels: {
          metric: { ...of, label_kueue_x_k8s_io_queue_name: 'team' },
          values: points(1, held),
        },
        ...(part === undefined
          ? {}
          : {
              hami_vgpu_core_allocated_ratio: { metric: share, values: points(part[0], held) },
              hami_vgpu_memory_allocated_bytes: { metric: share, values: points(part[1] * 1e9, held) },
            }),
      }
      return told[query[1]!] ?? []
    })
    const device = { device_uuid: 'GPU-1' }
    const single: Record<string, object> = {
      hami_gpu_core_limit_ratio: { metric: device, values: points(100, () => true) },
      hami_gpu_memory_limit_bytes: { metric: device, values: points(100e9, () => true) },
      kueue_cluster_queue_resource_usage: {
        metric: { cluster_queue: 'q', resource: 'huawei.com/Ascend910B' },
        values: points(kueue, () => true),
      },
    }
    const all = [...result, ...(single[query[1]!] === undefined ? [] : [single[query[1]!]])]
    response.end(
      JSON.stringify({
        status: 'success',
        data: {
          resultType: 'matrix',
          result: all.filter((each) => (each as { values: [] }).values.length > 0),
        },
      }),
    )
  }
}

async function runsOf(cluster: string): Promise<UsageRecord[]> {
  const rows = await db.selectFrom('usage_record').select('record').execute()
  return rows
    .map(({ record }) => record as unknown as UsageRecord)
    .filter((record) => record.cluster === cluster)
    .sort((a, b) => a.startedAt! - b.startedAt! || (a.key < b.key ? -1 : 1))
}
const shape = (runs: readonly UsageRecord[]): unknown[] =>
  runs.map(({ jobName, state, elapsedSeconds, gpus, shards }) => [
    jobName,
    state,
    elapsedSeconds,
    gpus,
    shards,
  ])

describe('pods', () => {
  test('become runs over hours, hour by hour or all at once later; the gap in between is not metered and is told', async () => {
    const url = await serve(
      scraped(
        [
          { name: 'a', from: 10, until: 150, cards: 8 },
          { name: 'b', from: 30, until: 70 },
        ],
        8,
      ),
    )
    const expected = [
      ['a', 'COMPLETED', 4200, 8, 0],
      ['b', 'COMPLETED', 2400, 1, 0],
      ['a', 'COMPLETED', 3000, 8, 0],
    ]
    for (const at of [[1, 2, 3, 4], [10]]) {
      const { round } = await agent({ kubernetes: { url } })
      const problems: string[] = []
      for (const hours of at) {
        const report = await round(hour + hours * HOUR_MS + 600_000)
        expect(report).toMatchObject({ waiting: 0 })
        problems.push(...report.problems.map(({ code }) => code))
      }
      expect(shape(await runsOf(`pods-${agents - 1}`))).toEqual(expected)
      expect(problems).toContain('agent.hour_not_whole')
    }
  })

  test('hold parts of a device where HAMi says so; too many parts, and a Kueue that tells otherwise, are told', async () => {
    const url = await serve(
      scraped(
        [
          { name: 'a', from: 0, until: 60, part: [30, 20] },
          { name: 'b', from: 0, until: 60, part: [10, 60] },
          { name: 'c', from: 30, until: 60, part: [40, 10] },
        ],
        2,
      ),
    )
    const { round } = await agent({ kubernetes: { url, hami: true, kueue: true } })
    const { problems } = await round(hour + HOUR_MS + 600_000)
    expect(shape(await runsOf(`pods-${agents - 1}`))).toEqual([
      ['a', 'RUNNING', 3600, 0, 30],
      ['b', 'RUNNING', 3600, 0, 60],
      ['c', 'RUNNING', 1800, 0, 40],
    ])
    expect(problems).toMatchObject([
      { code: 'agent.over_shared', params: { device: 'GPU-1', owners: { length: 3 } } },
      { code: 'agent.kueue_differs', params: { kueue: 7200, pods: 0 } },
    ])
  })

  test('a raw file that the platform asks for is handed over at the next round; one that is gone is told as gone', async () => {
    const url = await serve(scraped([{ name: 'a', from: 0, until: 120 }], 1))
    const one = await agent({ kubernetes: { url } })
    await one.round(hour + 2 * HOUR_MS + 600_000)
    const auditor = city.as('auditor')
    const params = { id: one.feedId }
    const { items } = must(await auditor.listRawFiles({ params, query: { day: '2026-11-20' } }))
    expect(items.map(({ name }) => name)).toEqual([
      '2026-11-20T03.pods.json.gz',
      '2026-11-20T04.pods.json.gz',
    ])
    const asked = await Promise.all(
      items.map(async ({ batch, sm3 }) =>
        must(await auditor.askRawFile({ params, body: { batch, sm3, reason: '抽查' } })),
      ),
    )
    const path = (name: string): string => join(one.folder, 'raw', '2026-11', name)
    rmSync(path(items[1]!.name))
    expect(await one.round(hour + 3 * HOUR_MS + 600_000)).toMatchObject({ answered: 2 })
    const file = must(await auditor.readRawFile({ params: { id: asked[0]!.id } })) as DownloadedFile
    expect(Buffer.from(file.bytes)).toEqual(readFileSync(path(items[0]!.name)))
    const states = must(await auditor.listRawFiles({ params, query: { day: '2026-11-20' } })).items
    expect(states.slice(0, 2).map(({ request }) => request!.state)).toEqual(['sent', 'gone'])
    // what is not as it was signed is not handed over
    const third = states[2]!
    must(await auditor.askRawFile({ params, body: { batch: third.batch, sm3: third.sm3, reason: '抽查' } }))
    writeFileSync(path(third.name), 'other')
    expect(await one.round(hour + 4 * HOUR_MS + 600_000)).toMatchObject({ answered: 1 })
    const { items: after } = must(await auditor.listRawFiles({ params, query: { day: '2026-11-20' } }))
    expect(after[2]!.request!.state).toBe('changed')
  })
})

describe('what goes wrong around an agent', () => {
  test('a platform that takes a batch and stops in the middle of its answer costs one patience; the batch counts once', async () => {
    let stalls = 1
    const platform = await serve(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': String(request.headers['idempotency-key']),
      }
      const body = Buffer.concat(parts)
      const answer = await fetch(city.server.url + request.url, { method: 'POST', headers, body })
      const text = await answer.text()
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      if (stalls-- > 0) response.write(text.slice(0, text.length / 2))
      else response.end(text)
    })
    const url = await serve(scraped([{ name: 'a', from: 0, until: 120 }], 1))
    const { round, feedId } = await agent({ platform, patienceSeconds: 1, kubernetes: { url } })
    const stalled = { problems: [{ code: 'agent.platform_failed' }], sent: 0 }
    expect(await round(hour + HOUR_MS + 600_000)).toMatchObject({ ...stalled, made: 1, waiting: 1 })
    expect(await round(hour + HOUR_MS + 600_000)).toMatchObject({ sent: 1, waiting: 0, problems: [] })
    expect(shape(await runsOf(`pods-${agents - 1}`))).toEqual([['a', 'RUNNING', 3600, 1, 0]])
    const batches = await db
      .selectFrom('usage_batch')
      .select('number')
      .where('feed_id', '=', feedId)
      .execute()
    expect(batches).toEqual([{ number: 1 }])
  })

  test('a source that stops in the middle of its answer, or whose clock is wrong, is told; the hour is read later', async () => {
    let stalls = 1
    const whole = scraped([{ name: 'a', from: 0, until: 120 }], 1)
    const url = await serve((request, response) => {
      if (stalls-- > 0) return void response.write('{"status":"succ')
      response.setHeader('date', new Date(Date.now() - 300_000).toUTCString())
      return whole(request, response)
    })
    const { round } = await agent({ patienceSeconds: 1, kubernetes: { url } })
    expect(await round(hour + HOUR_MS + 600_000)).toMatchObject({
      made: 0,
      problems: [{ code: 'agent.source_failed' }],
    })
    const { made, problems } = await round(hour + HOUR_MS + 600_000)
    expect(made).toBe(1)
    expect(problems).toMatchObject([
      { code: 'agent.clock_differs', params: { source: 'Prometheus', ahead: 'behind' } },
    ])
    expect(Number(problems[0]!.params['seconds'])).toBeGreaterThan(290)
  })
})
