// 年度结账: a year of a fund is closed after its end by two finance officers. Promised money goes on in the next year; the
// rest is carried over or lapses by the rule that each programme is given. The year's accounts are closed for good.
import type { BodyOf, Routes } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import { accountKinds } from '@suanquan/core/ledger'
import { partsReserved, planYearEnd, type MovedApproval } from '@suanquan/core/voucher'
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely'
import { lockLedger, timestamp, type PostingPlan, type Tables, type YearRule } from '../../database/index.ts'
import type { Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { approvalOf, loadApplication, reservedGrant, storedApproval } from '../application/index.ts'
import { booksOf } from '../ledger/index.ts'
import { tellToDecide } from './acts.ts'
import { fundNumbered, loadFund, placeOf, programmesOf, sharedBooks, type FundRow } from './load.ts'
import { heldInYear, placesOf, statementOf, type Rules } from './year-lines.ts'
import { viewYearClose } from './view-year.ts'

type Body = BodyOf<Routes['proposeYearClose']>

/** The year that is closed next: the open one, or before a first closing the one in which the fund's money began. */
export async function nextToClose(
  db: Kysely<Tables>,
  { number, open_year: openYear }: FundRow,
  thisYear: number,
): Promise<number> {
  if (openYear !== null) return openYear
  const { rows } = await sql<{ year: number }>`
    select extract(year from at at time zone 'Asia/Shanghai')::int as year from ledger.posting
     where ledger = ${number} and seq = 1`.execute(db)
  return rows[0]?.year ?? thisYear
}

export function proposeYearClose(world: World): Command<'proposeYearClose'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const fund = await loadFund(tx, params.id)
      if (fund === undefined) return notFound('fund')
      touch({ kind: 'fund', id: fund.id })
      if (!mayTouch(person, 'year_close.propose', placeOf(fund)))
        return outOfScope('year_close.propose', 'fund')
      const thisYear = Number(today.slice(0, 4))
      const openYear = await nextToClose(tx, fund, thisYear)
      if (body.year !== openYear) return refuse('fund.year_not_open', { year: body.year, openYear })
      if (body.year >= thisYear) return refuse('fund.year_not_over', { year: body.year })
      if (body.documentOn > today) return refuse('fund.document_later', { documentOn: body.documentOn })
      const rules = await readRules(world, tx, fund, body)
      if (!rules.ok) return rules
      const missing = await withoutRule(world, tx, fund, rules.value)
      if (missing.length > 0) return refuse('fund.rules_unfit', { missing })
      const id = newId()
      const stored = await tx
        .insertInto('year_close')
        .values({
          id,
          jurisdiction: fund.jurisdiction,
          district: fund.district,
          fund: fund.number,
          year: body.year,
          rules: JSON.stringify(rules.value),
          document_number: body.documentNumber,
          document_on: body.documentOn,
          reason: body.reason,
          state: 'proposed',
          proposed_by: person!.id,
          proposed_at: timestamp(at),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n) return refuse('fund.year_proposed', { year: body.year })
      tellToDecide(tx, fund, {
        kind: 'year_close_to_decide',
        id,
        number: body.documentNumber,
        by: person!.id,
      })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewYearClose(world, db, subject, person),
  }
}

async function readRules(
  world: World,
  db: Kysely<Tables>,
  fund: FundRow,
  body: Body,
): Promise<Decision<Rules, 'fund.rules_unfit'>> {
  const programmes = await programmesOf(world, db, fund)
  const rules: Record<string, YearRule> = {}
  for (const { adoptionId, rule } of body.rules) {
    const programme = adoptionId === null ? '' : programmes.find(({ id }) => id === adoptionId)?.programme_id
    if (programme === undefined || rules[programme] !== undefined)
      return refuse('fund.rules_unfit', { missing: [adoptionId ?? '—'] })
    rules[programme] = rule
  }
  return accept(rules)
}

/** Programmes with money left of which nobody has said what becomes of it. */
async function withoutRule(
  world: World,
  db: Kysely<Tables>,
  fund: FundRow,
  rules: Rules,
): Promise<readonly string[]> {
  const held = await heldInYear(db, fund)
  const asked = held.filter(
    ({ account, leftFen }) => leftFen > 0n && (account.code === 'pool' || account.code === 'appropriation'),
  )
  const ids = new Set(asked.map(({ account }) => account.programme).filter((id) => rules[id] === undefined))
  const programmes = await programmesOf(world, db, fund)
  return [...ids].map(
    (id) => programmes.find(({ programme_id: its }) => its === id)?.programme.title.zh ?? '共用资金',
  )
}

type CloseRow = Selectable<Tables['year_close']>

