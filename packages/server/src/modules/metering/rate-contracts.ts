// The rated lines of a contract, made anew from all its records whenever one of them changes.
import { rateUsage, type RatedLine, type RatingRefusal, type UsageRecord } from '@suanquan/core/metering'
import { canonicalText, type Refusal } from '@suanquan/core'
import type { Insertable, Selectable, Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { amountsAsText } from '../market/index.ts'
import { contractOf, type ContractRow } from './contracts.ts'
import type { ImportProblem, UsageSource } from './import-usage.ts'

/** Whose use is rated, and where its lines belong. */
export type Rating = Pick<UsageSource, 'providerId' | 'place'>

export interface RatedContracts {
  readonly lines: number
  readonly amountFen: bigint
  readonly problems: readonly ImportProblem[]
}

/** A contract that cannot be rated (a chip without a price) keeps its old lines and is reported: never rated free. */
export async function rateContracts(
  tx: Transaction<Tables>,
  newId: () => string,
  file: Rating,
  contracts: readonly ContractRow[],
): Promise<RatedContracts> {
  let lines = 0
  let amountFen = 0n
  const problems: ImportProblem[] = []
  for (const row of contracts) {
    const stored = await tx
      .selectFrom('usage_record')
      .select('record')
      .where('contract_id', '=', row.id)
      .execute()
    const records = stored.map(({ record }) => record as unknown as UsageRecord)
    const rated = rateUsage(records, contractOf(row))
    if (!rated.ok) {
      problems.push(problemOf(rated.refusal))
      continue
    }
    const byKey = new Map(records.map((record) => [record.key, record]))
    const values = rated.value.lines.map((line) =>
      lineValues(file, row, { line, record: byKey.get(line.recordKey) }),
    )
    await replaceLines(tx, newId, { contractId: row.id, values })
    lines += rated.value.lines.length
    amountFen += rated.value.amountFen
  }
  return { lines, amountFen, problems }
}

type Line = Omit<Insertable<Tables['rated_line']>, 'id'>

/** Lines that are there already stay as they are, so that a long contract costs what changed in it. */
async function replaceLines(
  tx: Transaction<Tables>,
  newId: () => string,
  { contractId, values }: { readonly contractId: string; readonly values: readonly Line[] },
): Promise<void> {
  const stored = await tx
    .selectFrom('rated_line')
    .selectAll()
    .where('contract_id', '=', contractId)
    .orderBy('id')
    .execute()
  const gone = new Map(stored.map((line) => [sameness(line), line.id]))
  const fresh = values.filter((line) => !gone.delete(sameness(line)))
  for (const ids of inSlices([...gone.values()]))
    await tx.deleteFrom('rated_line').where('id', 'in', ids).execute()
  for (const slice of inSlices(fresh))
    await tx
      .insertInto('rated_line')
      .values(slice.map((line) => ({ id: newId(), ...line })))
      .execute()
}

/** Equal for lines that say the same, whether made or stored; a line is told by its record and when it begins. */
function sameness(line: Line | Selectable<Tables['rated_line']>): string {
  const { started_at, ended_at, job, tariff, ...rest } = line
  const { jobId, cluster, state } =
    typeof job === 'string' ? (JSON.parse(job) as Selectable<Tables['rated_line']>['job']) : job
  const moments = [started_at, ended_at].map((at) => (typeof at === 'string' ? Date.parse(at) : at))
  const told = typeof tariff === 'string' ? (JSON.parse(tariff) as object) : tariff
  const said = COMPARED.map((column) => String(rest[column]))
  return JSON.stringify([...moments, jobId, cluster, state, canonicalText(told), ...said])
}

const COMPARED = [
  'identity',
  'month',
  'seconds',
  'suspended_seconds',
  'unit_seconds',
  'chip',
  'units',
  'units_per_card',
  'price_fen_per_card_hour',
  'value_fen',
  'amount_fen',
  'reason',
  'open',
] as const

function lineValues(
  file: Rating,
  row: ContractRow,
  { line, record }: { readonly line: RatedLine; readonly record: UsageRecord | undefined },
): Line {
  return {
    ...file.place,
    provider_id: file.providerId,
    identity: line.recordKey,
    contract_id: row.id,
    month: line.month,
    started_at: timestamp(line.fromAt),
    ended_at: timestamp(line.untilAt),
    seconds: line.seconds,
    suspended_seconds: record?.suspendedSeconds ?? 0,
    unit_seconds: BigInt(line.units) * BigInt(line.seconds),
    chip: line.chip,
    units: line.units,
    units_per_card: line.unitsPerCard,
    price_fen_per_card_hour: line.fenPerCardHour,
    value_fen: line.valueFen,
    amount_fen: line.amountFen,
    reason: line.reason,
    open: line.open,
    job: JSON.stringify(
      // the month of a lease is no run
      record === undefined
        ? { jobId: '', cluster: row.cluster, state: 'LEASE' }
        : { jobId: String(record.jobId), cluster: record.cluster, state: record.state },
    ),
    tariff: line.tariff === undefined ? null : amountsAsText(line.tariff),
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
