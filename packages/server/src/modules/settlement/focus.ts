// Use and voucher money of some contracts over some months as rows of FOCUS 1.2, contract by contract, so that a city's
// month never stands in memory whole. What a row says is core's; here is only where it is found.
import { addDays, type Day } from '@suanquan/core/calendar'
import type { Month, RatedLine } from '@suanquan/core/metering'
import {
  creditRow,
  usageRow,
  type FocusContract,
  type FocusCredit,
  type FocusRow,
} from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface FocusScope {
  /** first and last month, both included */
  readonly from: Month
  readonly to: Month
  /** what the rows are of: all contracts, or those of one of them */
  readonly of:
    | { readonly kind: 'everything' }
    | { readonly kind: 'provider' | 'firm' | 'programme'; readonly id: string }
}

/** Rows of one contract at a time, use first, then voucher money. */
export async function* focusRows(db: Kysely<Tables>, scope: FocusScope): AsyncGenerator<readonly FocusRow[]> {
  for (const { id, contract } of await contractsIn(db, scope)) {
    const rows = [
      ...(await usedOn(db, id, scope)).map((use) => usageRow(contract, use)),
      ...(await creditsOn(db, id, scope)).map((credit) => creditRow(contract, credit)),
    ]
    if (rows.length > 0) yield rows
  }
}

interface Found {
  readonly id: string
  readonly contract: FocusContract
}

async function contractsIn(db: Kysely<Tables>, { of }: FocusScope): Promise<Found[]> {
  let query = db
    .selectFrom('service_contract as contract')
    .innerJoin('organisation as firm', 'firm.id', 'contract.organisation_id')
    .innerJoin('organisation as provider', 'provider.id', 'contract.provider_id')
    .select(['contract.id', 'contract.number', 'provider.district', 'provider.region'])
    .select(['firm.credit_code as firmCode', 'firm.name as firmName'])
    .select(['provider.credit_code as providerCode', 'provider.name as providerName'])
    .orderBy('contract.number')
    .orderBy('contract.id')
  if (of.kind === 'provider') query = query.where('contract.provider_id', '=', of.id)
  if (of.kind === 'firm') query = query.where('contract.organisation_id', '=', of.id)
  if (of.kind === 'programme')
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('application')
          .innerJoin('adoption', 'adoption.id', 'application.adoption_id')
          .select('application.id')
          .whereRef('application.contract_id', '=', 'contract.id')
          .where('application.state', 'not in', ['refused', 'withdrawn'])
          .where('adoption.programme_id', '=', of.id),
      ),
    )
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    contract: {
      contractNo: row.number,
      firm: { creditCode: row.firmCode, name: row.firmName },
      provider: { creditCode: row.providerCode, name: row.providerName },
      region: { id: row.district, name: row.region },
    },
  }))
}

async function usedOn(
  db: Kysely<Tables>,
  contractId: string,
  { from, to }: FocusScope,
): Promise<Parameters<typeof usageRow>[1][]> {
  const rows = await db
    .selectFrom('rated_line')
    .innerJoin('service_contract', 'service_contract.id', 'rated_line.contract_id')
    .leftJoin('usage_record', (join) =>
      join
        .onRef('usage_record.provider_id', '=', 'rated_line.provider_id')
        .onRef('usage_record.identity', '=', 'rated_line.identity'),
    )
    .leftJoin('usage_import', 'usage_import.id', 'usage_record.import_id')
    .selectAll('rated_line')
    .select(['service_contract.number', 'usage_import.shape'])
    .where('rated_line.contract_id', '=', contractId)
    // a correction that waits for people counts nowhere yet
    .where((eb) => eb.or([eb('rated_line.counts', '=', true), eb('rated_line.booking', '=', 'refused')]))
    .where('rated_line.booked_month', '>=', from)
    .where('rated_line.booked_month', '<=', to)
    .orderBy('rated_line.started_at')
    .orderBy('rated_line.identity')
    .orderBy('rated_line.chip')
    .orderBy('rated_line.id')
    .execute()
  return rows.map((row) => ({
    line: {
      recordKey: row.identity,
      contractNo: row.number,
      month: row.booked_month,
      fromAt: row.started_at,
      untilAt: row.ended_at,
      chip: row.chip,
      units: row.units,
      unitsPerCard: row.units_per_card,
      seconds: row.seconds,
      fenPerCardHour: row.price_fen_per_card_hour,
      reason: row.reason as RatedLine['reason'],
      open: row.open,
      valueFen: row.value_fen,
      amountFen: row.amount_fen,
    },
    jobId: row.job.jobId,
    meterSource: row.shape === 'agent' ? ('agent' as const) : ('file' as const),
    listFenPerCardHour: null,
  }))
}

