// The pool as finance reads it: what came in, what is promised, issued, redeemed, paid and left, all from the journal;
// and at the present pace, when it will be used up (an estimate with its range, never a posting).
import type { AnswerOf, Routes } from '@suanquan/api'
import { addDays, type Day, type Instant } from '@suanquan/core/calendar'
import { accountKinds, postingKinds, postingRules } from '@suanquan/core/ledger'
import type { Books } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { booksOf, poolTotals } from '../ledger/index.ts'
import type { InForce } from './programmes.ts'

type View = AnswerOf<Routes['readPool']>

/** What was appropriated, by the city and by its districts, and what of it is in no pool. */
export async function appropriatedOf(
  db: Kysely<Tables>,
  { fund }: Books,
): Promise<{ readonly appropriatedFen: bigint; readonly unallottedFen: bigint }> {
  const { withdraw } = postingRules
  const { rows } = await sql<{ appropriatedFen: bigint; unallottedFen: bigint }>`
    select (coalesce(sum(a.credits_posted - coalesce(b.taken_back, 0)), 0) - coalesce(sum(b.withdrawn), 0))::bigint
        as "appropriatedFen",
      coalesce(sum(a.credits_posted - a.debits_posted), 0)::bigint as "unallottedFen"
      from ledger.account a left join lateral (
        select sum(p.amount) filter (where p.debit = a.id and p.code = ${withdraw.number}) as withdrawn,
          sum(p.amount) filter (where p.credit = a.id and p.code = ${postingRules.take_back.number}) as taken_back
          from ledger.posting p where p.ledger = a.ledger and (p.debit = a.id or p.credit = a.id)) b on true
     where a.ledger = ${fund.ledger} and a.code = ${accountKinds.appropriation.number}
       and a.programme = ${fund.programme}`.execute(db)
  return rows[0]!
}

export async function viewPool(
  db: Kysely<Tables>,
  inForce: InForce,
  now: { readonly at: Instant; readonly today: Day },
): Promise<View> {
  const books = booksOf(inForce)
  const vouchers = await sumOf(db, books, accountKinds.voucher.number)
  const payables = await sumOf(db, books, accountKinds.payable.number)
  const paidAccounts = await sumOf(db, books, accountKinds.paid.number)
  const returned = await returnedFen(db, books)
  const demanded = await demandedFen(db, books)
  const restored = await restoredFen(db, books)
  const waiting = await db
    .selectFrom('application')
    .select([
      sql<bigint>`count(*)`.as('count'),
      sql<bigint>`coalesce(sum(approved_fen), 0)::bigint`.as('fen'),
    ])
    .where('adoption_id', '=', inForce.id)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  const { leftFen: left, reservedFen } = await poolTotals(db, books)
  const { appropriatedFen, unallottedFen } = await appropriatedOf(db, books)
  const series = await seriesOf(db, books, now.today)
  return {
    adoptionId: inForce.id,
    title: inForce.programme.title,
    asOf: new Date(now.at).toISOString(),
    appropriatedFen: appropriatedFen.toString(),
    unallottedFen: unallottedFen.toString(),
    leftFen: left.toString(),
    reservedFen: reservedFen.toString(),
    issuedFen: ((await postedFen(db, books, postingRules.issue.number)) - restored).toString(),
    awardedFen: (await postedFen(db, books, postingRules.award.number)).toString(),
    usableFen: (vouchers.creditsPosted - vouchers.debitsPosted - vouchers.debitsPending).toString(),
    heldFen: vouchers.debitsPending.toString(),
    payableFen: (payables.creditsPosted - payables.debitsPosted).toString(),
    paidFen: (paidAccounts.creditsPosted - paidAccounts.debitsPosted + demanded).toString(),
    returnedFen: (returned - restored).toString(),
    waitingFen: waiting.fen.toString(),
    waitingApplications: Number(waiting.count),
    series,
    exhaustion: exhaustionOf(series, left, now.today),
    endsOn: inForce.closesOn,
  }
}

interface Sums {
  readonly debitsPending: bigint
  readonly debitsPosted: bigint
  readonly creditsPosted: bigint
}

async function sumOf(db: Kysely<Tables>, books: Books, code: number): Promise<Sums> {
  return db
    .selectFrom('ledger.account')
    .select([
      sql<bigint>`coalesce(sum(debits_pending), 0)::bigint`.as('debitsPending'),
      sql<bigint>`coalesce(sum(debits_posted), 0)::bigint`.as('debitsPosted'),
      sql<bigint>`coalesce(sum(credits_posted), 0)::bigint`.as('creditsPosted'),
    ])
    .where('ledger', '=', books.fund.ledger)
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
}

