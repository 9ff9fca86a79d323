// 资金事项: what two finance officers do with a fund: money that its programmes share, the cost of managing them and its
// share of the appropriation, the yearly cap of each firm. One proposes with a document, another decides.
import type { BodyOf, Routes } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { formatFen, parseRate, type Rate } from '@suanquan/core/money'
import { endsOf, fundMoves, isOfProgramme, planFundMove, type FundMove } from '@suanquan/core/voucher'
import type { Kysely, Selectable, Transaction } from 'kysely'
import { timestamp, type PostingPlan, type Tables } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { imprestFault, isOfImprest, planOfImprest } from '../imprest/index.ts'
import { balancesOf, booksOf, planOf } from '../ledger/index.ts'
import { tell } from '../message/index.ts'
import { fundNumbered, loadFund, placeOf, sharedBooks, type FundRow } from './load.ts'
import { managementFault } from './management.ts'
import { viewAct } from './view-acts.ts'

type Body = BodyOf<Routes['proposeFundAct']>
type Kind = Body['kind']
type Fields = Pick<
  Body,
  'adoptionId' | 'amountFen' | 'share' | 'year' | 'payee' | 'paidOn' | 'providerId' | 'returnBy'
>

/** What each kind of act states beside its document. */
const FIELDS: Readonly<Record<Kind, readonly (keyof Fields)[]>> = {
  appropriate: ['amountFen'],
  withdraw: ['amountFen'],
  allot: ['amountFen', 'adoptionId'],
  take_back: ['amountFen', 'adoptionId'],
  set_aside: ['amountFen'],
  put_back: ['amountFen'],
  spend: ['amountFen', 'payee', 'paidOn'],
  management_share: ['share'],
  shared_cap: ['amountFen', 'year'],
  advance: ['amountFen', 'adoptionId', 'providerId', 'paidOn', 'returnBy'],
  return_advance: ['amountFen', 'adoptionId', 'providerId', 'paidOn'],
}

const ALL = [...new Set(Object.values(FIELDS).flat())]

export function proposeFundAct(world: World): Command<'proposeFundAct'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const fund = await loadFund(tx, params.id)
      if (fund === undefined) return notFound('fund')
      touch({ kind: 'fund', id: fund.id })
      if (!mayTouch(person, 'fund_act.propose', placeOf(fund))) return outOfScope('fund_act.propose', 'fund')
      const read = await readBody(world, tx, { fund, body, today })
      if (!read.ok) return read
      const id = newId()
      const stored = await tx
        .insertInto('fund_act')
        .values({
          id,
          jurisdiction: fund.jurisdiction,
          district: fund.district,
          fund: fund.number,
          kind: body.kind,
          adoption_id: body.adoptionId ?? null,
          amount_fen: body.amountFen === undefined ? null : BigInt(body.amountFen),
          share_numerator: read.value === null ? null : Number(read.value.numerator),
          share_denominator: read.value === null ? null : Number(read.value.denominator),
          year: body.year ?? null,
          payee: body.payee ?? null,
          paid_on: body.paidOn ?? null,
          provider_id: body.providerId ?? null,
          return_by: body.returnBy ?? null,
          document_number: body.documentNumber,
          document_on: body.documentOn,
          reason: body.reason,
          state: 'proposed',
          proposed_by: person!.id,
          proposed_at: timestamp(at),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n)
        return refuse('fund.document_used', { documentNumber: body.documentNumber })
      tellToDecide(tx, fund, { kind: 'fund_act_to_decide', id, number: body.documentNumber, by: person!.id })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewAct(world, db, subject, person),
  }
}

export function tellToDecide(
  tx: Transaction<Tables>,
  fund: FundRow,
  told: {
    readonly kind: 'fund_act_to_decide' | 'year_close_to_decide'
    readonly id: string
    readonly number: string
    readonly by: string
  },
): void {
  tell(tx, {
    kind: told.kind,
    cause: `${told.kind} ${told.id}`,
    about: 'fund',
    aboutId: fund.id,
    params: { number: told.number },
    place: { jurisdiction: fund.jurisdiction, district: fund.district },
    except: [told.by],
  })
}

type BodyCode =
  | 'fund.fields_unfit'
  | 'fund.amount_zero'
  | 'fund.share_unfit'
  | 'fund.document_later'
  | 'fund.programme_foreign'
  | 'fund.cap_year_begun'
  | 'imprest.not_provided'
  | 'imprest.provider_unknown'
  | 'imprest.return_day_unfit'
  | 'imprest.above_limit'

