// Raw samples stay at the centre; the platform never needs them and can ask for them. A signed batch names each raw file by
// its SM3: a reviewer or an auditor asks for one with a reason, the centre's agent sees the question in the answer to its
// next batch, and hands the file over or says what became of it. Questions and answers are kept.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, hex, refuse } from '@suanquan/core'
import { startOf, type Day } from '@suanquan/core/calendar'
import { rawAnswerBytes, type RawEvidence } from '@suanquan/core/metering'
import { createHash } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { verifySignature } from '../../signing/index.ts'

type Names = 'listRawFiles' | 'askRawFile' | 'readRawFile' | 'answerRawRequest'
type RawRequestView = AnswerOf<Routes['askRawFile']>

export function rawRequestHandlers(world: World): Handlers<Names> {
  return {
    listRawFiles: {
      kind: 'query',
      run: async ({ params, query, person }, { db, touch }) => {
        const feed = await feedOf(db, person, params.id)
        if (!feed.ok) return feed
        touch({ kind: 'usage_feed', id: params.id, organisationId: feed.value.provider_id })
        const files = await rawFilesOf(db, params.id, query.day)
        const rows = await requests(db).where('raw_request.feed_id', '=', params.id).execute()
        const asked = new Map(rows.map((row) => [row.sm3, viewRequest(row)]))
        return accept({ items: files.map((file) => ({ ...file, request: asked.get(file.sm3) ?? null })) })
      },
    },
    askRawFile: askRawFile(),
    readRawFile: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        const row = await db
          .selectFrom('raw_request')
          .selectAll()
          .where('id', '=', params.id)
          .executeTakeFirst()
        if (!row) return notFound('raw_request')
        touch({ kind: 'raw_request', id: row.id, organisationId: row.provider_id })
        if (!mayTouch(person, 'usage.ask_raw', { ...row, organisationIds: [row.provider_id] }))
          return outOfScope('usage.ask_raw', 'raw_request')
        if (row.sha256 === null) return refuse('metering.raw_not_sent')
        const bytes = await world.files.get(row.sha256)
        return accept({ bytes, mediaType: 'application/vnd.apache.parquet', fileName: row.name })
      },
    },
    answerRawRequest: answerRawRequest(world),
  }
}

function askRawFile(): Handlers<Names>['askRawFile'] {
  return {
    kind: 'command',
    run: async ({ params, body: { batch, sm3, reason }, person, at }, { tx, newId, touch }) => {
      const feed = await feedOf(tx, person, params.id)
      if (!feed.ok) return feed
      touch({ kind: 'usage_feed', id: params.id, organisationId: feed.value.provider_id })
      await tx.selectFrom('usage_feed').select('id').where('id', '=', params.id).forUpdate().execute()
      const file = (await rawOfBatch(tx, params.id, batch)).find((each) => each.sm3 === sm3)
      if (!file) return refuse('metering.raw_unknown', { batch, sm3 })
      const id = newId()
      const asked = await tx
        .insertInto('raw_request')
        .values({
          id,
          jurisdiction: feed.value.jurisdiction,
          district: feed.value.district,
          feed_id: params.id,
          provider_id: feed.value.provider_id,
          batch,
          sm3,
          name: file.name,
          bytes: BigInt(file.bytes),
          reason,
          asked_by: person!.id,
          asked_at: timestamp(at),
        })
        .onConflict((conflict) => conflict.columns(['feed_id', 'sm3']).doNothing())
        .executeTakeFirst()
      if (asked.numInsertedOrUpdatedRows !== 1n) return refuse('metering.raw_asked')
      touch({ kind: 'raw_request', id, organisationId: feed.value.provider_id })
      return accept({ subject: id })
    },
    view: async (subject, { db }) =>
      viewRequest(await requests(db).where('raw_request.id', '=', subject).executeTakeFirstOrThrow()),
  }
}

