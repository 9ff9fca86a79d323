// What of a contract's lines stands for good, and which of them claims have used.
import { addDays, startOf, type Instant } from '@suanquan/core/calendar'
import type { BookedLine, Books } from '@suanquan/core/metering'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { tariffFrom } from '../market/index.ts'
import type { Closing } from './closing.ts'
import type { ContractRow } from './contracts.ts'

export async function booksOfContract(
  db: Kysely<Tables>,
  contract: ContractRow,
  { closedThrough, late }: Closing,
): Promise<Books> {
  if (closedThrough === null) return { closedThrough, late, closed: [], claimed: () => false }
  const rows = await db
    .selectFrom('rated_line')
    .selectAll()
    .where('contract_id', '=', contract.id)
    .where('booked_month', '<=', closedThrough)
    .orderBy('booked_at')
    .orderBy('id')
    .execute()
  const claims = await claimsOn(db, contract.id)
  return {
    closedThrough,
    late,
    closed: rows.map((row) => bookedLine(row, contract.number)),
    claimed: (moment) => claims.some(({ fromAt, untilAt }) => moment >= fromAt && moment < untilAt),
  }
}

export interface LivingClaim {
  readonly id: string
  readonly number: string
  readonly organisationId: string
  readonly state: string
  readonly baseFen: bigint
  readonly fromAt: Instant
  readonly untilAt: Instant
}

/** Claims that live and were matched with metered use. */
export async function claimsOn(db: Kysely<Tables>, contractId: string): Promise<LivingClaim[]> {
  const rows = await db
    .selectFrom('claim')
    .select(['id', 'number', 'organisation_id', 'state', 'base_fen', 'period_from', 'period_to', 'matched'])
    .where('contract_id', '=', contractId)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .orderBy('number')
    .execute()
  return rows.flatMap((row) => {
    const legs = (row.matched as { legs?: readonly { leg: string; applies: boolean }[] } | null)?.legs
    const rests = legs?.some(({ leg, applies }) => leg === 'metered' && applies) === true
    if (!rests || row.base_fen === null) return []
    return {
      id: row.id,
      number: row.number,
      organisationId: row.organisation_id,
      state: row.state,
      baseFen: row.base_fen,
      fromAt: startOf(row.period_from),
      untilAt: startOf(addDays(row.period_to, 1)),
    }
  })
}

export function bookedLine(row: Selectable<Tables['rated_line']>, contractNo: string): BookedLine {
  return {
    recordKey: row.identity,
    contractNo,
    month: row.month,
    fromAt: row.started_at,
    untilAt: row.ended_at,
    chip: row.chip,
    units: row.units,
    unitsPerCard: row.units_per_card,
    seconds: row.seconds,
    fenPerCardHour: row.price_fen_per_card_hour,
    reason: row.reason as BookedLine['reason'],
    open: row.open,
    valueFen: row.value_fen,
    amountFen: row.amount_fen,
    booking: row.booking,
    bookedMonth: row.booked_month,
    bookedAt: row.booked_at,
    counts: row.counts,
    correctsAt: row.corrects_at,
    ...(row.tariff === null ? {} : { tariff: tariffFrom(row.tariff) }),
  }
}
