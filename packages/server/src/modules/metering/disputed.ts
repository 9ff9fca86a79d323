// What open disputes hold of a contract's rated use. Read by the match and by finance; disputes themselves are their module's.
import { startOf, addDays, type Day } from '@suanquan/core/calendar'
import type { Month, RatedLine } from '@suanquan/core/metering'
import { DISPUTED_STATES, heldFen, type ClaimEvidence, type HeldDispute } from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

/** What is disputed as too much of these lines of a period; undefined where nothing is. */
export async function disputedOf(
  db: Kysely<Tables>,
  contractId: string,
  period: { readonly from: Day; readonly to: Day },
  lines: readonly RatedLine[],
): Promise<ClaimEvidence['disputed']> {
  const rows = await db
    .selectFrom('dispute')
    .select(['number', 'month', 'direction', 'disputed_fen', 'upheld_fen'])
    .where('contract_id', '=', contractId)
    .where('state', 'in', [...DISPUTED_STATES])
    .where('direction', '=', 'too_much')
    .where('month', '>=', period.from.slice(0, 7))
    .where('month', '<=', period.to.slice(0, 7))
    .orderBy('number')
    .execute()
  if (rows.length === 0) return undefined
  const rated = new Map<Month, bigint>()
  for (const { month, amountFen } of lines) rated.set(month, (rated.get(month) ?? 0n) + amountFen)
  const held = rows.map((row): HeldDispute => ({
    month: row.month as Month,
    direction: row.direction,
    disputedFen: row.disputed_fen,
    upheldFen: row.upheld_fen,
  }))
  return { amountFen: heldFen(held, rated), numbers: rows.map(({ number }) => number) }
}

/**
 * A dispute that came after a claim was approved: its match could not hold the part, so the payment waits.
 * @returns the dispute's number, or undefined
 */
export async function disputedSince(db: Kysely<Tables>, claimId: string): Promise<string | undefined> {
  const { rows } = await sql<{ number: string }>`
    select d.number from claim c join dispute d on d.contract_id = c.contract_id
    where c.id = ${claimId}::uuid and d.direction = 'too_much' and d.state = any(${[...DISPUTED_STATES]}::text[])
      and d.month between to_char(c.period_from, 'YYYY-MM') and to_char(c.period_to, 'YYYY-MM')
      and d.opened_at > (select max(e.at) from workflow_event e where e.object_id = c.id and e.to_state = 'approved')
    order by d.number limit 1`.execute(db)
  return rows[0]?.number
}

/** The instants between which a month's lines begin. */
export function monthBounds(month: string): {
  readonly from: number
  readonly until: number
  readonly endsOn: Day
} {
  const next = monthAfter(month)
  return { from: startOf(`${month}-01` as Day), until: startOf(next), endsOn: addDays(next, -1) }
}

function monthAfter(month: string): Day {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return (number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`) as Day
}