const DEAD = ['refused', 'withdrawn']

/** What the firm's vouchers paid of the contract: as it was decided, and every later change in the month of its decision. */
async function creditsOn(
  db: Kysely<Tables>,
  contractId: string,
  { from, to }: FocusScope,
): Promise<FocusCredit[]> {
  const claims = await db
    .selectFrom('claim')
    .innerJoin('adoption', 'adoption.id', 'claim.adoption_id')
    .leftJoin('voucher', 'voucher.id', 'claim.voucher_id')
    .selectAll('claim')
    .select(['adoption.programme_id', 'adoption.authority', 'voucher.number as voucherNo'])
    .where('claim.contract_id', '=', contractId)
    // money for the seller of a sale is no credit to the firm that bought
    .where((eb) =>
      eb.or([eb('deducted_fen', 'is not', null), eb('claim.payee_id', '=', eb.ref('claim.organisation_id'))]),
    )
    .orderBy('claim.number')
    .execute()
  const credits: FocusCredit[] = []
  for (const claim of claims) {
    const told = {
      claimNo: claim.number,
      voucherNo: claim.voucherNo,
      programmeId: claim.programme_id,
      authority: claim.authority,
      paid: claim.deducted_fen === null ? ('afterwards' as const) : ('at_billing' as const),
      from: claim.period_from,
      until: addDays(claim.period_to, 1),
    }
    const first = claim.period_from.slice(0, 7)
    for (const { month, amountFen, isFirst } of await changesOf(db, claim))
      if (amountFen !== 0n && month >= from && month <= to)
        credits.push({ ...told, month, amountFen, corrects: !isFirst && month > first })
  }
  return credits
}

interface Amounts {
  readonly id: string
  readonly state: string
  readonly period_from: Day
  readonly deducted_fen: bigint | null
  readonly approved_fen: bigint | null
}

interface Changed {
  readonly month: Month
  readonly amountFen: bigint
  readonly isFirst: boolean
}

async function changesOf(db: Kysely<Tables>, claim: Amounts): Promise<Changed[]> {
  const decided = await db
    .selectFrom('workflow_event')
    .select(sql<Month>`to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM')`.as('month'))
    .where('object_id', '=', claim.id)
    .where('to_state', 'in', ['approved', ...DEAD])
    .orderBy('position')
    .executeTakeFirst()
  const rectified = await db
    .selectFrom('rectification')
    .select(['recorded_fen', 'right_fen'])
    .select(
      sql<Month>`to_char(coalesce(returned_on, (decided_at at time zone 'Asia/Shanghai')::date), 'YYYY-MM')`.as(
        'month',
      ),
    )
    .where('claim_id', '=', claim.id)
    .where('state', '=', 'rectified')
    .orderBy('decided_at')
    .execute()
  const approvedFen =
    rectified[0]?.recorded_fen ?? (DEAD.includes(claim.state) ? 0n : (claim.approved_fen ?? 0n))
  const changes: Changed[] = []
  if (claim.deducted_fen !== null) {
    changes.push({ month: claim.period_from.slice(0, 7), amountFen: claim.deducted_fen, isFirst: true })
    if (decided)
      changes.push({ month: decided.month, amountFen: approvedFen - claim.deducted_fen, isFirst: false })
  } else if (decided) changes.push({ month: decided.month, amountFen: approvedFen, isFirst: true })
  for (const { month, recorded_fen: before, right_fen: after } of rectified)
    changes.push({ month, amountFen: after - before, isFirst: false })
  return changes
}

/** What the centre charged in these months, for whoever holds the rows against it. */
export async function chargedFen(db: Kysely<Tables>, scope: FocusScope): Promise<bigint> {
  const ids = (await contractsIn(db, scope)).map(({ id }) => id)
  const { fen } = await db
    .selectFrom('rated_line')
    .select(sql<bigint>`coalesce(sum(amount_fen), 0)::bigint`.as('fen'))
    .where('contract_id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('counts', '=', true)
    .where('booked_month', '>=', scope.from)
    .where('booked_month', '<=', scope.to)
    .executeTakeFirstOrThrow()
  return fen
}