export function decideYearClose(world: World): Command<'decideYearClose'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, context) => {
      const { tx, touch } = context
      const row = await tx
        .selectFrom('year_close')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return notFound('year_close')
      touch({ kind: 'year_close', id: row.id })
      if (!mayTouch(person, 'year_close.decide', row)) return outOfScope('year_close.decide', 'year_close')
      if (row.proposed_by === person!.id) return refuse('fund.own_proposal')
      if (row.state !== 'proposed') return refuse('fund.wrong_state', { state: row.state })
      if (body.decision === 'refuse' && body.reason === '') return refuse('fund.reason_missing')
      const decided = {
        decided_by: person!.id,
        decided_at: timestamp(at),
        decision_reason: body.reason,
      }
      if (body.decision === 'refuse') {
        const refused = { ...decided, state: 'refused' as const }
        await tx.updateTable('year_close').set(refused).where('id', '=', row.id).execute()
        return accept({ subject: row.id })
      }
      return close(world, { row, context, at, decided })
    },
    view: (subject, { db }, { person }) => viewYearClose(world, db, subject, person),
  }
}

interface Closing {
  readonly row: CloseRow
  readonly context: CommandContext
  readonly at: Instant
  readonly decided: {
    readonly decided_by: string
    readonly decided_at: string
    readonly decision_reason: string
  }
}

type Closed = Awaited<ReturnType<Command<'decideYearClose'>['run']>>

async function close(world: World, { row, context, at, decided }: Closing): Promise<Closed> {
  const { tx, newId } = context
  const fund = await lockFund(tx, row, at)
  const missing = await withoutRule(world, tx, fund, row.rules)
  if (missing.length > 0) return refuse('fund.rules_unfit', { missing })
  const reserved = await reservedOf(tx, fund)
  const approvals = await movedApprovals(world, tx, reserved, newId)
  if (approvals.length < reserved.documents.length)
    return refuse('fund.hold_unknown', { count: reserved.documents.length - approvals.length })
  const held = await heldInYear(tx, fund)
  const statement = await statementOf(tx, fund, held, row.rules)
  const nextYear = row.year + 1
  await tx
    .updateTable('year_close')
    .set({ ...decided, state: 'approved', statement: JSON.stringify(statement) })
    .where('id', '=', row.id)
    .execute()
  await tx.updateTable('fund').set({ open_year: nextYear }).where('number', '=', fund.number).execute()
  for (const { applicationId, before, after } of approvals)
    await tx
      .updateTable('application')
      .set({ approval: storedApproval({ ...before, id: after }) })
      .where('id', '=', applicationId)
      .execute()
  const books = booksOf(sharedBooks(fund))
  const {
    open,
    close: closed,
    sets,
  } = planYearEnd(books, row.id, {
    nextYear,
    places: placesOf(held, row.rules),
    approvals,
  })
  const plan: PostingPlan<never> = {
    ledger: fund.number,
    jurisdiction: fund.jurisdiction,
    open,
    close: closed,
    sets,
    refused: () => 'again',
  }
  return accept({ subject: row.id, plan })
}

/** Everything that draws on the fund's pools stands still: its approved applications, its programmes, its ledger. */
async function lockFund(tx: Transaction<Tables>, row: CloseRow, at: Instant): Promise<FundRow> {
  await tx.selectFrom('fund').select('id').where('number', '=', row.fund).forUpdate().execute()
  const fund = await fundNumbered(tx, row.fund)
  const { documents } = await reservedOf(tx, fund)
  await sql`select id from application where (approval->>'id')::uuid = any(${[...documents]}::uuid[])
    order by id for update`.execute(tx)
  await tx
    .selectFrom('adoption')
    .select('id')
    .where('fund', '=', fund.number)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  await lockLedger(tx, { ledger: fund.number, jurisdiction: fund.jurisdiction, moment: at })
  return fund
}

interface Reserved {
  /** the approvals, by the ids under which they reserve */
  readonly documents: readonly string[]
  /** of the reservations themselves */
  readonly ids: ReadonlySet<string>
}

/** What approvals still reserve in a pool of the fund. */
async function reservedOf(db: Kysely<Tables>, fund: FundRow): Promise<Reserved> {
  const { rows } = await sql<{ document: string; id: string }>`
    select p.document::text as document, p.id::text as id from ledger.account a
      join ledger.posting p on p.ledger = a.ledger and p.debit = a.id and p.kind = 1
     where a.ledger = ${fund.number} and a.code = ${accountKinds.pool.number} and a.debits_pending > 0
       and not exists (select from ledger.posting d where d.ledger = p.ledger and d.reservation = p.id)
     order by 1`.execute(db)
  return {
    documents: [...new Set(rows.map(({ document }) => document))],
    ids: new Set(rows.map(({ id }) => id)),
  }
}

async function movedApprovals(
  world: World,
  tx: Transaction<Tables>,
  { documents, ids }: Reserved,
  newId: () => string,
): Promise<readonly (MovedApproval & { readonly applicationId: string })[]> {
  const { rows } = await sql<{ id: string }>`
    select id from application where (approval->>'id')::uuid = any(${[...documents]}::uuid[]) order by id for update`.execute(
    tx,
  )
  return Promise.all(
    rows.map(async ({ id }) => {
      const row = (await loadApplication(tx, id))!
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const terms = await reservedGrant(tx, row, inForce)
      const { programme_id: programme } = inForce
      const before = approvalOf(row)!
      const parts = partsReserved(booksOf(inForce), before, terms, ids)
      return { applicationId: id, programme, terms, before, parts, after: newId() }
    }),
  )
}
