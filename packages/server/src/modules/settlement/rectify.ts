// 更正: a reviewer proposes the right amount of a claim with reason and evidence, another decides. What was recorded is
// reversed, caps included, and what is right is recorded in one linked set. What was overpaid is demanded at once and the
// books are put right when it is back; what was paid too little is payable again.
import { accept, refuse, type Decision } from '@suanquan/core'
import { rectificationTable } from '@suanquan/core/application'
import { formatFen } from '@suanquan/core/money'
import {
  planClawback,
  planRectification,
  upTo,
  withDrawnBack,
  type CapLine,
  type Rectified,
} from '@suanquan/core/voucher'
import type { Selectable } from 'kysely'
import { timestamp, type PostingPlan, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext, Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { hadPart, mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { approvalOf, loadApplication, moveCase, nextNumber } from '../application/index.ts'
import { booksOf, planOf, sourcesOfVoucher, spentOfVoucher, voucherTerms } from '../ledger/index.ts'
import { tell } from '../message/index.ts'
import type { InForce } from '../policy/index.ts'
import { type ClaimRow, drawnCaps, isOver, loadVoucher, lockClaim, paymentTerms } from './load.ts'
import { clawbackOf, openRectificationOf } from './taken-back.ts'
import { listRectifications, viewRectification } from './view-rectification.ts'

type Row = Selectable<Tables['rectification']>
type Names = 'listRectifications' | 'proposeRectification' | 'decideRectification' | 'recordReturn'

export function rectificationHandlers(world: World): Handlers<Names> {
  return {
    listRectifications: listRectifications(),
    proposeRectification: proposeRectification(world),
    decideRectification: decideRectification(world),
    recordReturn: recordReturn(world),
  }
}

function proposeRectification(world: World): Command<'proposeRectification'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const claim = await lockClaim(tx, params.id)
      if (claim === undefined) return notFound('claim')
      touch({ kind: 'claim', id: claim.id, organisationId: claim.organisation_id })
      if (!mayTouch(person, 'claim.rectify', { ...claim, organisationIds: [claim.organisation_id] }))
        return outOfScope('claim.rectify', 'claim')
      if (await mustStandAside(tx, person, claim.organisation_id, [claim.id, claim.application_id]))
        return refuse('application.conflict_of_interest')
      if (!RECORDED.includes(claim.state)) return refuse('rectification.not_recorded', { state: claim.state })
      const other = await openRectificationOf(tx, claim.id)
      if (other !== undefined) return refuse('rectification.open_already', { number: other.number })
      const clawback = await clawbackOf(tx, claim.id)
      if (clawback !== undefined) return refuse('rectification.clawed_back', { number: clawback.number })
      const right = BigInt(body.rightFen)
      if (right === claim.approved_fen) return refuse('rectification.same_amount')
      if (right > claim.payable_fen)
        return refuse('claim.above_payable', { payableYuan: formatFen(claim.payable_fen) })
      const inForce = await world.programmes.inForce(tx, claim.adoption_id)
      const id = newId()
      const place = { jurisdiction: claim.jurisdiction, district: claim.district }
      const moved = await moveCase(
        { tx, newId, at, today },
        {
          kind: 'rectification',
          row: { ...place, id, state: rectificationTable.initial },
          workflow: rectificationTable,
          inForce,
        },
        { event: 'propose', role: 'reviewer', ...actedBy(person!, claim, 'reviewer'), reason: body.reason },
      )
      if (!moved.ok) throw new Error('a new correction can be proposed')
      await tx
        .insertInto('rectification')
        .values({
          ...place,
          id,
          number: await nextNumber(tx, 'GZ', inForce, today),
          adoption_id: claim.adoption_id,
          claim_id: claim.id,
          organisation_id: claim.organisation_id,
          state: moved.value.to,
          recorded_fen: claim.approved_fen!,
          settled_fen: claim.settled_fen,
          right_fen: right,
          reason: body.reason,
          evidence: body.evidence,
          proposed_by: person!.id,
          proposed_at: timestamp(at),
        })
        .execute()
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewRectification(db, subject, person),
  }
}

/** Whose amount stands in the books and in no batch. */
const RECORDED: readonly string[] = ['approved', 'paid']

interface Case {
  readonly asked: Pick<Asked<'decideRectification'>, 'person' | 'at' | 'today'>
  readonly context: CommandContext
  readonly row: Row
  readonly claim: ClaimRow
  readonly inForce: InForce
}

