// 登记银行回单 by hand: all that is not answered yet was paid, but for the lines that are named with the reason why they came
// back. 登记退回: a line that had been paid came back later.
import { accept, refuse, type Decision } from '@suanquan/core'
import { advance, disbursementTable } from '@suanquan/core/application'
import { dayOf, type Day } from '@suanquan/core/calendar'
import type { Selectable, Transaction } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import type { BatchRow } from './payment-batch.ts'
import { takeAnswers, type NewAnswer } from './take-answers.ts'
import { viewBatch } from './view-batch.ts'

type Act = 'confirmDisbursement' | 'returnPayment' | 'recordBankAnswer'
type Line = Selectable<Tables['disbursement_line']>

export interface LockedBatch {
  readonly batch: BatchRow
  readonly lines: readonly Line[]
  readonly approvedOn: Day
}

/**
 * A batch that the bank may answer to, locked with its lines.
 * @param event `confirm` ends it, `answer` may also come after its end
 */
export async function lockAnswered(
  { params, person }: Pick<Asked<Act>, 'params' | 'person'>,
  { tx, touch }: Pick<CommandContext, 'tx' | 'touch'>,
  event: 'answer' | 'confirm',
): Promise<Decision<LockedBatch, 'request.not_found' | 'request.forbidden' | 'disbursement.wrong_state'>> {
  const batch = await tx
    .selectFrom('disbursement')
    .selectAll()
    .where('id', '=', params.id)
    .forUpdate()
    .executeTakeFirst()
  if (!batch) return notFound('disbursement')
  touch({ kind: 'disbursement', id: batch.id })
  if (!mayTouch(person, 'disbursement.confirm', batch))
    return outOfScope('disbursement.confirm', 'disbursement')
  if (!advance(disbursementTable, batch.state, event, 'finance').ok)
    return refuse('disbursement.wrong_state', { number: batch.number, state: batch.state })
  return accept({ batch, lines: await linesOf(tx, batch.id), approvedOn: approvalDay(batch) })
}

/** In the order in which their claims are locked. */
export async function linesOf(tx: Transaction<Tables>, batchId: string): Promise<Line[]> {
  return tx
    .selectFrom('disbursement_line')
    .selectAll()
    .where('disbursement_id', '=', batchId)
    .orderBy('claim_id')
    .execute()
}

export function approvalDay(batch: BatchRow): Day {
  return dayOf(batch.approved_at!)
}

function checkedDay(
  paidOn: Day,
  today: Day,
  approvedOn: Day,
): Decision<null, 'disbursement.paid_on_future' | 'disbursement.paid_before_approval'> {
  if (paidOn > today) return refuse('disbursement.paid_on_future', { paidOn })
  if (paidOn < approvedOn) return refuse('disbursement.paid_before_approval', { paidOn, approvedOn })
  return accept(null)
}

export function confirmDisbursement(world: World): Command<'confirmDisbursement'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { body, person, at, today } = asked
      const locked = await lockAnswered(asked, context, 'confirm')
      if (!locked.ok) return locked
      const { batch, lines, approvedOn } = locked.value
      const day = checkedDay(body.paidOn, today, approvedOn)
      if (!day.ok) return day
      const open = lines.filter(({ state }) => state === 'pending')
      const returned = new Map(body.returned.map(({ claimId, reason }) => [claimId, reason]))
      const unknown = [...returned.keys()].find((id) => !open.some((line) => line.claim_id === id))
      if (unknown !== undefined) return refuse('disbursement.line_unknown', { claimId: unknown })
      const answers = open.map(({ claim_id: claimId }): NewAnswer => {
        const reason = returned.get(claimId) ?? null
        const outcome = reason === null ? 'paid' : 'returned'
        return { claimId, outcome, onDay: body.paidOn, reference: body.bankReference, reason }
      })
      const inForce = await world.programmes.inForce(context.tx, batch.adoption_id)
      const by = { person: person!, at, today }
      const taken = await takeAnswers({ context, by, batch, inForce, fileId: null }, lines, answers)
      return taken.ok ? accept({ subject: batch.id, ...taken.value }) : taken
    },
    view: (subject, { db }, { person }) => viewBatch(db, subject, person),
  }
}

export function returnPayment(world: World): Command<'returnPayment'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { body, person, at, today } = asked
      const locked = await lockAnswered(asked, context, 'answer')
      if (!locked.ok) return locked
      const { batch, lines, approvedOn } = locked.value
      const line = lines.find((each) => each.claim_id === body.claimId)
      if (line === undefined) return refuse('disbursement.line_unknown', { claimId: body.claimId })
      if (line.state !== 'paid') {
        const { number } = await context.tx
          .selectFrom('claim')
          .select('number')
          .where('id', '=', line.claim_id)
          .executeTakeFirstOrThrow()
        return refuse('disbursement.not_paid', { claimNumber: number })
      }
      const day = checkedDay(body.returnedOn, today, approvedOn)
      if (!day.ok) return day
      const inForce = await world.programmes.inForce(context.tx, batch.adoption_id)
      const by = { person: person!, at, today }
      const answer: NewAnswer = {
        claimId: body.claimId,
        outcome: 'returned',
        onDay: body.returnedOn,
        reference: body.bankReference,
        reason: body.reason,
      }
      const taken = await takeAnswers({ context, by, batch, inForce, fileId: null }, lines, [answer])
      return taken.ok ? accept({ subject: batch.id, ...taken.value }) : taken
    },
    view: (subject, { db }, { person }) => viewBatch(db, subject, person),
  }
}
