// What the bank answered to lines of a batch, taken whole or not at all: a paid line is posted as paid, once; a line that comes
// back is owed again with its reason, and its firm is told. What comes back after it was paid is an entry of its own. An
// imprest that the payment had filled stays filled: the next payment, of the same amount, fills it no second time.
import { accept, refuse, type Decision } from '@suanquan/core'
import { advance, disbursementTable } from '@suanquan/core/application'
import type { Day } from '@suanquan/core/calendar'
import { planBounce, planPayment, upTo, withRefill, type Books, type Plan } from '@suanquan/core/voucher'
import type { Selectable, Transaction } from 'kysely'
import { timestamp, type PostingPlan, type Tables } from '../../database/index.ts'
import type { CommandContext, Person } from '../../http/world.ts'
import { moveCase } from '../application/index.ts'
import { planOf } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { type ClaimRow, loadClaim, paymentTerms } from './load.ts'
import type { BatchRow } from './payment-batch.ts'
import { clawbackOf, openRectificationOf } from './taken-back.ts'

export interface NewAnswer {
  readonly claimId: string
  readonly outcome: 'paid' | 'returned'
  readonly onDay: Day
  readonly reference: string
  readonly reason: string | null
}

export interface Answering {
  readonly context: CommandContext
  readonly by: { readonly person: Person; readonly at: number; readonly today: Day }
  /** locked */
  readonly batch: BatchRow
  readonly inForce: InForce
  /** the file in which the answers came; null when they were typed */
  readonly fileId: string | null
}

export type TakeRefusal = 'disbursement.returned_taken_back' | 'disbursement.returned_in_correction'

type Line = Selectable<Tables['disbursement_line']>

/** What an answer asks of the books; null where a payment that never left comes back: it stays owed. */
type Posted = ((books: Books) => Plan) | null

/** @param answers each of a line of the batch whose state it changes */
export async function takeAnswers(
  answering: Answering,
  lines: readonly Line[],
  answers: readonly NewAnswer[],
): Promise<Decision<{ readonly plan?: PostingPlan<never> }, TakeRefusal>> {
  const { context, inForce } = answering
  const posted: Posted[] = []
  for (const line of lines) {
    const answer = answers.find(({ claimId }) => claimId === line.claim_id)
    if (answer === undefined) continue
    const claim = (await loadClaim(context.tx, line.claim_id, 'lock'))!
    const taken = await takeAnswer(answering, { line, claim, answer })
    if (!taken.ok) return taken
    posted.push(taken.value)
  }
  await moveBatch(answering, lines, answers)
  const plans = posted.filter((each) => each !== null)
  if (plans.length === 0) return accept({})
  // the bank answered once: all postings of an answer are one linked set
  const plan = planOf(inForce, (books): Plan => {
    const made = plans.map((each) => each(books))
    return { open: made.flatMap(({ open }) => open), sets: [made.flatMap(({ sets }) => sets.flat())] }
  })
  return accept({ plan })
}

interface OneAnswer {
  readonly line: Line
  readonly claim: ClaimRow
  readonly answer: NewAnswer
}

async function takeAnswer(
  answering: Answering,
  { line, claim, answer }: OneAnswer,
): Promise<Decision<Posted, TakeRefusal>> {
  const { context, by, batch, inForce } = answering
  const { tx, newId } = context
  const cameBack = line.state === 'paid'
  if (cameBack) {
    const free = await mayComeBack(tx, claim)
    if (!free.ok) return free
  }
  const moved = await moveCase(
    { tx, newId, at: by.at, today: by.today },
    { kind: 'claim', row: claim, workflow: inForce.way.claim, inForce },
    {
      event: answer.outcome === 'paid' ? 'pay' : 'return_payment',
      role: 'finance',
      actorId: by.person.id,
      reason: answer.reason,
      detail: { disbursementId: batch.id, bankReference: answer.reference },
    },
  )
  if (!moved.ok) throw new Error('the claim of an answered line can be paid or returned')
  const refillFen = upTo(claim.imprest_left_fen, line.amount_fen)
  const change =
    answer.outcome === 'paid'
      ? {
          batch_id: batch.id,
          settled_fen: claim.settled_fen + line.amount_fen,
          imprest_left_fen: claim.imprest_left_fen - refillFen,
        }
      : { batch_id: null, ...(cameBack ? { settled_fen: claim.settled_fen - line.amount_fen } : {}) }
  await tx
    .updateTable('claim')
    .set({ state: moved.value.to, ...change })
    .where('id', '=', claim.id)
    .execute()
  await storeAnswer(answering, line, answer)
  const terms = paymentTerms(claim)
  if (answer.outcome === 'paid')
    return accept((books: Books) =>
      withRefill(books, planPayment(books, terms, batch.id, line.amount_fen), terms, {
        amount: refillFen,
        document: batch.id,
      }),
    )
  return accept(cameBack ? (books: Books) => planBounce(books, terms, batch.id, line.amount_fen) : null)
}

/** What is demanded back, or being corrected, is not owed again beside it. */
async function mayComeBack(tx: Transaction<Tables>, claim: ClaimRow): Promise<Decision<null, TakeRefusal>> {
  const clawback = await clawbackOf(tx, claim.id)
  if (clawback !== undefined)
    return refuse('disbursement.returned_taken_back', { claimNumber: claim.number, number: clawback.number })
  const correction = await openRectificationOf(tx, claim.id)
  if (correction !== undefined)
    return refuse('disbursement.returned_in_correction', {
      claimNumber: claim.number,
      number: correction.number,
    })
  return accept(null)
}

async function storeAnswer(
  { context, by, batch, fileId }: Answering,
  line: Line,
  { outcome, onDay, reference, reason }: NewAnswer,
): Promise<void> {
  const { tx, newId } = context
  await tx
    .updateTable('disbursement_line')
    .set({ state: outcome, return_reason: reason })
    .where('disbursement_id', '=', batch.id)
    .where('claim_id', '=', line.claim_id)
    .execute()
  await tx
    .insertInto('bank_answer')
    .values({
      id: newId(),
      jurisdiction: line.jurisdiction,
      district: line.district,
      disbursement_id: batch.id,
      claim_id: line.claim_id,
      outcome,
      amount_fen: line.amount_fen,
      on_day: onDay,
      reference,
      reason,
      file_id: fileId,
      recorded_by: by.person.id,
      recorded_at: timestamp(by.at),
    })
    .execute()
}

/** The batch is done when every line is answered; it names the last payment and its reference. */
async function moveBatch(
  { context, batch }: Answering,
  lines: readonly Line[],
  answers: readonly NewAnswer[],
): Promise<void> {
  const answered = new Set(answers.map(({ claimId }) => claimId))
  const open = lines.some((line) => line.state === 'pending' && !answered.has(line.claim_id))
  const done = batch.state === 'paid' || open ? 'answer' : 'confirm'
  const to = advance(disbursementTable, batch.state, done, 'finance')
  if (!to.ok) throw new Error('an approved batch can be answered')
  const paid = answers
    .filter(({ outcome }) => outcome === 'paid')
    .sort((a, b) => (a.onDay < b.onDay ? -1 : 1))
  const last = paid.at(-1) ?? (batch.state === 'paid' ? undefined : answers[0])
  await context.tx
    .updateTable('disbursement')
    .set({
      state: to.value,
      ...(last === undefined ? {} : { paid_on: last.onDay, bank_reference: last.reference }),
    })
    .where('id', '=', batch.id)
    .execute()
}
