// What each feed says of centres and months: the centre's own statement, its contracts, the runs of its scheduler, and the
// hours of its devices. Sums are made in the database; what a feed cannot know is said in the reading, never filled in.
import { addMonths, startOf } from '@suanquan/core/calendar'
import { countedFp16, chipClass, findAccelerator } from '@suanquan/core/capacity'
import {
  ACTIVE_PERCENT,
  cardSecondsOf,
  readingOf,
  soldIn,
  type CentreMonth,
  type RungReading,
  type SoldTerm,
} from '@suanquan/core/metering'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { StockLine } from '../../database/money-tables.ts'

type Db = Kysely<Tables>

interface Asked {
  readonly ids: readonly string[]
  /** the month whose use is read */
  readonly month: string
  /** it and those to come, of which only statement and contracts speak */
  readonly months: readonly string[]
  readonly terms: readonly SoldTerm[]
}

export async function cellsOf(db: Db, { ids, month, months, terms }: Asked): Promise<CentreMonth[]> {
  if (ids.length === 0) return []
  const stated = await statedOf(db, ids, months)
  const runs = await runsOf(db, ids, month)
  const devices = await devicesOf(db, ids, month)
  return ids.flatMap((centre) =>
    months.map((each): CentreMonth => {
      const lines = stated.get(`${centre} ${each}`)
      const sold = soldIn(
        terms.filter((term) => term.centre === centre),
        each,
      )
      const readings = { ...statedReadings(lines, each), ...soldReading(lines, sold) }
      if (each !== month) return { centre, month: each, classes: classesOf(lines), readings }
      const installed = readings.installed
      return {
        centre,
        month: each,
        classes: classesOf(lines),
        readings: {
          ...readings,
          ...runsReading(runs.get(centre)),
          ...deviceReadings(devices.get(centre), installed),
        },
      }
    }),
  )
}

/** Contracts with a living application: what was refused or withdrawn sells nothing. */
export async function termsOf(db: Db, ids: readonly string[]): Promise<SoldTerm[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('service_contract')
    .select(['id', 'provider_id', 'starts_on', 'ends_on', 'amount_fen', 'excluded_fen', 'prices'])
    .where('provider_id', 'in', ids)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('application')
          .select('application.id')
          .whereRef('application.contract_id', '=', 'service_contract.id')
          .where('application.state', 'not in', ['draft', 'refused', 'withdrawn']),
      ),
    )
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    centre: row.provider_id,
    contract: row.id,
    from: row.starts_on,
    until: row.ends_on,
    fen: row.amount_fen - row.excluded_fen,
    prices: row.prices.map(({ chip, priceFenPerCardHour }) => ({
      chip,
      fenPerCardHour: BigInt(priceFenPerCardHour),
    })),
  }))
}

async function statedOf(
  db: Db,
  ids: readonly string[],
  months: readonly string[],
): Promise<Map<string, readonly StockLine[]>> {
  const rows = await db
    .selectFrom('centre_capacity')
    .distinctOn(['provider_id', 'month'])
    .select(['provider_id', 'month', 'lines'])
    .where('provider_id', 'in', ids)
    .where('month', 'in', months)
    .orderBy('provider_id')
    .orderBy('month')
    .orderBy('version', 'desc')
    .execute()
  return new Map(rows.map((row) => [`${row.provider_id} ${row.month}`, row.lines]))
}

function classesOf(lines: readonly StockLine[] = []): CentreMonth['classes'] {
  return Object.fromEntries(
    lines.map((line) => {
      const card = findAccelerator(line.chip)
      return [chipClass(line.chip), card === undefined ? null : (countedFp16(card, line) ?? null)]
    }),
  )
}

function statedReadings(lines: readonly StockLine[] | undefined, month: string): CentreMonth['readings'] {
  if (lines === undefined) return {}
  const told = { sources: ['statement'] as const, whole: true, seen: null }
  const all = lines.map(({ chip, devices }) => ({ chip, cardSeconds: cardSecondsOf(devices, month) }))
  const installed = readingOf(all, told)
  const down = lines.map(({ downCardHours }) => downCardHours ?? null)
  if (down.includes(null)) return { installed }
  const up = all.map((line, index) => ({
    ...line,
    cardSeconds: Math.max(0, line.cardSeconds - down[index]! * 3600),
  }))
  return { installed, available: readingOf(up, told) }
}

