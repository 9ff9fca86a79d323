// An imprest as of any moment, from the journal and the acts of its fund: what was advanced, drawn, filled again and
// returned, how old the earliest of what is outstanding is, and what should have come back by then.
import type { AnswerOf, Routes } from '@suanquan/api'
import { dayNumber, dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import { postingRules, type PostingCode } from '@suanquan/core/ledger'
import { idOf, imprestOwed } from '@suanquan/core/voucher'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { booksOf, lastCounted, movedAsOf, type Moved, type Until } from '../ledger/index.ts'
import { advancable } from './advance.ts'

export type ImprestView = AnswerOf<Routes['listImprests']>['items'][number]
type Line = AnswerOf<Routes['readImprest']>['lines'][number]

export interface ImprestRow {
  /** of the account that can be drawn on */
  readonly id: string
  readonly ledger: number
  readonly creditCode: string
  readonly adoptionId: string
  readonly providerId: string
  readonly providerName: string
  readonly jurisdiction: string
  readonly district: string
}

/** @param which rows, of the account `a` and the provider `o` */
export async function imprestRows(
  db: Kysely<Tables>,
  which: RawBuilder<boolean>,
): Promise<readonly ImprestRow[]> {
  const { rows } = await sql<ImprestRow>`
    select a.id, a.ledger, a.holder as "creditCode", adoption.id as "adoptionId", o.id as "providerId",
        o.name as "providerName", a.jurisdiction, a.district
      from ledger.account a
      join adoption on adoption.fund = a.ledger and adoption.programme_id = a.programme
      join organisation o on o.credit_code = a.holder
     where a.code = 8 and ${which} order by a.ledger, a.programme, o.name, a.id`.execute(db)
  return rows
}

export interface Seen {
  readonly until: Until
  /** for an imprest on which nothing had moved by then */
  readonly at: Instant
}

export async function viewImprest(
  world: World,
  db: Kysely<Tables>,
  row: ImprestRow,
  { until, at }: Seen,
): Promise<ImprestView> {
  const last = await lastCounted(db, row.ledger, until)
  const moment = 'moment' in until ? until.moment! : (last.moment ?? at)
  const inForce = await world.programmes.inForce(db, row.adoptionId)
  const books = booksOf(inForce)
  const owed = idOf(books, imprestOwed(books.fund, row.creditCode))
  const moved = await movedAsOf(db, row.ledger, [row.id, owed], until)
  const sum = (account: string, side: Moved['side'], code: PostingCode): bigint =>
    moved
      .filter((each) => each.account === account && each.side === side)
      .filter((each) => each.code === postingRules[code].number)
      .reduce((total, { posted }) => total + posted, 0n)
  const advanced = sum(row.id, 'credit', 'advance')
  const drawn = sum(row.id, 'debit', 'draw_down')
  const drawnBack = sum(row.id, 'credit', 'draw_back')
  const refilled = sum(row.id, 'credit', 'refill')
  const returned = sum(row.id, 'debit', 'return_advance')
  const [owedBack, returnedOwed] = [sum(owed, 'credit', 'owe_back'), sum(owed, 'debit', 'return_advance')]
  const fen = {
    advancedFen: advanced,
    drawnFen: drawn,
    drawnBackFen: drawnBack,
    refilledFen: refilled,
    returnedFen: returned,
    returnedOwedFen: returnedOwed,
    leftFen: advanced - drawn + drawnBack + refilled - returned,
    openFen: drawn - drawnBack - refilled - owedBack,
    owedFen: owedBack - returnedOwed,
    outstandingFen: advanced - returned - returnedOwed,
    advancableFen: await advancable(db, inForce, row.creditCode),
  }
  const written = Object.fromEntries(Object.entries(fen).map(([name, amount]) => [name, amount.toString()]))
  return {
    id: row.id,
    asOf: new Date(moment).toISOString(),
    sequence: Number(last.sequence),
    adoptionId: row.adoptionId,
    programme: inForce.programme.title,
    providerId: row.providerId,
    providerName: row.providerName,
    creditCode: row.creditCode,
    ...(written as Record<keyof typeof fen, string>),
    ...(await ageOf(db, row, { returnedFen: returned + returnedOwed, moment })),
    beyond: inForce.terms.imprest?.beyond ?? null,
  }
}

/** Returns are counted against the advance that is due first. */
async function ageOf(
  db: Kysely<Tables>,
  row: ImprestRow,
  { returnedFen, moment }: { readonly returnedFen: bigint; readonly moment: Instant },
): Promise<Pick<ImprestView, 'overdueFen' | 'returnBy' | 'outstandingSince' | 'ageDays'>> {
  const acts = await db
    .selectFrom('fund_act')
    .select(['amount_fen', 'paid_on', 'return_by'])
    .where('kind', '=', 'advance')
    .where('state', '=', 'approved')
    .where('adoption_id', '=', row.adoptionId)
    .where('provider_id', '=', row.providerId)
    .where('decided_at', '<=', sql<never>`${timestamp(moment)}::timestamptz`)
    .orderBy('return_by')
    .orderBy('paid_on')
    .orderBy('id')
    .execute()
  const today = dayOf(moment)
  let [left, overdueFen] = [returnedFen, 0n]
  const open: { readonly paidOn: Day; readonly returnBy: Day }[] = []
  for (const { amount_fen: amount, paid_on: paidOn, return_by: returnBy } of acts) {
    const covered = left < amount! ? left : amount!
    left -= covered
    if (covered === amount!) continue
    open.push({ paidOn: paidOn!, returnBy: returnBy! })
    if (returnBy! < today) overdueFen += amount! - covered
  }
  const since = open.map(({ paidOn }) => paidOn).toSorted()[0] ?? null
  return {
    overdueFen: overdueFen.toString(),
    returnBy: open[0]?.returnBy ?? null,
    outstandingSince: since,
    ageDays: since === null ? null : dayNumber(today) - dayNumber(since),
  }
}

/** What moved on it, in the order of the journal. */
export async function imprestLines(
  db: Kysely<Tables>,
  { id, ledger }: ImprestRow,
  { until, offset, most }: { readonly until: Until; readonly offset: number; readonly most: number },
): Promise<{ readonly total: number; readonly lines: Line[] }> {
  const { sequence } = await lastCounted(db, ledger, until)
  const { rows } = await sql<{
    seq: bigint
    at: Instant
    code: number
    came: bigint
    went: bigint
    balance: bigint
    reference: string
    total: bigint
  }>`
    with moved as (
      select p.seq, p.at, p.code, p.document, case when p.credit = ${id}::uuid then p.amount else 0 end as came,
        case when p.debit = ${id}::uuid then p.amount else 0 end as went,
        case when p.credit = ${id}::uuid then p.debit else p.credit end as other
      from ledger.posting p where p.ledger = ${ledger} and p.seq <= ${sequence}
        and (p.debit = ${id}::uuid or p.credit = ${id}::uuid)),
    running as (select moved.*, sum(came - went) over (order by seq) as balance, count(*) over () as total from moved)
    select seq, at, running.code, came::bigint, went::bigint, balance::bigint, total,
        coalesce(nullif(a.reference, ''), (select document_number from fund_act where fund_act.id = document), '') as reference
      from running join ledger.account a on a.ledger = ${ledger} and a.id = other
     order by seq desc limit ${most} offset ${offset}`.execute(db)
  return {
    total: Number(rows[0]?.total ?? 0n),
    lines: rows.map((row) => ({
      sequence: Number(row.seq),
      at: new Date(row.at).toISOString(),
      code: CODES.get(row.code)!,
      reference: row.reference,
      inFen: row.came.toString(),
      outFen: row.went.toString(),
      balanceFen: row.balance.toString(),
    })),
  }
}

const CODES = new Map(Object.entries(postingRules).map(([code, { number }]) => [number as number, code]))
