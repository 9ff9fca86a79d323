// The rated lines of a contract, made anew from its records, month by month, whenever one of them changes.
import { addMonths, startOf, type Day } from '@suanquan/core/calendar'
import {
  rateUsage,
  type Month,
  type RatedLine,
  type RatingRefusal,
  type UsageRecord,
} from '@suanquan/core/metering'
import type { Refusal } from '@suanquan/core'
import { sql, type RawBuilder, type Transaction } from 'kysely'
import { insertRows, type Tables } from '../../database/index.ts'
import { contractOf, type ContractRow } from './contracts.ts'
import type { ImportProblem, UsageSource } from './import-usage.ts'

/** Whose use is rated, and where its lines belong. */
export type Rating = Pick<UsageSource, 'providerId' | 'place'>

export interface RatedContracts {
  readonly lines: number
  readonly amountFen: bigint
  readonly problems: readonly ImportProblem[]
}

/** Contracts with the months in which their records changed; null where all of them are rated anew. */
export type Touched = ReadonlyMap<string, readonly Month[] | null>

/** What is rated at once: so many contracts with the same months cost few questions and little memory. */
const CONTRACTS_AT_ONCE = 50

/**
 * Lines are rounded within a month, so only the months that records touch are rated anew. A contract that cannot be rated
 * there (a chip without a price) keeps its old lines and is reported: never rated free.
 */
export async function rateContracts(
  tx: Transaction<Tables>,
  newId: () => string,
  file: Rating,
  contracts: readonly ContractRow[],
  touched: Touched = new Map(),
): Promise<RatedContracts> {
  let lines = 0
  let amountFen = 0n
  const problems: ImportProblem[] = []
  const monthsOf = (row: ContractRow): readonly Month[] | null => touched.get(row.id) ?? null
  for (const { rows, months } of alike(contracts, monthsOf)) {
    const records = await recordsOf(tx, rows, months)
    const made: Made[] = []
    for (const row of rows) {
      const own = records.get(row.id) ?? []
      const rated = rateUsage(own, contractOf(row))
      if (!rated.ok) {
        problems.push(problemOf(rated.refusal))
        continue
      }
      const inMonths = rated.value.lines.filter(({ month }) => months === null || months.includes(month))
      made.push({ row, lines: inMonths, records: own })
      lines += inMonths.length
      amountFen += inMonths.reduce((sum, line) => sum + line.amountFen, 0n)
    }
    await replaceLines(tx, newId, file, { made, months })
  }
  return { lines, amountFen, problems }
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
  const reach = months === null ? sql`` : sql`and (${sql.join(months.map(reaching), sql` or `)})`
  const { rows: stored } = await sql<{ contract_id: string; record: UsageRecord }>`
    select contract_id, record from usage_record where contract_id = any(${rows.map(({ id }) => id)}::uuid[]) ${reach}`.execute(tx)
  const found = new Map<string, UsageRecord[]>()
  for (const { contract_id: id, record } of stored) {
    const own = found.get(id)
    if (own) own.push(record)
    else found.set(id, [record])
  }
  return found
}

function reaching(month: Month): RawBuilder<unknown> {
  const first: Day = `${month}-01`
  return sql`(usage_until(record) > ${startOf(first)} and (record ->> 'startedAt')::bigint < ${startOf(addMonths(first, 1))})`
}

interface Made {
  readonly row: ContractRow
  readonly lines: readonly RatedLine[]
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
  const { rows: stored } = await sql<{ id: string; said: string }>`
    select id, ${SAID} as said from rated_line
    where contract_id = any(${made.map(({ row }) => row.id)}::uuid[]) ${within} order by id`.execute(tx)
  const gone = new Map(stored.map(({ id, said }) => [said, id]))
  const fresh: Line[] = []
  for (const { row, lines, records } of made) {
    const byKey = new Map(records.map((record) => [record.key, record]))
    for (const line of lines) {
      const record = byKey.get(line.recordKey)!
      if (!gone.delete(saying(row, line, record))) fresh.push(lineValues(file, row, { line, record }, newId()))
    }
  }
  if (gone.size > 0)
    await sql`delete from rated_line where id = any(${[...gone.values()]}::uuid[])`.execute(tx)
  await insertRows(tx, 'rated_line', fresh)
}

/** What a stored line says, in one text: equal to `saying` of a line that is made anew. */
const SAID = sql<string>`concat_ws('|', contract_id, identity, (extract(epoch from started_at) * 1000)::bigint,
  (extract(epoch from ended_at) * 1000)::bigint, month, seconds, suspended_seconds, unit_seconds, chip, units, units_per_card,
  price_fen_per_card_hour, value_fen, amount_fen, reason, open::text, job ->> 'cluster', job ->> 'jobId', job ->> 'state')`

function saying({ id }: ContractRow, line: RatedLine, record: UsageRecord): string {
  const { recordKey, fromAt, untilAt, month, seconds, chip, units, unitsPerCard, fenPerCardHour } = line
  const use = [id, recordKey, fromAt, untilAt, month, seconds, record.suspendedSeconds, units * seconds, chip]
  const worth = [units, unitsPerCard, fenPerCardHour, line.valueFen, line.amountFen, line.reason, line.open]
  return [...use, ...worth, record.cluster, record.jobId, record.state].join('|')
}

type Line = Readonly<Record<string, string | number | boolean | object>>

function lineValues(
  file: Rating,
  row: ContractRow,
  { line, record }: { readonly line: RatedLine; readonly record: UsageRecord },
  id: string,
): Line {
  return {
    id,
    ...file.place,
    provider_id: file.providerId,
    identity: line.recordKey,
    contract_id: row.id,
    month: line.month,
    started_at: new Date(line.fromAt).toISOString(),
    ended_at: new Date(line.untilAt).toISOString(),
    seconds: line.seconds,
    suspended_seconds: record.suspendedSeconds,
    unit_seconds: line.units * line.seconds,
    chip: line.chip,
    units: line.units,
    units_per_card: line.unitsPerCard,
    price_fen_per_card_hour: line.fenPerCardHour.toString(),
    value_fen: line.valueFen.toString(),
    amount_fen: line.amountFen.toString(),
    reason: line.reason,
    open: line.open,
    job: { jobId: String(record.jobId), cluster: record.cluster, state: record.state },
  }
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
