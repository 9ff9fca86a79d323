// The days of a contract for which its use can be claimed, and which of them may still change.
import { addDays, addMonths, type Day } from '@suanquan/core/calendar'
import { monthsBetween, type Month } from '@suanquan/core/metering'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { closedThrough } from './closing.ts'
import type { ContractRow } from './contracts.ts'

/** The end of the term; where late use or a correction is booked after it, the end of that month. */
export async function lastClaimableDay(db: Kysely<Tables>, contract: ContractRow): Promise<Day> {
  const { month } = await db
    .selectFrom('rated_line')
    .select(sql<Month | null>`max(booked_month)`.as('month'))
    .where('contract_id', '=', contract.id)
    .where('counts', '=', true)
    .where('booking', 'in', ['late', 'reversal', 'restated'])
    .executeTakeFirstOrThrow()
  if (month === null) return contract.ends_on
  const last = addDays(addMonths(`${month}-01`, 1), -1)
  return last > contract.ends_on ? last : contract.ends_on
}

export async function openMonthsOf(
  db: Kysely<Tables>,
  contract: ContractRow,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<Month[]> {
  const closed = await closedThrough(db, contract.provider_id)
  return monthsBetween(from.slice(0, 7), to.slice(0, 7)).filter((month) => closed === null || month > closed)
}
