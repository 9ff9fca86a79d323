// The rated lines of a contract, made anew from its records, month by month, whenever one of them changes.
import { addMonths, startOf, type Day, type Instant } from '@suanquan/core/calendar'
import {
  bookUsage,
  type BookedLine,
  type Books,
  type Month,
  type RatingRefusal,
  type UsageRecord,
} from '@suanquan/core/metering'
import { canonicalText, type Refusal } from '@suanquan/core'
import { sql, type RawBuilder, type Transaction } from 'kysely'
import { insertRows, type Tables } from '../../database/index.ts'
import { amountsAsText } from '../market/index.ts'
import { contractOf, type ContractRow } from './contracts.ts'
import { booksOfContract } from './booked-lines.ts'
import { closingOf, type Closing } from './closing.ts'
import type { ImportProblem, UsageSource } from './import-usage.ts'
import { raiseUnproven } from './unproven-claims.ts'

/** Whose use is rated, and where its lines belong. */
export type Rating = Pick<UsageSource, 'providerId' | 'place' | 'at'>

export interface RatedContracts {
  readonly lines: number
  readonly amountFen: bigint
  readonly problems: readonly ImportProblem[]
}

/** Contracts with the months in which their records changed; null where all of them are rated anew. */
export type Touched = ReadonlyMap<string, readonly Month[] | null>

interface ToRate {
  readonly contracts: readonly ContractRow[]
  /** all of each contract when left out */
  readonly touched?: Touched
}

/** What is rated at once: so many contracts with the same months cost few questions and little memory. */
const CONTRACTS_AT_ONCE = 50

/**
 * Lines are rounded within a month, so only the months that records touch are rated anew, where they are open and no claim
 * rests on them; else the contract is. One that cannot be rated there (a chip without a price) keeps its old lines and is
 * reported: never rated free.
 */
export async function rateContracts(
  tx: Transaction<Tables>,
  newId: () => string,
  file: Rating,
  { contracts, touched = new Map() }: ToRate,
): Promise<RatedContracts> {
  let lines = 0
  let amountFen = 0n
  const problems: ImportProblem[] = []
  const closing = await closingOf(tx, file)
  const whole = await ratedWhole(tx, touched, closing)
  // terms of an agreed price (a lease, a minimum of the term) reach over months
  const overMonths = new Set(contracts.flatMap(({ id, agreed }) => (agreed === null ? [] : [id])))
  const monthsOf = ({ id }: ContractRow): readonly Month[] | null =>
    whole.has(id) || overMonths.has(id) ? null : (touched.get(id) ?? null)
  for (const { rows, months } of alike(contracts, monthsOf)) {
    const records = await recordsOf(tx, rows, months)
    const made: Made[] = []
    for (const row of rows) {
      const own = records.get(row.id) ?? []
      const books = months === null ? await booksOfContract(tx, row, closing) : OPEN_BOOKS
      const rated = bookUsage(own, contractOf(row), books)
      if (!rated.ok) {
        problems.push(problemOf(rated.refusal))
        continue
      }
      const inMonths = rated.value.filter(({ month }) => months === null || months.includes(month))
      made.push({ row, lines: inMonths, records: own })
      lines += inMonths.length
      amountFen += inMonths.reduce((sum, line) => sum + line.amountFen, 0n)
    }
    await replaceLines(tx, newId, file, { made, months })
    if (months === null)
      for (const { row: contract, lines: all } of made)
        await raiseUnproven(tx, newId, { contract, lines: all, at: file.at })
  }
  return { lines, amountFen, problems }
}

const OPEN_BOOKS: Books = { closedThrough: null, closed: [], late: 'next', claimed: () => false }

