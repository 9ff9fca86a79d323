// 共用限额: what one firm may be granted in a calendar year by all programmes of a fund together. It is an account like
// every other cap and drawn on in the same linked set as the pool; which limit holds is what two finance officers decided
// for that year, or for the latest year before it.
import { assert } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { sharedCapLine, type CapLine } from '@suanquan/core/voucher'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { booksOf, capsUsed, type AdoptionBooks } from '../ledger/index.ts'

export interface SharedCap {
  readonly line: CapLine
  readonly year: number
  readonly leftFen: bigint
}

export interface SharedLimit {
  readonly limitFen: bigint
  readonly documentNumber: string
}

/** The limit that holds in a year; null where the fund has none. */
export async function sharedLimitOf(
  db: Kysely<Tables>,
  fund: number,
  year: number,
): Promise<SharedLimit | null> {
  const row = await db
    .selectFrom('fund_act')
    .select(['amount_fen', 'document_number'])
    .where('fund', '=', fund)
    .where('kind', '=', 'shared_cap')
    .where('state', '=', 'approved')
    .where('year', '<=', year)
    .orderBy('year', 'desc')
    .executeTakeFirst()
  if (row === undefined) return null
  assert(row.amount_fen !== null, 'a shared cap has a limit')
  return { limitFen: row.amount_fen, documentNumber: row.document_number }
}

/** What a firm may still be granted by the whole fund in the year of a day; null where the fund has no such cap. */
export async function sharedCapOf(
  db: Kysely<Tables>,
  adoption: AdoptionBooks,
  creditCode: string,
  on: Day,
): Promise<SharedCap | null> {
  const year = Number(on.slice(0, 4))
  const limit = await sharedLimitOf(db, adoption.fund, year)
  if (limit === null) return null
  const line = sharedCapLine(creditCode, year, limit.limitFen)
  const [used] = await capsUsed(db, booksOf(adoption), [line])
  return { line, year, leftFen: limit.limitFen - used! }
}