const RETURNS = [postingRules.expire, postingRules.revoke, postingRules.give_up].map(({ number }) => number)

async function returnedFen(db: Kysely<Tables>, books: Books): Promise<bigint> {
  const { fen } = await db
    .selectFrom('ledger.posting')
    .select(sql<bigint>`coalesce(sum(amount), 0)::bigint`.as('fen'))
    .where('ledger', '=', books.fund.ledger)
    .where('code', 'in', RETURNS)
    .executeTakeFirstOrThrow()
  return fen
}

/** What was paid counts as paid while it is demanded back, and when it came back. */
async function demandedFen(db: Kysely<Tables>, books: Books): Promise<bigint> {
  const { claw_back: back, cancel_clawback: cancelled } = postingRules
  const [demanded, undone] = await Promise.all([
    postedFen(db, books, back.number),
    postedFen(db, books, cancelled.number),
  ])
  return demanded - undone
}

/** What an annulled revocation gave back to its voucher: neither issued anew nor ever returned. */
async function restoredFen(db: Kysely<Tables>, books: Books): Promise<bigint> {
  const { fen } = await db
    .selectFrom('ledger.posting')
    .innerJoin('clawback', 'clawback.id', 'ledger.posting.document')
    .select(sql<bigint>`coalesce(sum(amount), 0)::bigint`.as('fen'))
    .where('ledger', '=', books.fund.ledger)
    .where('ledger.posting.code', '=', postingRules.issue.number)
    .executeTakeFirstOrThrow()
  return fen
}

/** What was posted under a code, reservations that were settled included. */
async function postedFen(db: Kysely<Tables>, books: Books, code: number): Promise<bigint> {
  const { fen } = await db
    .selectFrom('ledger.posting')
    .select(sql<bigint>`coalesce(sum(amount), 0)::bigint`.as('fen'))
    .where('ledger', '=', books.fund.ledger)
    .where('code', '=', code)
    .where('kind', 'in', [postingKinds.post, postingKinds.settle])
    .executeTakeFirstOrThrow()
  return fen
}

/** What was left at the end of each day on which something moved. */
async function seriesOf(db: Kysely<Tables>, books: Books, today: Day): Promise<View['series']> {
  const pools = sql`select id from ledger.account where ledger = ${books.fund.ledger}
    and code = ${accountKinds.pool.number} and programme = ${books.fund.programme}`
  const { rows } = await sql<{ day: Day; moved: bigint }>`
    select (p.at at time zone 'Asia/Shanghai')::date as day,
      sum(case when p.side = 'credit' and p.kind = 0 then p.amount
               when p.side = 'debit' and p.kind in (0, 1) then -p.amount
               when p.side = 'debit' and p.kind = 2 then r.amount - p.amount
               when p.side = 'debit' and p.kind = 3 then p.amount else 0 end)::bigint as moved
      from (select *, 'debit' as side from ledger.posting where ledger = ${books.fund.ledger} and debit in (${pools})
            union all
            select *, 'credit' from ledger.posting where ledger = ${books.fund.ledger} and credit in (${pools})) p
      left join ledger.posting r on r.ledger = p.ledger and r.id = p.reservation
     group by 1 order by 1`.execute(db)
  let left = 0n
  const series = rows.map(({ day, moved }) => ({ day, leftFen: (left += moved).toString() }))
  const last = series.at(-1)
  if (last !== undefined && last.day < today) series.push({ day: today, leftFen: last.leftFen })
  return series
}

const PACE_DAYS = 56

/** At the pace of the last eight weeks; the range is that of the last four and the last twelve. */
function exhaustionOf(series: View['series'], left: bigint, today: Day): View['exhaustion'] {
  if (left <= 0n) return null
  const at = (days: number): Day | null => {
    const since = addDays(today, -days)
    const used = usedSince(series, since)
    if (used <= 0n) return null
    const more = Number((left * BigInt(days)) / used)
    return more > 3660 ? null : addDays(today, more)
  }
  const days = [at(PACE_DAYS), at(PACE_DAYS / 2), at((PACE_DAYS * 3) / 2)]
  const known = days.filter((day) => day !== null).sort()
  const [middle] = days
  if (middle === null || middle === undefined) return null
  return { day: middle, earliest: known[0]!, latest: known.at(-1)! }
}

/** What went out of the pool since a day; money that came in does not count against it. */
function usedSince(series: View['series'], since: Day): bigint {
  let used = 0n
  let before: bigint | null = null
  for (const { day, leftFen } of series) {
    const now = BigInt(leftFen)
    if (before !== null && day > since && now < before) used += before - now
    before = now
  }
  return used
}
