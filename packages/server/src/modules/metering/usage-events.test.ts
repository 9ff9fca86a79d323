// Use told by event and by table, and the raw samples that can be asked for, over real HTTP.
import type { DownloadedFile } from '@suanquan/api'
import { hex, keyId, type SignatureAlgorithm } from '@suanquan/core'
import {
  batchBytes,
  eventText,
  rawAnswerBytes,
  RUN_COLUMNS,
  RUN_EVENT_TYPE,
  writeBatch,
  type RawOutcome,
} from '@suanquan/core/metering'
import { must, testCity } from '@suanquan/testkit'
import { createHash } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { ledgerHash, makePem, readPem } from '../../index.ts'

const city = await testCity()
const db = city.store.database.kysely
afterAll(() => city.stop())

async function feed(algorithm: SignatureAlgorithm = 'Ed25519'): Promise<{
  readonly id: string
  readonly key: string
  readonly sign: (bytes: Uint8Array) => string
}> {
  const { publicBytes: bytes, sign } = readPem(makePem(algorithm))!
  const body = { providerId: city.provider.id, name: '一号机房', cluster: 'gn', algorithm }
  const { id } = must(await city.as('provider').enrolFeed({ body: { ...body, publicKey: hex(bytes) } }))
  return { id, key: keyId({ algorithm, bytes }, ledgerHash), sign: (told) => hex(sign(told)) }
}

const RUN = {
  cluster: 'gn',
  run: 'pod-7f3a',
  account: 'tenant',
  submittedAt: '2024-05-20T07:59:00+08:00',
  startedAt: '2024-05-20T08:00:00+08:00',
  endedAt: '2024-05-20T09:00:00+08:00',
  chip: 'a100',
  cards: 8,
}

type Feed = Awaited<ReturnType<typeof feed>>

function event({ key, sign }: Feed, id: string, data: object = {}): Record<string, unknown> {
  const attributes = { specversion: '1.0', id, source: '/gn/billing', type: RUN_EVENT_TYPE, suanquankey: key }
  const told = { ...attributes, data: { ...RUN, ...data } }
  return { ...told, suanquansig: sign(Buffer.from(eventText(told))) }
}

async function post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${city.server.url}/api/usage/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json', ...headers },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Answer
}

interface Answer {
  readonly events?: readonly { readonly id: string; readonly outcome: string }[]
  readonly code?: string
  readonly message?: { readonly zh: string; readonly en: string }
}

async function held(run: string): Promise<number[]> {
  const rows = await db.selectFrom('usage_record').select('record').execute()
  return rows
    .map(({ record }) => record as { jobId: string; elapsedSeconds: number })
    .filter(({ jobId }) => jobId === run)
    .map(({ elapsedSeconds }) => elapsedSeconds)
}

describe('CloudEvents', () => {
  test('one event in structured, batched or binary mode is one run, and a resend is answered as the first', async () => {
    const one = await feed('SM2')
    const told = event(one, '1')
    const first = await post(told)
    expect(first).toEqual({ events: [{ source: '/gn/billing', id: '1', outcome: 'added' }] })
    expect(await post([told, told], { 'content-type': 'application/cloudevents-batch+json' })).toEqual({
      events: [first.events![0], first.events![0]],
    })
    const { data, ...attributes } = told
    const headers = Object.entries(attributes).map(([name, value]): [string, string] => [
      `ce-${name}`,
      String(value),
    ])
    const binary = { ...Object.fromEntries(headers), 'content-type': 'application/json' }
    expect(await post(data, binary)).toEqual(first)
    expect(await held('pod-7f3a')).toEqual([3600])
  })

  test('another content under the id is refused, a correction comes under its own with a higher revision', async () => {
    const one = await feed()
    const run = 'pod-2'
    expect(await post([event(one, 'a', { run }), event(one, 'b', { run, cards: 4 })])).toMatchObject({
      events: [{ outcome: 'added' }, { outcome: 'conflict' }],
    })
    expect(await post(event(one, 'a', { run, cards: 9 }))).toMatchObject({ code: 'metering.event_differs' })
    const corrected = { run, usedSeconds: 1800, revision: 1 }
    expect(await post(event(one, 'c', corrected))).toMatchObject({ events: [{ outcome: 'superseded' }] })
    expect(await held(run)).toEqual([1800])
  })

  test('a request is taken whole or not at all, and its refusal says which event and field', async () => {
    const one = await feed()
    const answer = await post([
      event(one, 'x', { run: 'whole' }),
      event(one, 'y', { run: 'whole', cards: 'acht' }),
    ])
    expect(answer).toMatchObject({ code: 'metering.event_field' })
    expect(answer.message!.zh).toContain('第 2 个事件的 data.cards（acht）')
    expect(await held('whole')).toEqual([])
  })

  test('nothing counts without the signature of an enrolled key over every attribute and the data', async () => {
    const [one, other] = [await feed(), await feed()]
    const told = event(one, 's')
    for (const changed of [{ id: 't' }, { source: '/x' }, { data: { ...RUN, cards: 9 } }, { extra: 'x' }])
      expect(await post({ ...told, ...changed })).toMatchObject({ code: 'metering.event_unsigned' })
    expect(await post({ ...told, suanquankey: 'ab'.repeat(16) })).toMatchObject({
      code: 'metering.feed_unknown',
    })
    expect(await post([told, event(other, 'u')])).toMatchObject({ code: 'metering.event_other_key' })
    expect(await post(event(one, 'v', { cluster: 'other' }))).toMatchObject({
      code: 'metering.batch_other_cluster',
    })
    must(await city.as('provider').withdrawFeed({ params: { id: one.id } }))
    expect(await post(told)).toMatchObject({ code: 'metering.feed_unknown' })
  })
})

