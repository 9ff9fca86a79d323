// A batch of a centre's agent: signed by an enrolled key, taken once by its number, whole or not at all. A batch that comes
// again with the same bytes gets the same answer; with other bytes it is refused, and what came first stands. Order does not
// matter: runs merge by snapshot and revision, hours by revision.
import { accept, hex, refuse } from '@suanquan/core'
import {
  batchBytes,
  byDeviceHour,
  readBatch,
  type TellableHour,
  type UsageBatch,
} from '@suanquan/core/metering'
import { createHash } from 'node:crypto'
import { sql, type Selectable, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import { verifySignature } from '../../signing/index.ts'
import { batchesOf } from './feeds.ts'
import { mergeRecords, type ImportCounts } from './import-usage.ts'
import { askedOf } from './raw-requests.ts'
import { inSlices } from './rate-contracts.ts'
import { endSilence } from './usage-alerts.ts'

type Feed = Selectable<Tables['usage_feed']>

/** The counts of a batch without runs. */
const noRecords: Omit<ImportCounts, 'ratedLines' | 'ratedFen'> = {
  records: 0,
  added: 0,
  superseded: 0,
  unchanged: 0,
  conflicts: 0,
  unmatched: 0,
}

export function feedUsage(): Handlers<'feedUsage'>['feedUsage'] {
  return {
    kind: 'command',
    run: async ({ body: { keyId, number, body, signature }, at }, { tx, newId, touch }) => {
      const feed = await tx
        .selectFrom('usage_feed')
        .selectAll()
        .where('key_id', '=', keyId)
        .where('revoked_at', 'is', null)
        .forUpdate()
        .executeTakeFirst()
      if (!feed) return refuse('metering.feed_unknown', { key: keyId })
      touch({ kind: 'usage_feed', id: feed.id, organisationId: feed.provider_id })
      const sha256 = hex(createHash('sha256').update(body).digest())
      const signed = Buffer.from(signature, 'hex')
      const key = { id: keyId, algorithm: feed.algorithm, bytes: feed.public_key }
      if (!verifySignature(key, batchBytes(keyId, number, sha256), signed))
        return refuse('metering.feed_signature_wrong', { number })
      const earlier = await tx
        .selectFrom('usage_batch')
        .select('sha256')
        .where('feed_id', '=', feed.id)
        .where('number', '=', number)
        .executeTakeFirst()
      const subject = `${feed.id}/${number}`
      if (earlier)
        return earlier.sha256 === sha256 ? accept({ subject }) : refuse('metering.batch_differs', { number })
      const read = readBatch(body, { cluster: feed.cluster, number })
      if (!read.ok) return read
      await takeBatch(tx, newId, { feed, batch: read.value, sha256, body, signature: signed, at })
      return accept({ subject })
    },
    view: async (subject, { db }) => {
      const [feedId = '', number] = subject.split('/')
      const { counts } = await db
        .selectFrom('usage_batch')
        .select('counts')
        .where('feed_id', '=', feedId)
        .where('number', '=', Number(number))
        .executeTakeFirstOrThrow()
      const { missing } = await batchesOf(db, feedId)
      const asked = await askedOf(db, feedId)
      return { ...(counts as typeof noRecords & { hours: number }), number: Number(number), missing, asked }
    },
  }
}

interface Coming {
  readonly feed: Feed
  readonly batch: UsageBatch
  readonly sha256: string
  readonly body: string
  readonly signature: Uint8Array
  readonly at: number
}

async function takeBatch(tx: Transaction<Tables>, newId: () => string, coming: Coming): Promise<void> {
  const { feed, batch, sha256, body, signature, at } = coming
  const place = { jurisdiction: feed.jurisdiction, district: feed.district }
  const importId = batch.records.length === 0 ? null : newId()
  const file = {
    id: importId ?? '',
    providerId: feed.provider_id,
    place,
    fileName: `${feed.name} ${batch.number}`,
    sha256,
    importedBy: null,
    at,
  }
  const merged =
    importId === null
      ? noRecords
      : await mergeRecords(tx, newId, file, { records: batch.records, shape: 'agent' })
  const standing = await standingHours(tx, feed, batch.hours)
  const { records, added, superseded, unchanged, conflicts, unmatched } = merged
  const counts = { records, added, superseded, unchanged, conflicts, unmatched, hours: standing.length }
  await tx
    .insertInto('usage_batch')
    .values({
      ...place,
      feed_id: feed.id,
      number: batch.number,
      sha256,
      signature,
      body,
      source: batch.of,
      import_id: importId,
      made_at: timestamp(batch.madeAt),
      read_from: timestamp(batch.from),
      read_until: timestamp(batch.until),
      received_at: timestamp(at),
      counts: JSON.stringify(counts),
    })
    .execute()
  await storeHours(tx, coming, standing)
  await tx
    .updateTable('usage_feed')
    .set({
      heard_at: timestamp(at),
      ...(batch.of === 'runs' ? { read_until: timestamp(Math.max(feed.read_until ?? 0, batch.until)) } : {}),
    })
    .where('id', '=', feed.id)
    .execute()
  await endSilence(tx, feed.id, at)
}

/** The rows that replace what is known: of a device and hour nothing is known yet, or only a lower revision. */
async function standingHours(
  tx: Transaction<Tables>,
  feed: Feed,
  hours: readonly TellableHour[],
): Promise<TellableHour[]> {
  if (hours.length === 0) return []
  const moments = [...new Set(hours.map(({ hourAt }) => timestamp(hourAt)))]
  // Feeds of one cluster take turns: what is known is read and then replaced.
  await tx.selectFrom('organisation').select('id').where('id', '=', feed.provider_id).forUpdate().execute()
  const known = await tx
    .selectFrom('usage_hour')
    .select(['hour_at', 'device', 'revision'])
    .where('provider_id', '=', feed.provider_id)
    .where('cluster', '=', feed.cluster)
    .where(sql<boolean>`hour_at = any(${moments}::timestamptz[])`)
    .execute()
  const revisions = new Map(known.map((row) => [`${row.hour_at}/${row.device}`, row.revision]))
  return [...byDeviceHour(hours)].flatMap(([key, rows]) =>
    (rows[0]!.revision ?? 0) > (revisions.get(key) ?? -1) ? rows : [],
  )
}

async function storeHours(
  tx: Transaction<Tables>,
  { feed, batch }: Coming,
  rows: readonly TellableHour[],
): Promise<void> {
  for (const slice of inSlices(rows)) {
    await sql`delete from usage_hour where provider_id = ${feed.provider_id} and cluster = ${feed.cluster}
      and (hour_at, device) in (select * from unnest(${slice.map(({ hourAt }) => timestamp(hourAt))}::timestamptz[],
        ${slice.map(({ device }) => device)}::text[])) and (feed_id, batch) <> (${feed.id}, ${batch.number})`.execute(
      tx,
    )
    await tx
      .insertInto('usage_hour')
      .values(
        slice.map((hour) => ({
          jurisdiction: feed.jurisdiction,
          district: feed.district,
          provider_id: feed.provider_id,
          cluster: feed.cluster,
          device: hour.device,
          hour_at: timestamp(hour.hourAt),
          owner: hour.owner,
          feed_id: feed.id,
          batch: batch.number,
          revision: hour.revision ?? 0,
          samples: hour.samples,
          covered_seconds: hour.coveredSeconds,
          hour: JSON.stringify(hour),
        })),
      )
      .execute()
  }
}
