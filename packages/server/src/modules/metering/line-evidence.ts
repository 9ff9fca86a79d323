// Rated lines with where they come from: the stored record of the run, the file or the agent's signed batch that brought it,
// and the raw samples that the centre keeps. What is signed is checked anew each time it is read.
import type { AnswerOf, Routes } from '@suanquan/api'
import { hex } from '@suanquan/core'
import { addDays, startOf, type Day } from '@suanquan/core/calendar'
import { batchBytes, type RawEvidence } from '@suanquan/core/metering'
import { sql, type Kysely, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { verifySignature } from '../../signing/index.ts'

type Use = AnswerOf<Routes['readPaymentChain']>['use']
type UsedLine = Use['items'][number]
type Evidence = NonNullable<UsedLine['evidence']>

export interface UsePeriod {
  readonly contractId: string
  readonly from: Day
  readonly to: Day
  readonly page: number
  readonly size: number
}

/** The use of a contract in a period, a page of its lines with their evidence. */
export async function provenUse(db: Kysely<Tables>, period: UsePeriod): Promise<Use> {
  const found = db
    .selectFrom('rated_line')
    .where('contract_id', '=', period.contractId)
    .where('booked_at', '>=', sql<number>`${timestamp(startOf(period.from))}::timestamptz`)
    .where('booked_at', '<', sql<number>`${timestamp(startOf(addDays(period.to, 1)))}::timestamptz`)
    .where('counts', '=', true)
  const sums = await found
    .select([
      sql<bigint>`count(*)`.as('total'),
      sql<bigint>`coalesce(sum(amount_fen), 0)::bigint`.as('amountFen'),
      sql<bigint>`coalesce(sum(unit_seconds / units_per_card), 0)::bigint`.as('cardSeconds'),
    ])
    .executeTakeFirstOrThrow()
  const rows = await found
    .selectAll()
    .orderBy('started_at')
    .orderBy('identity')
    .orderBy('chip')
    .limit(period.size)
    .offset((period.page - 1) * period.size)
    .execute()
  const records = await recordsOf(db, rows)
  const evidence = await evidenceOfImports(db, [
    ...new Set([...records.values()].map((each) => each.importId)),
  ])
  return {
    total: Number(sums.total),
    amountFen: sums.amountFen.toString(),
    cardSeconds: sums.cardSeconds.toString(),
    items: rows.map((row) => {
      const record = records.get(`${row.provider_id} ${row.identity}`)
      return viewLine(row, record, record === undefined ? null : (evidence.get(record.importId) ?? null))
    }),
  }
}

type Row = Selectable<Tables['rated_line']>

interface StoredRecord {
  readonly importId: string
  readonly contentHash: string
}

async function recordsOf(
  db: Kysely<Tables>,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, StoredRecord>> {
  if (rows.length === 0) return new Map()
  const found = await db
    .selectFrom('usage_record')
    .select(['provider_id', 'identity', 'import_id', 'content_hash'])
    .where('provider_id', 'in', [...new Set(rows.map((row) => row.provider_id))])
    .where('identity', 'in', [...new Set(rows.map(({ identity }) => identity))])
    .execute()
  return new Map(
    found.map((each) => [
      `${each.provider_id} ${each.identity}`,
      { importId: each.import_id, contentHash: each.content_hash },
    ]),
  )
}

/** @returns by the id of the import that brought a record */
async function evidenceOfImports(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Evidence>> {
  if (ids.length === 0) return new Map()
  const imports = await db.selectFrom('usage_import').selectAll().where('id', 'in', ids).execute()
  const batches = await db
    .selectFrom('usage_batch')
    .innerJoin('usage_feed', 'usage_feed.id', 'usage_batch.feed_id')
    .select([
      'import_id',
      'feed_id',
      'usage_feed.name as feed',
      'number',
      'key_id',
      'algorithm',
      'public_key',
      'sha256',
      'signature',
      'usage_batch.read_from',
      'usage_batch.read_until',
      sql<string>`encode(sha256(convert_to(body, 'UTF8')), 'hex')`.as('digest'),
    ])
    .where('import_id', 'in', ids)
    .execute()
  const found = new Map<string, Evidence>()
  for (const each of imports) {
    const batch = batches.find(({ import_id: id }) => id === each.id)
    found.set(each.id, {
      kind: batch === undefined ? 'file' : 'agent',
      fileName: each.file_name,
      sha256: each.sha256,
      importedAt: new Date(each.imported_at).toISOString(),
      batch: batch === undefined ? null : viewBatchOf(batch),
      raw: batch === undefined ? [] : await rawOf(db, batch),
    })
  }
  return found
}

interface BatchRow {
  readonly feed_id: string
  readonly feed: string
  readonly number: number
  readonly key_id: string
  readonly algorithm: 'SM2' | 'Ed25519'
  readonly public_key: Uint8Array
  readonly sha256: string
  readonly signature: Uint8Array
  readonly read_from: number
  readonly read_until: number
  /** of the text as it is stored */
  readonly digest: string
}

function viewBatchOf(row: BatchRow): NonNullable<Evidence['batch']> {
  const key = { id: row.key_id, algorithm: row.algorithm, bytes: row.public_key }
  const signed = verifySignature(key, batchBytes(row.key_id, row.number, row.sha256), row.signature)
  return {
    feed: row.feed,
    number: row.number,
    key: row.key_id,
    algorithm: row.algorithm,
    signature: hex(row.signature),
    genuine: signed && row.digest === row.sha256,
  }
}

/** Raw files that the feed named for the time that the batch covers: in it, or in its batches of devices. */
async function rawOf(db: Kysely<Tables>, batch: BatchRow): Promise<Evidence['raw']> {
  const rows = await db
    .selectFrom('usage_batch')
    .select(sql<readonly RawEvidence[]>`(body::jsonb)->'raw'`.as('raw'))
    .where('feed_id', '=', batch.feed_id)
    .where('read_from', '<', sql<number>`${timestamp(batch.read_until)}::timestamptz`)
    .where('read_until', '>', sql<number>`${timestamp(batch.read_from)}::timestamptz`)
    .orderBy('number')
    .limit(MOST_BATCHES)
    .execute()
  const files = new Map(rows.flatMap(({ raw }) => raw).map((file) => [file.sm3, file]))
  return [...files.values()].map(({ name, sm3, samples }) => ({ name, sm3, samples }))
}

/** A batch of runs covers hours, and devices are told hour by hour. */
const MOST_BATCHES = 200

function viewLine(row: Row, record: StoredRecord | undefined, evidence: Evidence | null): UsedLine {
  return {
    id: row.id,
    job: row.job.jobId,
    cluster: row.job.cluster,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: new Date(row.ended_at).toISOString(),
    seconds: row.seconds,
    units: row.units,
    unitsPerCard: row.units_per_card,
    chip: row.chip,
    priceFenPerCardHour: row.price_fen_per_card_hour.toString(),
    amountFen: row.amount_fen.toString(),
    recordHash: record?.contentHash ?? null,
    evidence,
  }
}
