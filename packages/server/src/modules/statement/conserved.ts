// A contract's rated lines, its bill and its claims as conservation reads them: sums by day and reason, so that a contract of
// a million lines is a few thousand rows.
import type { Day } from '@suanquan/core/calendar'
import type { Month } from '@suanquan/core/metering'
import {
  conserve,
  type Charge,
  type ClaimedUse,
  type Conserved,
  type Settlement,
  type UsedDay,
} from '@suanquan/core/settlement'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { revive } from '../policy/index.ts'

type Claim = Pick<
  Selectable<Tables['claim']>,
  | 'id'
  | 'number'
  | 'state'
  | 'period_from'
  | 'period_to'
  | 'payable_fen'
  | 'approved_fen'
  | 'settled_fen'
  | 'base_fen'
> & { readonly settlement: Settlement | null }

export interface ConservedContract extends Conserved {
  readonly claims: readonly Claim[]
}

/** What became of every fen that a contract was rated. */
export async function conservedContract(db: Kysely<Tables>, contractId: string): Promise<ConservedContract> {
  const claims = await claimsOf(db, contractId)
  const conserved = conserve(
    await daysOf(db, contractId),
    await billOf(db, contractId),
    claims.map(claimedUse),
  )
  return { ...conserved, claims }
}

/** A correction of what a claim has used waits for people and stands nowhere yet; what is refused is told as unpaid. */
const STANDS = sql`(counts or corrects_at is null)`

/** By the period and the day by which claims take a line: late use and corrections lie in the period that they are booked to. */
async function daysOf(db: Kysely<Tables>, contractId: string): Promise<UsedDay[]> {
  const { rows } = await sql<UsedDay & { readonly month: Month; readonly day: Day }>`
    select booked_month as month, to_char(booked_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, reason,
      sum(value_fen)::bigint as "valueFen", sum(amount_fen)::bigint as "amountFen"
    from rated_line where contract_id = ${contractId}::uuid and ${STANDS} group by 1, 2, 3 order by 1, 2, 3`.execute(
    db,
  )
  return rows
}

/** The bill: one line a chip and price. */
async function billOf(db: Kysely<Tables>, contractId: string): Promise<Charge[]> {
  const { rows } = await sql<Charge>`
    select booked_month as month, sum(amount_fen)::bigint as "amountFen" from rated_line
    where contract_id = ${contractId}::uuid and amount_fen <> 0 and ${STANDS}
    group by booked_month, chip, units_per_card, price_fen_per_card_hour order by booked_month, chip`.execute(
    db,
  )
  return rows
}

async function claimsOf(db: Kysely<Tables>, contractId: string): Promise<Claim[]> {
  const rows = await db
    .selectFrom('claim')
    .select(['id', 'number', 'state', 'period_from', 'period_to', 'matched'])
    .select(['payable_fen', 'approved_fen', 'settled_fen', 'base_fen'])
    .where('contract_id', '=', contractId)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .orderBy('submitted_at')
    .orderBy('number')
    .execute()
  return rows.map(({ matched, ...row }) => ({
    ...row,
    settlement: matched === null ? null : revive(matched as unknown as Settlement),
  }))
}

function claimedUse(claim: Claim): ClaimedUse {
  const { settlement, base_fen: baseFen } = claim
  return {
    number: claim.number,
    from: claim.period_from,
    to: claim.period_to,
    legs: settlement?.legs.flatMap(({ leg, applies }) => (applies ? [leg] : [])) ?? [],
    shownFen: settlement?.shownFen ?? baseFen,
    shortfalls: settlement?.shortfalls ?? [],
    baseFen,
    payableFen: claim.payable_fen,
    approvedFen: claim.approved_fen,
    paidFen: claim.settled_fen,
  }
}