async function lockCase(
  world: World,
  { params, person, at, today }: Pick<Asked<'decideRectification'>, 'params' | 'person' | 'at' | 'today'>,
  context: CommandContext,
): Promise<Case | undefined> {
  const { tx } = context
  const found = await tx
    .selectFrom('rectification')
    .select('claim_id')
    .where('id', '=', params.id)
    .executeTakeFirst()
  if (found === undefined) return undefined
  const claim = (await lockClaim(tx, found.claim_id))!
  const row = await tx
    .selectFrom('rectification')
    .selectAll()
    .where('id', '=', params.id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const inForce = await world.programmes.inForce(tx, row.adoption_id)
  context.touch({ kind: 'rectification', id: row.id, organisationId: row.organisation_id })
  return { asked: { person, at, today }, context, row, claim, inForce }
}

function decideRectification(world: World): Command<'decideRectification'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const each = await lockCase(world, asked, context)
      if (each === undefined) return notFound('rectification')
      const { row, claim } = each
      const { person, body } = asked
      if (!mayTouch(person, 'claim.rectify', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('claim.rectify', 'rectification')
      if (await mustStandAside(context.tx, person, row.organisation_id, [claim.id, claim.application_id]))
        return refuse('application.conflict_of_interest')
      if (row.state !== 'proposed') return refuse('rectification.wrong_state', { state: row.state })
      if (!body.approve) {
        await moveRow(each, 'reject', 'reviewer', body.reason)
        return accept({ subject: row.id })
      }
      if (await hadPart(context.tx, person!, row.id)) return refuse('rectification.own_proposal')
      const moved =
        claim.approved_fen !== row.recorded_fen ||
        claim.settled_fen !== row.settled_fen ||
        !RECORDED.includes(claim.state)
      if (moved || (await clawbackOf(context.tx, claim.id)) !== undefined)
        return refuse('rectification.moved')
      if (row.settled_fen > row.right_fen) {
        await moveRow(each, 'demand', 'reviewer', body.reason)
        tellOfDemand(each, body.reason)
        return accept({ subject: row.id, plan: demandPlan(each) })
      }
      const source = await sourceOf(each)
      if (!source.ok) return source
      await moveRow(each, 'rectify', 'reviewer', body.reason)
      await correctClaim(each, 'reviewer', body.reason)
      return accept({ subject: row.id, plan: correctionPlan(each, source.value) })
    },
    view: (subject, { db }, { person }) => viewRectification(db, subject, person),
  }
}

function recordReturn(world: World): Command<'recordReturn'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const each = await lockCase(world, asked, context)
      if (each === undefined) return notFound('rectification')
      const { row } = each
      const { person, body, today } = asked
      if (!mayTouch(person, 'clawback.collect', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('clawback.collect', 'rectification')
      if (row.state !== 'returning') return refuse('rectification.wrong_state', { state: row.state })
      if (body.receivedOn > today) return refuse('clawback.day_future', { day: body.receivedOn })
      const source = await sourceOf(each)
      if (!source.ok) throw new Error('what was paid too much can be put right at any time')
      await moveRow(each, 'settle', 'finance', row.decision_reason ?? '')
      await context.tx
        .updateTable('rectification')
        .set({ returned_reference: body.reference, returned_on: body.receivedOn })
        .where('id', '=', row.id)
        .execute()
      await correctClaim(each, 'finance', row.decision_reason ?? '')
      return accept({ subject: row.id, plan: correctionPlan(each, source.value) })
    },
    view: (subject, { db }, { person }) => viewRectification(db, subject, person),
  }
}

/** Who was overpaid is told what to send back, and finance what to await. */
function tellOfDemand({ context, row, claim }: Case, reason: string): void {
  const shared = { about: 'claim' as const, aboutId: claim.id }
  const { jurisdiction, district } = row
  const params = { number: row.number, amountFen: (row.settled_fen - row.right_fen).toString(), reason }
  const place = { jurisdiction, district, firmId: claim.payee_id }
  const cause = `rectification ${row.id}`
  tell(context.tx, { kind: 'clawback_decided', cause, ...shared, params, place })
  tell(context.tx, { kind: 'clawback_to_collect', cause, ...shared, params, place })
}

async function moveRow(
  { asked, context, row, inForce }: Case,
  event: string,
  role: 'reviewer' | 'finance',
  reason: string,
): Promise<void> {
  const { tx, newId } = context
  const { person, at, today } = asked
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'rectification', row, workflow: rectificationTable, inForce },
    { event, role, ...actedBy(person!, row, role), reason },
  )
  if (!moved.ok) throw new Error('the state of a correction was looked at before')
  const decided =
    role === 'finance' ? {} : { decided_by: person!.id, decided_at: timestamp(at), decision_reason: reason }
  // who gives up an own proposal has not decided on it
  const own = row.proposed_by === person!.id ? { decision_reason: reason } : decided
  await tx
    .updateTable('rectification')
    .set({ state: moved.value.to, ...own })
    .where('id', '=', row.id)
    .execute()
}

