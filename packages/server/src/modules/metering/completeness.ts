// How each feed is, and how complete what it told is, day by day. What was read is kept with the batches and their hours;
// how complete that is, core says.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { addDays, startOf, type Day, type Instant } from '@suanquan/core/calendar'
import {
  clockOffset,
  feedDays,
  gapsOf,
  sharedHours,
  type FeedDay,
  type FeedSpan,
} from '@suanquan/core/metering'
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import { visibleRows } from '../../identity/scope.ts'
import { batchesOf } from './feeds.ts'

type Feed = Selectable<Tables['usage_feed']>
type Health = AnswerOf<Routes['readCompleteness']>['feeds'][number]

const MOST_LISTED = 50

export function readCompleteness(): Handler<'readCompleteness'> {
  return {
    kind: 'query',
    run: async ({ query, person, at, today }, { db, touch }) => {
      touch({ kind: 'usage_feed', id: null })
      const to = query.to ?? today
      const from = addDays(to, 1 - query.days)
      const rows = await db
        .selectFrom('usage_feed')
        .innerJoin('organisation', 'organisation.id', 'usage_feed.provider_id')
        .selectAll('usage_feed')
        .select('organisation.name as providerName')
        .where(visibleRows(person!, 'usage.read', 'usage_feed', 'usage_feed.provider_id'))
        .orderBy('organisation.name')
        .orderBy('usage_feed.enrolled_at')
        .orderBy('usage_feed.id')
        .execute()
      const feeds: Health[] = []
      for (const row of rows) feeds.push(await healthOf(db, row, { from, to, at }))
      return accept({ from, to, at: new Date(at).toISOString(), feeds })
    },
  }
}

interface Days {
  readonly from: Day
  readonly to: Day
  readonly at: Instant
}

async function healthOf(
  db: Kysely<Tables>,
  feed: Feed & { readonly providerName: string },
  { from, to, at }: Days,
): Promise<Health> {
  const span = await spanOf(db, feed, { from, to })
  const text = (moment: number): string => new Date(moment).toISOString()
  const within = {
    from: Math.max(startOf(from), feed.enrolled_at),
    until: Math.min(startOf(addDays(to, 1)), feed.revoked_at ?? at, at),
  }
  const recent = await db
    .selectFrom('usage_batch')
    .select(['made_at as madeAt', 'received_at as receivedAt'])
    .where('feed_id', '=', feed.id)
    .orderBy('number', 'desc')
    .limit(20)
    .execute()
  return {
    id: feed.id,
    name: feed.name,
    providerId: feed.provider_id,
    providerName: feed.providerName,
    cluster: feed.cluster,
    algorithm: feed.algorithm,
    keyId: feed.key_id,
    enrolledAt: text(feed.enrolled_at),
    revokedAt: feed.revoked_at === null ? null : text(feed.revoked_at),
    heardAt: feed.heard_at === null ? null : text(feed.heard_at),
    readUntil: feed.read_until === null ? null : text(feed.read_until),
    silentSeconds: seconds(Math.max(0, at - (feed.heard_at ?? feed.enrolled_at))),
    lagSeconds: feed.read_until === null ? null : seconds(Math.max(0, at - feed.read_until)),
    clockSeconds: clockOffset(recent),
    ...(await batchesOf(db, feed.id)),
    devices: new Set(span.devices.map(({ device }) => device)).size,
    days: feedDays(span, { from, to }, at),
    gaps: gapsOf(span.read, within)
      .slice(-MOST_LISTED)
      .map((gap) => ({ from: text(gap.from), until: text(gap.until) })),
    shared: sharedHours(span.devices)
      .slice(-MOST_LISTED)
      .map(({ device, hourAt, owners, seconds: held }) => ({
        device,
        hourAt: text(hourAt),
        owners: [...owners],
        seconds: held,
      })),
  }
}

type Told = Omit<FeedSpan, 'devices'> & {
  readonly devices: readonly (FeedSpan['devices'][number] & { readonly owner: string })[]
}

/** What a feed told of some days. */
export async function spanOf(
  db: Kysely<Tables>,
  feed: Feed,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<Told> {
  const [begin, end] = [moment(startOf(from)), moment(startOf(addDays(to, 1)))]
  const read = await db
    .selectFrom('usage_batch')
    .select(['read_from as from', 'read_until as until'])
    .where('feed_id', '=', feed.id)
    .where('read_until', '>', begin)
    .where('read_from', '<', end)
    // what was read of the devices is told by their hours
    .where('source', '=', 'runs')
    .execute()
  const devices = await db
    .selectFrom('usage_hour')
    .select(['device', 'hour_at as hourAt', 'owner', 'covered_seconds as coveredSeconds'])
    .where('feed_id', '=', feed.id)
    .where('hour_at', '>=', begin)
    .where('hour_at', '<', end)
    .orderBy('hour_at')
    .orderBy('device')
    .execute()
  return { id: feed.id, enrolledAt: feed.enrolled_at, endedAt: feed.revoked_at, read, devices }
}

/** What is open of a month at one provider: the days, by the least complete of its feeds. */
export async function monthOfProvider(
  db: Kysely<Tables>,
  providerId: string,
  { from, to, at }: Days,
): Promise<{ readonly percent: number | null; readonly daysOpen: number; readonly missing: number }> {
  const feeds = await db
    .selectFrom('usage_feed')
    .selectAll()
    .where('provider_id', '=', providerId)
    .where('enrolled_at', '<', moment(startOf(addDays(to, 1))))
    .execute()
  const days: FeedDay[] = []
  let missing = 0
  for (const feed of feeds) {
    days.push(...feedDays(await spanOf(db, feed, { from, to }), { from, to }, at))
    missing += (await batchesOf(db, feed.id)).missing.length
  }
  const expected = days.filter(({ state }) => state !== 'no_feed')
  const open = new Set(expected.filter(({ state }) => state !== 'complete').map(({ day }) => day))
  const percents = expected.map(({ percent }) => percent)
  return {
    percent: percents.length === 0 ? null : Math.floor(percents.reduce((a, b) => a + b, 0) / percents.length),
    daysOpen: open.size,
    missing,
  }
}

function moment(instant: Instant): RawBuilder<Instant> {
  return sql<Instant>`${timestamp(instant)}::timestamptz`
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