/** @returns the share that is stated, null where the act has none */
async function readBody(
  world: World,
  db: Kysely<Tables>,
  { fund, body, today }: { readonly fund: FundRow; readonly body: Body; readonly today: Day },
): Promise<Decision<Rate | null, BodyCode>> {
  const fields = FIELDS[body.kind]
  if (ALL.some((field) => (body[field] !== undefined) !== fields.includes(field)))
    return refuse('fund.fields_unfit', { fields: [...fields] })
  if (body.amountFen !== undefined && BigInt(body.amountFen) === 0n) return refuse('fund.amount_zero')
  const later = [body.documentOn, body.paidOn ?? body.documentOn].find((day) => day > today)
  if (later !== undefined) return refuse('fund.document_later', { documentOn: later })
  if (body.adoptionId !== undefined && !(await paysFor(db, fund, body.adoptionId)))
    return refuse('fund.programme_foreign')
  if (body.year !== undefined) {
    const fault = await capFault(db, fund, body.year, today)
    if (fault !== null) return fault
  }
  if (isOfImprest(body.kind)) {
    const fault = await imprestFault(db, await world.programmes.inForce(db, body.adoptionId!), {
      kind: body.kind,
      providerId: body.providerId!,
      amountFen: BigInt(body.amountFen!),
      paidOn: body.paidOn!,
      returnBy: body.returnBy ?? null,
    })
    if (fault !== null) return fault
  }
  if (body.share === undefined) return accept(null)
  const read = parseRate(body.share)
  return read.ok && read.value.denominator <= LARGEST_TERM ? read : refuse('fund.share_unfit')
}

const LARGEST_TERM = 1_000_000n

async function paysFor(db: Kysely<Tables>, fund: FundRow, adoptionId: string): Promise<boolean> {
  const row = await db.selectFrom('adoption').select('fund').where('id', '=', adoptionId).executeTakeFirst()
  return row?.fund === fund.number
}

/** A limit holds for whole years: of this year only where none holds in it yet, else from the next on. */
async function capFault(
  db: Kysely<Tables>,
  fund: FundRow,
  year: number,
  today: Day,
): Promise<Extract<Decision<never, 'fund.cap_year_begun'>, { ok: false }> | null> {
  const thisYear = Number(today.slice(0, 4))
  const rows = await db
    .selectFrom('fund_act')
    .select('year')
    .where('fund', '=', fund.number)
    .where('kind', '=', 'shared_cap')
    .where('state', '=', 'approved')
    .execute()
  const begun = rows.some((row) => row.year! <= thisYear)
  const earliest = begun ? thisYear + 1 : thisYear
  return year < earliest || rows.some((row) => row.year === year)
    ? refuse('fund.cap_year_begun', { year, earliest })
    : null
}

export type ActRow = Selectable<Tables['fund_act']>

export function decideFundAct(world: World): Command<'decideFundAct'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, touch }) => {
      const row = await tx
        .selectFrom('fund_act')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return notFound('fund_act')
      touch({ kind: 'fund_act', id: row.id })
      if (!mayTouch(person, 'fund_act.decide', row)) return outOfScope('fund_act.decide', 'fund_act')
      if (row.proposed_by === person!.id) return refuse('fund.own_proposal')
      if (row.state !== 'proposed') return refuse('fund.wrong_state', { state: row.state })
      if (body.decision === 'refuse' && body.reason === '') return refuse('fund.reason_missing')
      const approved = body.decision === 'approve'
      // one decision a fund at a time: what is set aside and the caps of a year hang on one another
      await tx
        .selectFrom('fund')
        .select('number')
        .where('number', '=', row.fund)
        .forNoKeyUpdate()
        .executeTakeFirst()
      const fund = await fundNumbered(tx, row.fund)
      if (approved && row.kind === 'shared_cap') {
        const fault = await capFault(tx, fund, row.year!, today)
        if (fault !== null) return fault
      }
      const fault = approved ? await managementFault(tx, fund, row) : null
      if (fault !== null) return fault
      await tx
        .updateTable('fund_act')
        .set({
          state: approved ? 'approved' : 'refused',
          decided_by: person!.id,
          decided_at: timestamp(at),
          decision_reason: body.reason,
        })
        .where('id', '=', row.id)
        .execute()
      if (!approved) return accept({ subject: row.id })
      const plan = await planOfAct(world, tx, fund, row)
      if (!plan.ok) return plan
      return accept(plan.value === null ? { subject: row.id } : { subject: row.id, plan: plan.value })
    },
    view: (subject, { db }, { person }) => viewAct(world, db, subject, person),
  }
}

function isMove(kind: Kind): kind is FundMove {
  return (fundMoves as readonly string[]).includes(kind)
}

/** The postings of a move of money; null for what only sets a limit. */
async function planOfAct(
  world: World,
  db: Kysely<Tables>,
  fund: FundRow,
  row: ActRow,
): Promise<Decision<PostingPlan<'fund.short'> | null, 'imprest.above_limit'>> {
  const { id, kind, adoption_id: adoptionId, amount_fen: amount } = row
  if (isOfImprest(kind))
    return planOfImprest(db, await world.programmes.inForce(db, adoptionId!), { ...row, kind })
  if (!isMove(kind)) return accept(null)
  const books = isOfProgramme(kind) ? await world.programmes.inForce(db, adoptionId!) : sharedBooks(fund)
  const { fund: of, hash } = booksOf(books)
  const [debit] = endsOf(of, kind)
  const [balance] = await balancesOf(db, { fund: of, hash }, [debit])
  const left = balance!.creditsPosted - balance!.debitsPosted - balance!.debitsPending
  return accept(
    planOf<'fund.short'>(
      books,
      (each) => planFundMove(each, id, kind, amount!),
      () => refuse('fund.short', { leftYuan: formatFen(left > 0n ? left : 0n) }).refusal,
    ),
  )
}