/** The claim after the correction: its amount, and its state by what is left to pay. */
async function correctClaim(each: Case, role: 'reviewer' | 'finance', reason: string): Promise<void> {
  const { asked, context, row, claim, inForce } = each
  const { tx, newId } = context
  const right = row.right_fen
  const settled = row.settled_fen < right ? row.settled_fen : right
  const moved = await moveCase(
    { tx, newId, at: asked.at, today: asked.today },
    { kind: 'claim', row: claim, workflow: inForce.way.claim, inForce },
    {
      event: eventOf(claim.state, right, settled, role),
      role,
      ...actedBy(asked.person!, row, role),
      reason,
      detail: { rectificationId: row.id, amountFen: right.toString() },
    },
  )
  if (!moved.ok) throw new Error('a recorded claim can be corrected')
  await tx
    .updateTable('claim')
    .set({
      state: moved.value.to,
      approved_fen: right === 0n ? null : right,
      settled_fen: settled,
      imprest_left_fen: upTo(claim.imprest_left_fen, right - settled),
    })
    .where('id', '=', claim.id)
    .execute()
}

function eventOf(state: string, right: bigint, settled: bigint, role: 'reviewer' | 'finance'): string {
  if (right === 0n) return 'correct_to_nothing'
  if (role === 'finance') return 'correct_down'
  if (state === 'paid') return right > settled ? 'correct_up' : 'correct'
  return right === settled ? 'correct_settled' : 'correct'
}

type Origin = Pick<Rectified, 'source' | 'caps'>
type SourceCode = 'rectification.voucher_over'

/** Where the amount comes from now, and the caps that it drew on. */
async function sourceOf({
  asked,
  context,
  row,
  claim,
  inForce,
}: Case): Promise<Decision<Origin, SourceCode>> {
  const { tx } = context
  const books = booksOf(inForce)
  const application = (await loadApplication(tx, claim.application_id))!
  const grant = { application_id: application.id, amount_fen: application.approved_fen! }
  const sources = await sourcesOfVoucher(tx, books, grant)
  if (claim.voucher_id === null) {
    const caps = approvalOf(application)?.caps ?? []
    return accept({ source: { sources, spentFen: row.recorded_fen }, caps })
  }
  const voucher = (await loadVoucher(tx, claim.voucher_id))!
  const caps: readonly CapLine[] = drawnCaps(claim)
  if (!isOver(voucher) && asked.today <= voucher.usable_until)
    return accept({ source: voucherTerms(voucher), caps })
  if (row.right_fen > row.recorded_fen) return refuse('rectification.voucher_over')
  return accept({ source: { sources, spentFen: await spentOfVoucher(tx, books, voucher) }, caps })
}

const debtTerms = ({ row, claim }: Case): { number: string; payee: string; district: string } => ({
  number: row.number,
  payee: claim.payee_credit_code,
  district: claim.district,
})

/** What was paid too much is owed until it is back. */
function demandPlan(each: Case): PostingPlan<never> {
  const { row, inForce } = each
  const owedFen = row.settled_fen - row.right_fen
  const terms = { id: row.id, debt: debtTerms(each), voucher: null, revokedFen: 0n, owedFen, sources: [] }
  return planOf(inForce, (books) => planClawback(books, terms)!)
}

function correctionPlan(each: Case, source: Origin): PostingPlan<'rectification.exceeds'> {
  const { row, claim, inForce } = each
  const { recorded_fen: recordedFen, right_fen: rightFen, settled_fen: settledFen } = row
  const over = settledFen - rightFen
  const keptFen = rightFen < settledFen ? rightFen : settledFen
  const terms = paymentTerms(claim)
  const demanded = over > 0n ? { debt: debtTerms(each), amountFen: over } : null
  const rectified = { id: row.id, recordedFen, rightFen, settledFen, demanded, ...source }
  return planOf<'rectification.exceeds'>(
    inForce,
    (books) =>
      withDrawnBack(books, planRectification(books, terms, rectified), terms, {
        amount: claim.imprest_left_fen - upTo(claim.imprest_left_fen, rightFen - keptFen),
        document: row.id,
        by: 'office',
      }),
    () => ({ code: 'rectification.exceeds', params: {} }),
  )
}
