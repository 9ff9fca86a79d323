// The rated lines of a contract, made anew from all its records whenever one of them changes.
import { rateUsage, type RatedLine, type RatingRefusal, type UsageRecord } from '@suanquan/core/metering'
import type { Refusal } from '@suanquan/core'
import type { Insertable, Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { contractOf, type ContractRow } from './contracts.ts'
import type { ImportProblem, UsageFile } from './import-usage.ts'

/** Whose use is rated, and where its lines belong. */
export type Rating = Pick<UsageFile, 'providerId' | 'place'>

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
    await tx.deleteFrom('rated_line').where('contract_id', '=', row.id).execute()
    const byKey = new Map(records.map((record) => [record.key, record]))
    for (const slice of inSlices(rated.value.lines)) {
      const values = slice.map((line) =>
        lineValues(newId(), file, row, { line, record: byKey.get(line.recordKey)! }),
      )
      await tx.insertInto('rated_line').values(values).execute()
    }
    lines += rated.value.lines.length
    amountFen += rated.value.amountFen
  }
  return { lines, amountFen, problems }
}

function lineValues(
  id: string,
  file: Rating,
  row: ContractRow,
  { line, record }: { readonly line: RatedLine; readonly record: UsageRecord },
): Insertable<Tables['rated_line']> {
  return {
    ...file.place,
    id,
    provider_id: file.providerId,
    identity: line.recordKey,
    contract_id: row.id,
    month: line.month,
    started_at: timestamp(line.fromAt),
    ended_at: timestamp(line.untilAt),
    seconds: line.seconds,
    suspended_seconds: record.suspendedSeconds,
    unit_seconds: BigInt(line.units) * BigInt(line.seconds),
    chip: line.chip,
    units: line.units,
    units_per_card: line.unitsPerCard,
    price_fen_per_card_hour: line.fenPerCardHour,
    value_fen: line.valueFen,
    amount_fen: line.amountFen,
    reason: line.reason,
    open: line.open,
    job: JSON.stringify({ jobId: String(record.jobId), cluster: record.cluster, state: record.state }),
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