/** A statement leaves out the contracts of those who apply here: both together are what is sold. */
function soldReading(
  lines: readonly StockLine[] | undefined,
  contracts: ReturnType<typeof soldIn>,
): CentreMonth['readings'] {
  if (lines === undefined && contracts.length === 0) return {}
  const stated = (lines ?? []).map(({ chip, soldCardHours }) => ({ chip, cardSeconds: soldCardHours * 3600 }))
  const sources = [
    ...(lines === undefined ? [] : (['statement'] as const)),
    ...(contracts.length === 0 ? [] : (['contracts'] as const)),
  ]
  return { sold: readingOf([...stated, ...contracts], { sources, whole: lines !== undefined, seen: null }) }
}

interface Bounds {
  readonly from: string
  readonly until: string
}

function boundsOf(month: string): Bounds {
  return {
    from: timestamp(startOf(`${month}-01`)),
    until: timestamp(startOf(addMonths(`${month}-01`, 1))),
  }
}

interface Runs {
  readonly lines: { chip: string | null; cardSeconds: number }[]
  /** card-seconds are not known of all runs */
  unmeasured: boolean
  seen: RungReading['seen']
  /** a batch that an agent numbered has not come */
  missing: boolean
}

/**
 * The share of each run that lies in the month. Where a run was suspended its time on the devices follows the clock in
 * proportion, as in rating. A slice counts as the part of a card that its contract says; without one it is unmeasured.
 */
async function runsOf(db: Db, ids: readonly string[], month: string): Promise<Map<string, Runs>> {
  const { from, until } = boundsOf(month)
  const { rows } = await sql<{ id: string; chip: string | null; seconds: number; unmeasured: boolean }>`
    with run as (
      select u.provider_id, u.record, c.shard, (u.record ->> 'startedAt')::numeric as started,
        (u.record ->> 'elapsedSeconds')::numeric as elapsed,
        coalesce((u.record ->> 'endedAt')::numeric, (u.record ->> 'startedAt')::numeric
          + 1000 * ((u.record ->> 'elapsedSeconds')::numeric + (u.record ->> 'suspendedSeconds')::numeric)) as ended
      from usage_record u left join service_contract c on c.id = u.contract_id
      where u.provider_id = any(${ids}::uuid[]) and (u.record ->> 'startedAt') is not null),
    bounds as (select extract(epoch from ${from}::timestamptz) * 1000 as lower,
      extract(epoch from ${until}::timestamptz) * 1000 as upper),
    within as (
      select run.*, elapsed * (least(ended, upper) - greatest(started, lower)) / nullif(ended - started, 0) as seconds
      from run, bounds where started < upper and ended > lower),
    held as (
      select provider_id, named.chip, named.cards * seconds as seconds, false as unmeasured
        from within, jsonb_to_recordset(record -> 'chips') as named(chip text, cards numeric)
      union all
      select provider_id, null, ((record ->> 'gpus')::numeric - coalesce((select sum((each ->> 'cards')::numeric)
          from jsonb_array_elements(record -> 'chips') each), 0)) * seconds, false from within
      union all
      select provider_id, shard ->> 'chip', (record ->> 'shards')::numeric * seconds
          / nullif((shard ->> 'shardsPerCard')::numeric, 0), shard is null from within
        where (record ->> 'gpus')::numeric = 0 and (record ->> 'shards')::numeric > 0)
    select provider_id as id, chip, coalesce(round(sum(seconds)), 0)::float8 as seconds,
      bool_or(unmeasured) as unmeasured
    from held where unmeasured or seconds > 0 or chip is not null group by provider_id, chip order by 1, 2`.execute(
    db,
  )
  const found = new Map<string, Runs>()
  for (const { id, seen, missing } of await readBySchedulers(db, ids, { from, until }))
    found.set(id, { lines: [], unmeasured: false, seen, missing })
  for (const { id, chip, seconds, unmeasured } of rows) {
    const runs = found.get(id) ?? { lines: [], unmeasured: false, seen: null, missing: false }
    if (unmeasured) runs.unmeasured = true
    runs.lines.push({ chip, cardSeconds: seconds })
    found.set(id, runs)
  }
  return found
}

interface Read {
  readonly id: string
  readonly seen: { readonly seconds: number; readonly of: number }
  readonly missing: boolean
}

