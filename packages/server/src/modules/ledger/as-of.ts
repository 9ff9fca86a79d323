// Balances as of any sequence or moment, from the journal alone: the SQL twin of core's `balancesAsOf`. A reservation
// that has run out by then holds nothing any more, swept or not.
import { accept, refuse, type Decision } from '@suanquan/core'
import { addDays, startOf, type Day, type Instant } from '@suanquan/core/calendar'
import type { Balance } from '@suanquan/core/ledger'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'

/** The last posting that counts; where both are given the sequence says which, the moment what has run out by then. */
export type Until = { readonly sequence: bigint; readonly moment?: Instant } | { readonly moment: Instant }

/** What was asked for: the end of a day, or the journal up to a sequence; all of it, now, when neither is given. */
export interface AsOfAsked {
  readonly asOf?: Day | undefined
  readonly sequence?: number | undefined
}

export function untilOf({ asOf, sequence }: AsOfAsked, at: Instant): Decision<Until, 'pool.as_of_twice'> {
  if (asOf !== undefined && sequence !== undefined) return refuse('pool.as_of_twice')
  if (sequence !== undefined) return accept({ sequence: BigInt(sequence) })
  // the clock may run behind the last posting: now is all there is
  if (asOf === undefined) return accept({ sequence: LAST, moment: at })
  return accept({ moment: Math.min(at, startOf(addDays(asOf, 1)) - 1) })
}

/** Beyond any journal. */
const LAST = 2n ** 62n

/** The last sequence of a fund that counts, with its moment; sequence 0 before the first posting. */
export async function lastCounted(
  db: Kysely<Tables>,
  ledger: number,
  until: Until,
): Promise<{ readonly sequence: bigint; readonly moment: Instant | null }> {
  const row = await db
    .selectFrom('ledger.posting')
    .select(['seq', 'at'])
    .where('ledger', '=', ledger)
    .where(untilSql('ledger.posting', until))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? { sequence: 0n, moment: null } : { sequence: row.seq, moment: row.at }
}

function untilSql(table: string, until: Until): RawBuilder<boolean> {
  return 'sequence' in until
    ? sql<boolean>`${sql.ref(`${table}.seq`)} <= ${until.sequence}`
    : sql<boolean>`${sql.ref(`${table}.at`)} <= ${timestamp(until.moment)}::timestamptz`
}

/** What one posting code moved on one side of an account. */
export interface Moved {
  readonly account: string
  readonly side: 'debit' | 'credit'
  readonly code: number
  readonly posted: bigint
  /** reserved and neither settled, released nor run out */
  readonly pending: bigint
}

/** Everything that moved on some accounts, by code and side. */
export async function movedAsOf(
  db: Kysely<Tables>,
  ledger: number,
  accounts: readonly string[],
  until: Until,
): Promise<readonly Moved[]> {
  if (accounts.length === 0) return []
  const { sequence, moment: last } = await lastCounted(db, ledger, until)
  const moment = 'moment' in until ? until.moment : (last ?? 0)
  const { rows } = await sql<Moved>`
    with moved as (
      select p.*, case when p.kind = 1 and (p.expires_at is null or p.expires_at > ${timestamp(moment)}::timestamptz)
          and not exists (select 1 from ledger.posting d where d.ledger = p.ledger and d.reservation = p.id
            and d.seq <= ${sequence}) then p.amount else 0 end as held,
        case when p.kind in (0, 2) then p.amount else 0 end as done
        from ledger.posting p where p.ledger = ${ledger} and p.seq <= ${sequence}
         and (p.debit = any(${accounts}::uuid[]) or p.credit = any(${accounts}::uuid[])))
    select account, side, code, sum(done)::bigint as posted, sum(held)::bigint as pending from (
      select debit::text as account, 'debit' as side, code, done, held from moved where debit = any(${accounts}::uuid[])
      union all
      select credit::text, 'credit', code, done, held from moved where credit = any(${accounts}::uuid[])) sides
     group by account, side, code order by account, side, code`.execute(db)
  return rows
}

/** Balances in the order of the accounts. */
export async function balancesUntil(
  db: Kysely<Tables>,
  ledger: number,
  accounts: readonly string[],
  until: Until,
): Promise<readonly Balance[]> {
  const moved = await movedAsOf(db, ledger, accounts, until)
  const sum = (account: string, side: Moved['side'], what: 'posted' | 'pending'): bigint =>
    moved
      .filter((each) => each.account === account && each.side === side)
      .reduce((total, each) => total + each[what], 0n)
  return accounts.map((account) => ({
    debitsPending: sum(account, 'debit', 'pending'),
    debitsPosted: sum(account, 'debit', 'posted'),
    creditsPending: sum(account, 'credit', 'pending'),
    creditsPosted: sum(account, 'credit', 'posted'),
  }))
}