function answerRawRequest(world: World): Handlers<Names>['answerRawRequest'] {
  return {
    kind: 'command',
    run: async ({ body: { keyId, requestId, outcome, body, signature }, at }, { tx, touch }) => {
      const row = await tx
        .selectFrom('raw_request')
        .innerJoin('usage_feed', 'usage_feed.id', 'raw_request.feed_id')
        .select(['raw_request.sm3', 'raw_request.state', 'raw_request.provider_id'])
        .select(['usage_feed.algorithm', 'usage_feed.public_key'])
        .where('raw_request.id', '=', requestId)
        .where('usage_feed.key_id', '=', keyId)
        .where('usage_feed.revoked_at', 'is', null)
        .forUpdate('raw_request')
        .executeTakeFirst()
      if (!row) return refuse('metering.feed_unknown', { key: keyId })
      touch({ kind: 'raw_request', id: requestId, organisationId: row.provider_id })
      const key = { id: keyId, algorithm: row.algorithm, bytes: row.public_key }
      const signed = Buffer.from(signature, 'hex')
      if (!verifySignature(key, rawAnswerBytes(keyId, requestId, { outcome, sm3: row.sm3 }), signed))
        return refuse('metering.feed_signature_wrong', { number: requestId })
      if (row.state !== 'asked') return refuse('metering.raw_answered')
      const bytes = outcome === 'sent' ? Buffer.from(body ?? '', 'base64') : null
      const found = bytes === null ? row.sm3 : hex(createHash('sm3').update(bytes).digest())
      if (found !== row.sm3) return refuse('metering.raw_differs', { found, expected: row.sm3 })
      const sha256 = bytes === null ? null : hex(createHash('sha256').update(bytes).digest())
      await tx
        .updateTable('raw_request')
        .set({ state: outcome, answered_at: timestamp(at), signature: signed, sha256 })
        .where('id', '=', requestId)
        .execute()
      if (bytes !== null) await world.files.put(bytes)
      return accept({ subject: requestId })
    },
    view: async (subject, { db }) =>
      db.selectFrom('raw_request').select('state').where('id', '=', subject).executeTakeFirstOrThrow(),
  }
}

/** What an agent is asked for and has not answered. */
export async function askedOf(
  db: Kysely<Tables>,
  feedId: string,
): Promise<{ id: string; name: string; sm3: string; bytes: number }[]> {
  const rows = await db
    .selectFrom('raw_request')
    .select(['id', 'name', 'sm3', 'bytes'])
    .where('feed_id', '=', feedId)
    .where('state', '=', 'asked')
    .orderBy('asked_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- the refusals are those of the helpers
async function feedOf(db: Kysely<Tables>, person: Person | null, id: string) {
  const feed = await db
    .selectFrom('usage_feed')
    .select(['provider_id', 'jurisdiction', 'district'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!feed) return notFound('usage_feed')
  return mayTouch(person, 'usage.ask_raw', { ...feed, organisationIds: [feed.provider_id] })
    ? accept(feed)
    : outOfScope('usage.ask_raw', 'usage_feed')
}

async function rawOfBatch(
  db: Kysely<Tables>,
  feedId: string,
  batch: number,
): Promise<readonly RawEvidence[]> {
  const row = await db
    .selectFrom('usage_batch')
    .select('body')
    .where('feed_id', '=', feedId)
    .where('number', '=', batch)
    .executeTakeFirst()
  return row ? (JSON.parse(row.body) as { raw: readonly RawEvidence[] }).raw : []
}

type RawFile = RawEvidence & { readonly batch: number; readonly from: string; readonly until: string }

/** Raw files that batches name for a day of China time, in order of time. */
async function rawFilesOf(db: Kysely<Tables>, feedId: string, day: Day): Promise<RawFile[]> {
  const from = startOf(day)
  const { rows } = await sql<{ number: number; from: number; until: number; raw: readonly RawEvidence[] }>`
    select number, read_from as from, read_until as until, body::jsonb -> 'raw' as raw from usage_batch
    where feed_id = ${feedId} and read_from >= ${timestamp(from)}::timestamptz
      and read_from < ${timestamp(from + DAY_MS)}::timestamptz and jsonb_array_length(body::jsonb -> 'raw') > 0
    order by read_from, number`.execute(db)
  return rows.flatMap((row) =>
    row.raw.map((file) => ({
      ...file,
      batch: row.number,
      from: new Date(row.from).toISOString(),
      until: new Date(row.until).toISOString(),
    })),
  )
}

const DAY_MS = 86_400_000

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function requests(db: Kysely<Tables>) {
  return db
    .selectFrom('raw_request')
    .innerJoin('usage_feed', 'usage_feed.id', 'raw_request.feed_id')
    .innerJoin('organisation', 'organisation.id', 'raw_request.provider_id')
    .selectAll('raw_request')
    .select(['usage_feed.name as feedName', 'organisation.name as providerName'])
}

type RequestRow = Awaited<ReturnType<ReturnType<typeof requests>['execute']>>[number]

function viewRequest(row: RequestRow): RawRequestView {
  return {
    id: row.id,
    feedId: row.feed_id,
    feedName: row.feedName,
    providerName: row.providerName,
    batch: row.batch,
    name: row.name,
    sm3: row.sm3,
    bytes: Number(row.bytes),
    reason: row.reason,
    askedAt: new Date(row.asked_at).toISOString(),
    state: row.state,
    answeredAt: row.answered_at === null ? null : new Date(row.answered_at).toISOString(),
  }
}