describe('a table of runs', () => {
  const head = RUN_COLUMNS.map(({ zh }) => zh).join(',')
  const row = (run: string, cards = '8'): string =>
    `gn,${run},tenant,,,2024-05-20 07:59:00,2024-05-20 08:00:00,2024-05-20 09:00:00,,A100,${cards},,n1`
  const file = (...rows: string[]): { name: string; bytes: Uint8Array; mediaType: string } => ({
    name: '用量.csv',
    bytes: Buffer.from([head, ...rows].join('\r\n')),
    mediaType: 'text/csv',
  })
  const query = { organisationId: city.provider.id, format: 'csv' as const }

  test('is checked without writing, then imported; again it changes nothing', async () => {
    const provider = city.as('provider')
    const two = file(row('csv-1'), row('csv-2'))
    expect(must(await provider.checkUsage({ query, file: two }))).toMatchObject({ added: 2, faults: [] })
    expect(await held('csv-1')).toEqual([])
    expect(must(await provider.importUsage({ query, file: two }))).toMatchObject({ added: 2, shape: 'csv' })
    expect(must(await provider.importUsage({ query, file: two }))).toMatchObject({ added: 0, unchanged: 2 })
    expect(await held('csv-1')).toEqual([3600])
  })

  test('with a fault is not imported, and the check says all of them with row and column', async () => {
    const provider = city.as('provider')
    const broken = file(row('csv-3'), row('csv 4', 'acht'))
    const { faults } = must(await provider.checkUsage({ query, file: broken }))
    expect(faults).toMatchObject([
      { row: 3, column: 2, head: { zh: '运行编号' }, value: 'csv 4' },
      { row: 3, column: 11, value: 'acht', code: 'metering.field_no_count' },
    ])
    expect(await provider.importUsage({ query, file: broken })).toMatchObject({
      problem: { code: 'metering.rows_broken' },
    })
    expect(await held('csv-3')).toEqual([])
  })
})

describe('raw samples', () => {
  const bytes = Buffer.from('PAR1 samples')
  const sm3 = createHash('sm3').update(bytes).digest('hex')
  const from = Date.parse('2024-05-20T00:00:00Z')

  async function batch(one: Feed, number: number): Promise<readonly { id: string; sm3: string }[]> {
    const raw = [{ name: '2024-05-20T00.parquet', sm3, bytes: bytes.length, samples: 3 }]
    const window = { madeAt: from + 3_600_000, from, until: from + 3_600_000, of: 'devices' as const }
    const body = writeBatch({ cluster: 'gn', number, ...window, records: [], hours: [], raw })
    const digest = hex(ledgerHash(new TextEncoder().encode(body)))
    const signature = one.sign(batchBytes(one.key, number, digest))
    return must(await city.anybody.feedUsage({ body: { keyId: one.key, number, body, signature } })).asked
  }
  const answer = (
    one: Feed,
    requestId: string,
    { outcome, body = null }: { outcome: RawOutcome; body?: string | null },
  ): ReturnType<typeof city.anybody.answerRawRequest> => {
    const signature = one.sign(rawAnswerBytes(one.key, requestId, { outcome, sm3 }))
    return city.anybody.answerRawRequest({ body: { keyId: one.key, requestId, outcome, body, signature } })
  }

  test('are asked for by a reviewer or an auditor, seen by the agent at its next batch, and kept as they were signed', async () => {
    const one = await feed()
    expect(await batch(one, 1)).toEqual([])
    const auditor = city.as('auditor')
    const params = { id: one.id }
    const { items } = must(await auditor.listRawFiles({ params, query: { day: '2024-05-20' } }))
    expect(items).toMatchObject([{ batch: 1, sm3, samples: 3, request: null }])
    const body = { batch: 1, sm3, reason: '抽查利用率' }
    expect(await city.as('provider').askRawFile({ params, body })).toMatchObject({
      problem: { code: 'request.forbidden' },
    })
    expect(await auditor.askRawFile({ params, body: { ...body, sm3: 'ab'.repeat(32) } })).toMatchObject({
      problem: { code: 'metering.raw_unknown' },
    })
    const asked = must(await auditor.askRawFile({ params, body }))
    expect(await city.as('reviewer').askRawFile({ params, body })).toMatchObject({
      problem: { code: 'metering.raw_asked' },
    })
    const file = { params: { id: asked.id } }
    expect(await auditor.readRawFile(file)).toMatchObject({ problem: { code: 'metering.raw_not_sent' } })
    expect(await batch(one, 2)).toMatchObject([{ id: asked.id, sm3 }])
    const other = Buffer.from('other').toString('base64')
    expect(await answer(one, asked.id, { outcome: 'sent', body: other })).toMatchObject({
      problem: { code: 'metering.raw_differs' },
    })
    const sent = { outcome: 'sent', body: bytes.toString('base64') } as const
    expect(await answer(await feed(), asked.id, sent)).toMatchObject({
      problem: { code: 'metering.feed_unknown' },
    })
    expect(must(await answer(one, asked.id, sent))).toEqual({ state: 'sent' })
    expect(await answer(one, asked.id, { outcome: 'gone' })).toMatchObject({
      problem: { code: 'metering.raw_answered' },
    })
    expect(await batch(one, 3)).toEqual([])
    const { bytes: received } = must(await auditor.readRawFile(file)) as DownloadedFile
    expect(Buffer.from(received)).toEqual(bytes)
  })

  test('that are gone are told as gone', async () => {
    const one = await feed()
    await batch(one, 1)
    const body = { batch: 1, sm3, reason: '抽查利用率' }
    const asked = must(await city.as('reviewer').askRawFile({ params: { id: one.id }, body }))
    expect(must(await answer(one, asked.id, { outcome: 'gone' }))).toEqual({ state: 'gone' })
  })
})