/** How much of the month the agents at the schedulers have read: from the first batch with runs up to what they say. */
async function readBySchedulers(db: Db, ids: readonly string[], { from, until }: Bounds): Promise<Read[]> {
  const { rows } = await sql<{ id: string; seconds: number; of: number; missing: boolean }>`
    with feed as (
      select f.provider_id, f.read_until, min(b.read_from) filter (where b.import_id is not null) as read_from,
        max(b.number) > count(*) as missing
      from usage_feed f join usage_batch b on b.feed_id = f.id
      where f.provider_id = any(${ids}::uuid[]) and f.read_until is not null group by f.id),
    seen as (
      select provider_id, missing, greatest(0, extract(epoch from least(read_until, ${until}::timestamptz)
        - greatest(read_from, ${from}::timestamptz))) as seconds from feed where read_from is not null)
    select provider_id as id, sum(seconds)::float8 as seconds, bool_or(missing) as missing,
      (count(*) * extract(epoch from ${until}::timestamptz - ${from}::timestamptz))::float8 as of
    from seen group by provider_id having sum(seconds) > 0`.execute(db)
  return rows.map(({ id, seconds, of, missing }) => ({ id, missing, seen: { seconds, of } }))
}

/** A file does not say which days it is whole for: what it brings is at least what was allocated. */
function runsReading(runs: Runs | undefined): CentreMonth['readings'] {
  if (runs === undefined) return {}
  const whole = runs.seen !== null && runs.seen.seconds >= runs.seen.of && !runs.missing && !runs.unmeasured
  return { allocated: readingOf(runs.lines, { sources: ['scheduler'], whole, seen: runs.seen }) }
}

interface Devices {
  readonly id: string
  readonly cards: number
  readonly seen: number
  readonly active: number
  /** of hours whose matrix units were read */
  readonly effective: number | null
  readonly unjudged: boolean
  readonly unweighed: boolean
}

/** Instances cut out of one card share its hour evenly: the monitoring does not say how large each is. */
async function devicesOf(db: Db, ids: readonly string[], month: string): Promise<Map<string, Devices>> {
  const { from, until } = boundsOf(month)
  const { rows } = await sql<Devices>`
    with told as (
      select provider_id, cluster, hour_at, device, split_part(device, '/', 1) as card, covered_seconds as seconds,
        (hour #>> '{gauges,busy,sum}')::numeric / 1000 / nullif((hour #>> '{gauges,busy,count}')::numeric, 0) as busy,
        (hour #>> '{gauges,tensor,sum}')::numeric / 1000000 / nullif((hour #>> '{gauges,tensor,count}')::numeric, 0)
          as tensor
      from usage_hour where provider_id = any(${ids}::uuid[])
        and hour_at >= ${from}::timestamptz and hour_at < ${until}::timestamptz),
    card as (
      select provider_id, cluster, hour_at, card, count(distinct device)::numeric as parts from told group by 1, 2, 3, 4)
    select provider_id as id, count(distinct (cluster, card))::int as cards, sum(seconds / parts)::float8 as seen,
      coalesce(sum(seconds / parts) filter (where busy >= ${ACTIVE_PERCENT}), 0)::float8 as active,
      sum(seconds / parts * tensor)::float8 as effective,
      bool_or(busy is null) as unjudged, bool_or(tensor is null) as unweighed
    from told join card using (provider_id, cluster, hour_at, card) group by provider_id`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The monitoring does not tell classes: they are known only where the centre has one. */
function deviceReadings(
  devices: Devices | undefined,
  installed: RungReading | undefined,
): CentreMonth['readings'] {
  if (devices === undefined) return {}
  const classes = Object.keys(installed?.chips ?? {})
  const chip = classes.length === 1 ? classes[0]! : null
  const all = installed === undefined ? null : Object.values(installed.chips).reduce((a, b) => a + b, 0)
  const seen = { seconds: Math.round(devices.seen), of: Math.round(all ?? devices.seen) }
  const reading = (cardSeconds: number, whole: boolean): RungReading =>
    readingOf([{ chip, cardSeconds }], { sources: ['monitoring'], whole, seen })
  return {
    active: reading(devices.active, !devices.unjudged),
    ...(devices.effective === null ? {} : { effective: reading(devices.effective, !devices.unweighed) }),
  }
}
