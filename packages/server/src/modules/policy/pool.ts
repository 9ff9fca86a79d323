// The pool as finance reads it: what came in, what is promised, issued, redeemed, paid and left, all from the journal;
// and at the present pace, when it will be used up (an estimate with its range, never a posting).
import type { AnswerOf, Routes } from '@suanquan/api'
import { addDays, dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import { accountKinds, numbersOf, postingRules } from '@suanquan/core/ledger'
import type { Books } from '@suanquan/core/voucher'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { booksOf, heldBy, lastCounted, postedUnder, sumsAsOf, type Until } from '../ledger/index.ts'
import type { InForce } from './programmes.ts'

type View = AnswerOf<Routes['readPool']>

/**
 * What was appropriated, by the city, its districts and what the fund shares, and what of it is in no pool. What lapsed
 * from pools is read from the statements of closed years: a pool has too many postings to look through.
 */
export async function appropriatedOf(
  db: Kysely<Tables>,
  { fund }: Books,
): Promise<{ readonly appropriatedFen: bigint; readonly unallottedFen: bigint }> {
  const { withdraw, allot, take_back: takeBack, lapse } = postingRules
  const { appropriation, pool } = accountKinds
  const accounts = (code: number, programme: string): RawBuilder<unknown> => sql`select id from ledger.account
    where ledger = ${fund.ledger} and programme = ${programme} and code = ${code}`
  const { rows } = await sql<{ appropriatedFen: bigint; unallottedFen: bigint }>`
    with own as (${accounts(appropriation.number, fund.programme)}), shared as (${accounts(appropriation.number, '')}),
    pools as (${accounts(pool.number, fund.programme)}),
    gave as (select p.* from ledger.posting p where p.ledger = ${fund.ledger}
      and p.debit in (select id from own union all select id from shared)),
    got as (select p.* from ledger.posting p where p.ledger = ${fund.ledger}
      and p.credit in (select id from own union all select id from shared))
    select ((select coalesce(sum(amount), 0) from got where credit in (select id from own)
            and code = any(${[...numbersOf('appropriate')]}::smallint[]))
        - (select coalesce(sum(amount), 0) from gave where debit in (select id from own)
            and code in (${withdraw.number}, ${lapse.number}))
        + (select coalesce(sum(amount), 0) from gave where debit in (select id from shared)
            and code = ${allot.number} and credit in (select id from pools))
        - (select coalesce(sum(amount), 0) from got where credit in (select id from shared)
            and code = ${takeBack.number} and debit in (select id from pools))
        - (select coalesce(sum((line->>'lapsedFen')::bigint), 0)
            from year_close closed, jsonb_array_elements(closed.statement->'lines') line
            where closed.fund = ${fund.ledger} and closed.state = 'approved' and line->>'at' = 'pool'
              and line->>'programme' = ${fund.programme}))::bigint as "appropriatedFen",
      (select coalesce(sum(credits_posted - debits_posted), 0) from ledger.account
        where ledger = ${fund.ledger} and id in (select id from own))::bigint as "unallottedFen"`.execute(db)
  return rows[0]!
}

/**
 * The pool as of a moment or a sequence.
 * @param past what waits for money is known of today only
 */
export async function viewPool(
  db: Kysely<Tables>,
  inForce: InForce,
  { until, past, at }: { readonly until: Until; readonly past: boolean; readonly at: Instant },
): Promise<View> {
  const books = booksOf(inForce)
  const { sequence, moment } = await lastCounted(db, books.fund.ledger, until)
  const asOf = 'moment' in until ? until.moment : (moment ?? at)
  const sums = await sumsAsOf(db, books.fund, { sequence })
  const [own, vouchers] = [heldBy(sums, 'pool'), heldBy(sums, 'voucher')]
  // what was paid counts as paid while it is demanded back, and when it came back
  const demanded = postedUnder(sums, 'claw_back') - postedUnder(sums, 'cancel_clawback')
  const restored = await restoredFen(db, books, sequence)
  const burnDown = await burnDownOf(db, books, { until: { sequence }, today: dayOf(asOf) })
  return {
    adoptionId: inForce.id,
    title: inForce.programme.title,
    asOf: new Date(asOf).toISOString(),
    sequence: Number(sequence),
    appropriatedFen: (postedUnder(sums, 'appropriate') - postedUnder(sums, 'withdraw', 'lapse')).toString(),
    unallottedFen: heldBy(sums, 'appropriation').balanceFen.toString(),
    leftFen: (own.balanceFen - own.heldFen).toString(),
    reservedFen: own.heldFen.toString(),
    issuedFen: (postedUnder(sums, 'issue') - restored).toString(),
    awardedFen: postedUnder(sums, 'award').toString(),
    usableFen: (vouchers.balanceFen - vouchers.heldFen).toString(),
    heldFen: vouchers.heldFen.toString(),
    payableFen: heldBy(sums, 'payable').balanceFen.toString(),
    paidFen: (heldBy(sums, 'paid').balanceFen + demanded).toString(),
    returnedFen: (postedUnder(sums, 'expire', 'revoke', 'give_up') - restored).toString(),
    waiting: past ? null : await waitingOf(db, inForce.id),
    ...burnDown,
    endsOn: inForce.closesOn,
  }
}

async function waitingOf(db: Kysely<Tables>, adoptionId: string): Promise<View['waiting']> {
  const { count, fen } = await db
    .selectFrom('application')
    .select([
      sql<bigint>`count(*)`.as('count'),
      sql<bigint>`coalesce(sum(approved_fen), 0)::bigint`.as('fen'),
    ])
    .where('adoption_id', '=', adoptionId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return { applications: Number(count), fen: fen.toString() }
}

/** What an annulled revocation gave back to its voucher: neither issued anew nor ever returned. */
async function restoredFen(db: Kysely<Tables>, { fund }: Books, sequence: bigint): Promise<bigint> {
  const { fen } = await db
    .selectFrom('ledger.posting')
    .innerJoin('clawback', 'clawback.id', 'ledger.posting.document')
    .select(sql<bigint>`coalesce(sum(amount), 0)::bigint`.as('fen'))
    .where('ledger', '=', fund.ledger)
    .where('ledger.posting.seq', '<=', sequence)
    .where(
      'ledger.posting.debit',
      'in',
      db
        .selectFrom('ledger.account')
        .select('id')
        .where('ledger', '=', fund.ledger)
        .where('programme', '=', fund.programme),
    )
    .where('ledger.posting.code', '=', postingRules.issue.number)
    .executeTakeFirstOrThrow()
  return fen
}

/** How the pools emptied, and at this pace, when they will be. */
export async function burnDownOf(
  db: Kysely<Tables>,
  books: Books,
  { until, today }: { readonly until: Until; readonly today: Day },
): Promise<Pick<View, 'series' | 'exhaustion'>> {
  const { sequence } = await lastCounted(db, books.fund.ledger, until)
  const series = await seriesOf(db, books, { sequence, today })
  return { series, exhaustion: exhaustionOf(series, BigInt(series.at(-1)?.leftFen ?? '0'), today) }
}

/** What was left at the end of each day on which something moved. */
async function seriesOf(
  db: Kysely<Tables>,
  books: Books,
  { sequence, today }: { readonly sequence: bigint; readonly today: Day },
): Promise<View['series']> {
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
     where p.seq <= ${sequence}
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
