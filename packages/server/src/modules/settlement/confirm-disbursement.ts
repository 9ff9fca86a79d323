// 登记银行回单: the lines that the bank paid are posted as paid, each once; a returned line stays payable and its claim is
// ready for another batch.
import { accept, refuse } from '@suanquan/core'
import { advance, disbursementTable } from '@suanquan/core/application'
import { dayOf } from '@suanquan/core/calendar'
import {
  planPayment,
  upTo,
  withRefill,
  type Books,
  type PaymentTerms,
  type Plan,
} from '@suanquan/core/voucher'
import type { Selectable, Transaction } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { moveCase } from '../application/index.ts'
import { planOf } from '../ledger/index.ts'
import { type ClaimRow, loadClaim, paymentTerms } from './load.ts'
import { viewBatch } from './view-batch.ts'

export function confirmDisbursement(world: World): Command<'confirmDisbursement'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const row = await tx
        .selectFrom('disbursement')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return notFound('disbursement')
      touch({ kind: 'disbursement', id: row.id })
      if (!mayTouch(person, 'disbursement.confirm', row))
        return outOfScope('disbursement.confirm', 'disbursement')
      const to = advance(disbursementTable, row.state, 'confirm', 'finance')
      if (!to.ok) return refuse('disbursement.wrong_state', { number: row.number, state: row.state })
      if (body.paidOn > today) return refuse('disbursement.paid_on_future', { paidOn: body.paidOn })
      const approvedOn = dayOf(new Date(row.approved_at!).getTime())
      if (body.paidOn < approvedOn) {
        return refuse('disbursement.paid_before_approval', { paidOn: body.paidOn, approvedOn })
      }
      const lines = await tx
        .selectFrom('disbursement_line')
        .selectAll()
        .where('disbursement_id', '=', row.id)
        .orderBy('claim_id')
        .execute()
      const returned = new Map(body.returned.map(({ claimId, reason }) => [claimId, reason]))
      const unknown = [...returned.keys()].find((id) => !lines.some((line) => line.claim_id === id))
      if (unknown !== undefined) return refuse('disbursement.line_unknown', { claimId: unknown })
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const paid: Paid[] = []
      for (const line of lines) {
        const reason = returned.get(line.claim_id) ?? null
        const claim = (await loadClaim(tx, line.claim_id, 'lock'))!
        const moved = await moveCase(
          { tx, newId, at, today },
          { kind: 'claim', row: claim, workflow: inForce.way.claim, inForce },
          {
            event: reason === null ? 'pay' : 'return_payment',
            role: 'finance',
            actorId: person!.id,
            reason,
            detail: { disbursementId: row.id, bankReference: body.bankReference },
          },
        )
        if (!moved.ok) throw new Error('a claim of an approved batch is batched')
        await storeAnswer(tx, line, { claim, reason, state: moved.value.to })
        if (reason !== null) continue
        const refillFen = upTo(claim.imprest_left_fen, line.amount_fen)
        paid.push({ terms: paymentTerms(claim), amountFen: line.amount_fen, refillFen })
      }
      await tx
        .updateTable('disbursement')
        .set({ state: to.value, paid_on: body.paidOn, bank_reference: body.bankReference })
        .where('id', '=', row.id)
        .execute()
      if (paid.length === 0) return accept({ subject: row.id })
      return accept({ subject: row.id, plan: planOf(inForce, (books) => joined(books, row.id, paid)) })
    },
    view: (subject, { db }, { person }) => viewBatch(db, subject, person),
  }
}

interface Paid {
  readonly terms: PaymentTerms
  readonly amountFen: bigint
  /** what the payment fills an imprest with again */
  readonly refillFen: bigint
}

/** All payments of a batch are one linked set: the bank answered once. */
function joined(books: Books, batchId: string, paid: readonly Paid[]): Plan {
  const plans = paid.map(({ terms, amountFen, refillFen }) =>
    withRefill(books, planPayment(books, terms, batchId, amountFen), terms, {
      amount: refillFen,
      document: batchId,
    }),
  )
  return { open: plans.flatMap(({ open }) => open), sets: [plans.flatMap(({ sets }) => sets.flat())] }
}

interface BankAnswer {
  readonly claim: ClaimRow
  /** why the bank sent the line back; null when it paid */
  readonly reason: string | null
  /** of the claim */
  readonly state: string
}

async function storeAnswer(
  tx: Transaction<Tables>,
  line: Selectable<Tables['disbursement_line']>,
  { claim, reason, state }: BankAnswer,
): Promise<void> {
  const { disbursement_id: disbursementId, amount_fen: amountFen } = line
  const paid = {
    batch_id: disbursementId,
    settled_fen: claim.settled_fen + amountFen,
    imprest_left_fen: claim.imprest_left_fen - upTo(claim.imprest_left_fen, amountFen),
  }
  await tx
    .updateTable('claim')
    .set({ state, ...(reason === null ? paid : { batch_id: null }) })
    .where('id', '=', claim.id)
    .execute()
  await tx
    .updateTable('disbursement_line')
    .set({ state: reason === null ? 'paid' : 'returned', return_reason: reason })
    .where('disbursement_id', '=', disbursementId)
    .where('claim_id', '=', claim.id)
    .execute()
}