/** Contracts of which a closed month is touched, or one that a living claim rests on. */
async function ratedWhole(
  tx: Transaction<Tables>,
  touched: Touched,
  { closedThrough }: Closing,
): Promise<ReadonlySet<string>> {
  const whole = new Set<string>()
  for (const [id, months] of touched)
    if (months !== null && closedThrough !== null && months.some((month) => month <= closedThrough))
      whole.add(id)
  const { rows } = await sql<{ id: string; from: Month; to: Month }>`
    select contract_id as id, to_char(period_from, 'YYYY-MM') as from, to_char(period_to, 'YYYY-MM') as to from claim
    where contract_id = any(${[...touched.keys()]}::uuid[]) and state not in ('refused', 'withdrawn')`.execute(
    tx,
  )
  for (const { id, from, to } of rows)
    if (touched.get(id)?.some((month) => month >= from && month <= to)) whole.add(id)
  return whole
}

interface Alike {
  readonly rows: readonly ContractRow[]
  readonly months: readonly Month[] | null
}

function* alike(
  contracts: readonly ContractRow[],
  monthsOf: (row: ContractRow) => readonly Month[] | null,
): Generator<Alike> {
  const groups = new Map<string, ContractRow[]>()
  for (const row of contracts) {
    const months = monthsOf(row)
    const key = months === null ? row.id : months.join()
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  for (const rows of groups.values())
    for (let from = 0; from < rows.length; from += CONTRACTS_AT_ONCE)
      yield { rows: rows.slice(from, from + CONTRACTS_AT_ONCE), months: monthsOf(rows[0]!) }
}

/** Records that reach into the months, by contract. */
async function recordsOf(
  tx: Transaction<Tables>,
  rows: readonly ContractRow[],
  months: readonly Month[] | null,
): Promise<Map<string, UsageRecord[]>> {
  // runs that wait for their cards touch a contract and no month
  const reach =
    months === null ? sql`` : sql`and (${sql.join([sql`false`, ...months.map(reaching)], sql` or `)})`
  const { rows: stored } = await sql<{ contract_id: string; record: UsageRecord }>`
    select contract_id, record from usage_record where contract_id = any(${rows.map(({ id }) => id)}::uuid[]) ${reach}`.execute(
    tx,
  )
  const found = new Map<string, UsageRecord[]>()
  for (const { contract_id: id, record } of stored) {
    const own = found.get(id)
    if (own) own.push(record)
    else found.set(id, [record])
  }
  return found
}

/** The last moment of a record, as its index has it. */
const USED_UNTIL = sql`coalesce((record ->> 'endedAt')::bigint, (record ->> 'startedAt')::bigint
  + ((record ->> 'elapsedSeconds')::bigint + (record ->> 'suspendedSeconds')::bigint) * 1000)`

function reaching(month: Month): RawBuilder<unknown> {
  const first: Day = `${month}-01`
  const before = sql`(record ->> 'startedAt')::bigint < ${startOf(addMonths(first, 1))}`
  return sql`(${USED_UNTIL} > ${startOf(first)} and ${before})`
}

interface Made {
  readonly row: ContractRow
  readonly lines: readonly BookedLine[]
  readonly records: readonly UsageRecord[]
}

/** Lines that are there already stay as they are, so that a long contract costs what changed in it. */
async function replaceLines(
  tx: Transaction<Tables>,
  newId: () => string,
  file: Rating,
  { made, months }: { readonly made: readonly Made[]; readonly months: readonly Month[] | null },
): Promise<void> {
  if (made.length === 0) return
  const within = months === null ? sql`` : sql`and month = any(${months}::text[])`
  const { rows: stored } = await sql<{ id: string; said: string; tariff: object | null }>`
    select id, ${SAID} as said, tariff from rated_line
    where contract_id = any(${made.map(({ row }) => row.id)}::uuid[]) ${within} order by id`.execute(tx)
  const gone = new Map(stored.map(({ id, said, tariff }) => [withTariff(said, tariff), id]))
  const fresh: Line[] = []
  for (const { row, lines, records } of made) {
    const byKey = new Map(records.map((record) => [record.key, record]))
    for (const line of lines) {
      const record = byKey.get(line.recordKey) ?? null
      const tariff = tariffOf(line)
      if (!gone.delete(withTariff(saying(row, line, record), tariff)))
        fresh.push({ ...lineValues(file, row, { line, record }, newId()), tariff })
    }
  }
  if (gone.size > 0)
    await sql`delete from rated_line where id = any(${[...gone.values()]}::uuid[])`.execute(tx)
  await insertRows(tx, 'rated_line', fresh)
}

/** What a stored line says, in one text: equal to `saying` of a line that is made anew. */
const SAID = sql<string>`concat_ws('|', contract_id, identity, (extract(epoch from started_at) * 1000)::bigint,
  (extract(epoch from ended_at) * 1000)::bigint, month, seconds, suspended_seconds, unit_seconds, chip, units, units_per_card,
  price_fen_per_card_hour, value_fen, amount_fen, reason, open::text, booking, booked_month,
  (extract(epoch from booked_at) * 1000)::bigint, counts::text, coalesce((extract(epoch from corrects_at) * 1000)::bigint, 0),
  job ->> 'cluster', job ->> 'jobId', job ->> 'state')`

function withTariff(said: string, tariff: object | null): string {
  return tariff === null ? said : `${said}|${canonicalText(tariff)}`
}

/** As it is stored: amounts as texts. */
function tariffOf({ tariff }: BookedLine): object | null {
  return tariff === undefined ? null : (JSON.parse(amountsAsText(tariff)) as object)
}

function saying({ id }: ContractRow, line: BookedLine, record: UsageRecord | null): string {
  const { recordKey, fromAt, untilAt, month, seconds, chip, units, unitsPerCard, fenPerCardHour } = line
  const { cluster, jobId, state } = jobOf(line, record)
  const suspended = record?.suspendedSeconds ?? 0
  const use = [id, recordKey, fromAt, untilAt, month, seconds, suspended, units * seconds, chip]
  const worth = [units, unitsPerCard, fenPerCardHour, line.valueFen, line.amountFen, line.reason, line.open]
  const booked = [line.booking, line.bookedMonth, line.bookedAt, line.counts, line.correctsAt ?? 0]
  return [...use, ...worth, ...booked, cluster, jobId, state].join('|')
}

type Line = Readonly<Record<string, string | number | boolean | object | null>>

function lineValues(
  file: Rating,
  row: ContractRow,
  { line, record }: { readonly line: BookedLine; readonly record: UsageRecord | null },
  id: string,
): Line {
  return {
    id,
    ...file.place,
    provider_id: file.providerId,
    identity: line.recordKey,
    contract_id: row.id,
    month: line.month,
    started_at: moment(line.fromAt),
    ended_at: moment(line.untilAt),
    seconds: line.seconds,
    suspended_seconds: record?.suspendedSeconds ?? 0,
    unit_seconds: line.units * line.seconds,
    chip: line.chip,
    units: line.units,
    units_per_card: line.unitsPerCard,
    price_fen_per_card_hour: line.fenPerCardHour.toString(),
    value_fen: line.valueFen.toString(),
    amount_fen: line.amountFen.toString(),
    reason: line.reason,
    open: line.open,
    booking: line.booking,
    booked_month: line.bookedMonth,
    booked_at: moment(line.bookedAt),
    counts: line.counts,
    corrects_at: line.correctsAt === null ? null : moment(line.correctsAt),
    job: jobOf(line, record),
  }
}

function moment(instant: Instant): string {
  return new Date(instant).toISOString()
}

/** The month of a lease is no run; a run that is not told any more is named by its identity. */
function jobOf(
  { recordKey }: BookedLine,
  record: UsageRecord | null,
): { readonly jobId: string; readonly cluster: string; readonly state: string } {
  if (record !== null) return { jobId: String(record.jobId), cluster: record.cluster, state: record.state }
  if (recordKey.startsWith('lease/')) return { jobId: '', cluster: '', state: 'LEASE' }
  const [cluster = '', jobId = ''] = recordKey.split('/')
  return { jobId, cluster, state: '' }
}

function problemOf(refusal: Refusal<RatingRefusal>): ImportProblem {
  const params = Object.entries(refusal.params).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  return { code: refusal.code, params: Object.fromEntries(params), count: 1 }
}

const ROWS_AT_ONCE = 1000

export function* inSlices<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += ROWS_AT_ONCE) yield items.slice(from, from + ROWS_AT_ONCE)
}
