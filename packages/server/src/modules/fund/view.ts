// A fund as finance reads it: what its programmes share, what each of them got of it, management cost, the yearly cap of
// each firm, and its years.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { Day, Instant } from '@suanquan/core/calendar'
import { accountKinds, postingRules } from '@suanquan/core/ledger'
import { appropriation, sharedFund } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { advancedBy } from '../imprest/index.ts'
import { balancesOf, booksOf, poolTotals } from '../ledger/index.ts'
import { sharedLimitOf } from '../pool/index.ts'
import { programmesOf, sharedBooks, type FundRow } from './load.ts'
import { managementOf, writtenShare } from './management.ts'
import { viewActs } from './view-acts.ts'
import { asOfNow, viewStatement, viewYearCloses } from './view-year.ts'
import { nextToClose } from './year-close.ts'

type View = AnswerOf<Routes['readFund']>

export interface Asking {
  readonly person: Person | null
  readonly at: Instant
  readonly today: Day
}

export async function viewFund(
  world: World,
  db: Kysely<Tables>,
  fund: FundRow,
  { person, at, today }: Asking,
): Promise<View> {
  const programmes = await programmesOf(world, db, fund)
  const thisYear = Number(today.slice(0, 4))
  const moved = await movedToProgrammes(db, fund)
  return {
    id: fund.id,
    number: fund.number,
    asOf: new Date(at).toISOString(),
    programmes: await Promise.all(
      programmes.map(async (inForce) => {
        const { leftFen, reservedFen } = await poolTotals(db, booksOf(inForce))
        return {
          adoptionId: inForce.id,
          title: inForce.programme.title,
          allottedFen: (moved.get(inForce.programme_id) ?? 0n).toString(),
          leftFen: leftFen.toString(),
          reservedFen: reservedFen.toString(),
        }
      }),
    ),
    ...(await sharedMoney(db, fund)),
    management: await viewManagement(db, fund),
    cap: await viewCap(db, fund, thisYear),
    openYear: await nextToClose(db, fund, thisYear),
    acts: await viewActs(world, db, { fund: fund.number }, person),
    closes: await viewYearCloses(world, db, { fund: fund.number }, person),
    yearEnd: viewStatement(programmes, await asOfNow(db, fund, {})),
  }
}

async function sharedMoney(
  db: Kysely<Tables>,
  fund: FundRow,
): Promise<Pick<View, 'appropriatedFen' | 'sharedLeftFen' | 'advancedFen'>> {
  const books = booksOf(sharedBooks(fund))
  const [balance] = await balancesOf(db, books, [appropriation(sharedFund(books.fund))])
  const { appropriate, withdraw, lapse } = postingRules
  const { rows } = await sql<{ fen: bigint }>`
    select coalesce(sum(case when p.credit = a.id and p.code = ${appropriate.number} then p.amount
        when p.debit = a.id and p.code in (${withdraw.number}, ${lapse.number}) then -p.amount end), 0)::bigint as fen
      from ledger.account a join ledger.posting p on p.ledger = a.ledger and a.id in (p.debit, p.credit)
     where a.ledger = ${fund.number} and a.code = ${accountKinds.appropriation.number} and a.programme = ''`.execute(
    db,
  )
  return {
    appropriatedFen: rows[0]!.fen.toString(),
    sharedLeftFen: (balance!.creditsPosted - balance!.debitsPosted).toString(),
    advancedFen: (await advancedBy(db, fund.number)).toString(),
  }
}

/** What came to each programme from what the fund shares, less what was taken back. */
async function movedToProgrammes(db: Kysely<Tables>, fund: FundRow): Promise<ReadonlyMap<string, bigint>> {
  const { allot, take_back: takeBack } = postingRules
  const { rows } = await sql<{ programme: string; fen: bigint }>`
    with shared as (select id from ledger.account where ledger = ${fund.number} and programme = ''
      and code = ${accountKinds.appropriation.number}),
    moved as (
      select p.credit as pool, p.amount from shared
        join ledger.posting p on p.ledger = ${fund.number} and p.debit = shared.id and p.code = ${allot.number}
      union all select p.debit, -p.amount from shared
        join ledger.posting p on p.ledger = ${fund.number} and p.credit = shared.id and p.code = ${takeBack.number})
    select a.programme, sum(moved.amount)::bigint as fen
      from moved join ledger.account a on a.ledger = ${fund.number} and a.id = moved.pool
     group by a.programme`.execute(db)
  return new Map(rows.map(({ programme, fen }) => [programme, fen]))
}

async function viewManagement(db: Kysely<Tables>, fund: FundRow): Promise<View['management']> {
  const { share, mostFen, setAsideFen, spentFen } = await managementOf(db, fund)
  return {
    share: share === null ? null : writtenShare(share),
    mostFen: mostFen === null ? null : mostFen.toString(),
    setAsideFen: setAsideFen.toString(),
    spentFen: spentFen.toString(),
    leftFen: (setAsideFen - spentFen).toString(),
  }
}

async function viewCap(db: Kysely<Tables>, fund: FundRow, year: number): Promise<View['cap']> {
  const limit = await sharedLimitOf(db, fund.number, year)
  if (limit === null) return null
  const rows = await db
    .selectFrom('ledger.account')
    .leftJoin('organisation', 'organisation.credit_code', 'ledger.account.reference')
    .select(['reference as creditCode', 'organisation.name as name'])
    .select(sql<bigint>`debits_posted + debits_pending`.as('used'))
    .where('ledger', '=', fund.number)
    .where('code', '=', accountKinds.cap.number)
    .where('programme', '=', '')
    .where('ledger.account.kind', '=', 'fund_granted')
    .where('year', '=', year)
    .orderBy('used', 'desc')
    .orderBy('reference')
    .execute()
  return {
    year,
    limitFen: limit.limitFen.toString(),
    documentNumber: limit.documentNumber,
    firms: rows.map(({ creditCode, name, used }) => ({
      name: name ?? creditCode,
      creditCode,
      usedFen: used.toString(),
      leftFen: (limit.limitFen - used).toString(),
    })),
  }
}
