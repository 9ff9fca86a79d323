// Use told event by event: CloudEvents, each signed by an enrolled key, each taken once by its source and id. A resend is
// answered as the first was; another content under the same id is refused, and what came first stands. A request is taken
// whole or not at all; its runs merge as those of any file or batch.
import { sentence, type BodyOf, type Routes } from '@suanquan/api'
import { accept, hex, refuse, type Decision } from '@suanquan/core'
import {
  eventText,
  mergeUsage,
  readPlainRun,
  RUN_COLUMNS,
  RUN_EVENT_TYPE,
  type RunField,
  type UsageMerge,
  type UsageRecord,
} from '@suanquan/core/metering'
import { createHash } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Handlers } from '../../http/world.ts'
import { verifySignature } from '../../signing/index.ts'
import { knownRecords, mergeRecords } from './import-usage.ts'

type Feed = Selectable<Tables['usage_feed']>
type UsageEvent = BodyOf<Routes['takeUsageEvents']>[number]

export function takeUsageEvents(): Handlers<'takeUsageEvents'>['takeUsageEvents'] {
  return {
    kind: 'command',
    run: async ({ body: events, at }, { tx, newId, touch }) => {
      const keyId = events[0]!.suanquankey
      const feed = await tx
        .selectFrom('usage_feed')
        .selectAll()
        .where('key_id', '=', keyId)
        .where('revoked_at', 'is', null)
        .forUpdate()
        .executeTakeFirst()
      if (!feed) return refuse('metering.feed_unknown', { key: keyId })
      touch({ kind: 'usage_feed', id: feed.id, organisationId: feed.provider_id })
      const checked = checkedEvents(events, feed)
      if (!checked.ok) return checked
      // One source may speak through several feeds of a provider: they take turns.
      await tx
        .selectFrom('organisation')
        .select('id')
        .where('id', '=', feed.provider_id)
        .forUpdate()
        .execute()
      const fresh = await freshOf(tx, feed, checked.value)
      if (!fresh.ok) return fresh
      if (fresh.value.length > 0) await takeRuns(tx, newId, { feed, events: fresh.value, at })
      await tx
        .updateTable('usage_feed')
        .set({ heard_at: timestamp(at) })
        .where('id', '=', feed.id)
        .execute()
      return accept({ subject: feed.id })
    },
    view: async (feedId, { db }, { body }: Asked<'takeUsageEvents'>) => {
      const rows = await db
        .selectFrom('usage_event')
        .innerJoin('usage_feed', 'usage_feed.provider_id', 'usage_event.provider_id')
        .select(['source', 'event_id', 'outcome'])
        .where('usage_feed.id', '=', feedId)
        .where('event_id', 'in', [...new Set(body.map(({ id }) => id))])
        .execute()
      const outcomes = new Map(rows.map((row) => [`${row.source}\n${row.event_id}`, row.outcome]))
      return {
        events: body.map(({ source, id }) => ({ source, id, outcome: outcomes.get(`${source}\n${id}`)! })),
      }
    },
  }
}

interface ReadEvent {
  readonly event: UsageEvent
  readonly body: string
  readonly sha256: string
  readonly record: UsageRecord
}

type EventRefusal =
  | 'metering.event_type'
  | 'metering.event_field'
  | 'metering.event_unsigned'
  | 'metering.event_other_key'
  | 'metering.batch_other_cluster'

function checkedEvents(events: readonly UsageEvent[], feed: Feed): Decision<ReadEvent[], EventRefusal> {
  const read: ReadEvent[] = []
  const key = { id: feed.key_id, algorithm: feed.algorithm, bytes: feed.public_key }
  for (const [index, event] of events.entries()) {
    const entry = index + 1
    if (event.suanquankey !== feed.key_id) return refuse('metering.event_other_key', { entry })
    const body = eventText(event)
    if (!verifySignature(key, Buffer.from(body), Buffer.from(event.suanquansig, 'hex')))
      return refuse('metering.event_unsigned', { entry })
    if (event.type !== RUN_EVENT_TYPE)
      return refuse('metering.event_type', { entry, type: event.type, expected: RUN_EVENT_TYPE })
    const told = RUN_COLUMNS.map(({ field }): [RunField, string] => [field, String(event.data[field] ?? '')])
    const run = readPlainRun(Object.fromEntries(told), entry)
    if (!run.ok) {
      const { field, value, refusal } = run.faults[0]!
      const why = { why: sentence(refusal, 'en'), whyZh: sentence(refusal, 'zh') }
      return refuse('metering.event_field', { entry, field, value, ...why })
    }
    if (run.record.cluster !== feed.cluster)
      return refuse('metering.batch_other_cluster', { cluster: run.record.cluster, expected: feed.cluster })
    const revision = event.data['revision']
    const record = typeof revision === 'number' && revision > 0 ? { ...run.record, revision } : run.record
    read.push({ event, body, sha256: hex(createHash('sha256').update(body).digest()), record })
  }
  return accept(read)
}

/** Events that have not come before, each once. */
async function freshOf(
  tx: Transaction<Tables>,
  feed: Feed,
  events: readonly ReadEvent[],
): Promise<Decision<ReadEvent[], 'metering.event_differs'>> {
  const rows = await tx
    .selectFrom('usage_event')
    .select(['source', 'event_id', 'sha256'])
    .where('provider_id', '=', feed.provider_id)
    .where('event_id', 'in', [...new Set(events.map(({ event }) => event.id))])
    .execute()
  const known = new Map(rows.map((row) => [`${row.source}\n${row.event_id}`, row.sha256]))
  const fresh: ReadEvent[] = []
  for (const each of events) {
    const { source, id } = each.event
    const before = known.get(`${source}\n${id}`)
    if (before !== undefined && before !== each.sha256)
      return refuse('metering.event_differs', { source, id })
    if (before === undefined) fresh.push(each)
    known.set(`${source}\n${id}`, each.sha256)
  }
  return accept(fresh)
}

interface Coming {
  readonly feed: Feed
  readonly events: readonly ReadEvent[]
  readonly at: number
}

async function takeRuns(
  tx: Transaction<Tables>,
  newId: () => string,
  { feed, events, at }: Coming,
): Promise<void> {
  const records = events.map(({ record }) => record)
  const merged = mergeUsage(await knownRecords(tx, feed.provider_id, records), records)
  const place = { jurisdiction: feed.jurisdiction, district: feed.district }
  const digests = createHash('sha256').update(events.map(({ sha256 }) => sha256).join('\n'))
  const id = newId()
  const file = {
    id,
    providerId: feed.provider_id,
    place,
    fileName: `${feed.name} ${events[0]!.event.id}`.slice(0, 150),
    sha256: hex(digests.digest()),
    importedBy: null,
    at,
  }
  await mergeRecords(tx, newId, file, { records, shape: 'cloudevents' })
  await tx
    .insertInto('usage_event')
    .values(
      events.map(({ event, body, sha256, record }) => ({
        ...place,
        provider_id: feed.provider_id,
        source: event.source,
        event_id: event.id,
        feed_id: feed.id,
        sha256,
        outcome: outcomeOf(merged, record),
        body,
        import_id: id,
        received_at: timestamp(at),
      })),
    )
    .execute()
}

function outcomeOf(
  merged: UsageMerge,
  record: UsageRecord,
): 'added' | 'superseded' | 'unchanged' | 'conflict' {
  if (merged.conflicts.some(({ offered }) => offered === record)) return 'conflict'
  if (merged.superseded.some(({ after }) => after === record)) return 'superseded'
  return merged.added.includes(record) ? 'added' : 'unchanged'
}
