import { accept, refuse, type Decision } from '@suanquan/core'
import { advance, disbursementTable } from '@suanquan/core/application'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { moveCase } from '../application/index.ts'
import { disputedSince } from '../metering/index.ts'
import { mayBeDisbursed } from '../trade-paper/index.ts'
import { loadClaim } from './load.ts'
import { approvalOfBatch } from './payment-batch.ts'
import { viewBatch } from './view-batch.ts'

/** 复核: the second pair of eyes, never the first one's, and of the very file that was prepared. */
export function approveDisbursement(world: World): Command<'approveDisbursement'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await tx
        .selectFrom('disbursement')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return notFound('disbursement')
      touch({ kind: 'disbursement', id: row.id })
      if (!mayTouch(person, 'disbursement.approve', row))
        return outOfScope('disbursement.approve', 'disbursement')
      if (row.prepared_by === person!.id) return refuse('disbursement.own_batch')
      const to = advance(disbursementTable, row.state, 'approve', 'finance')
      if (!to.ok) return refuse('disbursement.wrong_state', { number: row.number, state: row.state })
      if (row.file_sha256 !== body.fileSha256) return refuse('disbursement.file_changed')
      const payable = await stillPayable(tx, row.id)
      if (!payable.ok) return payable
      const bytes = approvalOfBatch({ ...row, approved_by: person!.id, approved_at: at })
      const signer = bytes === null ? null : await world.signer(at)
      await tx
        .updateTable('disbursement')
        .set({
          state: to.value,
          approved_by: person!.id,
          approved_at: timestamp(at),
          signing_key: signer?.publicKey.id ?? null,
          signature: bytes === null ? null : signer!.sign(bytes),
        })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewBatch(db, subject, person),
  }
}

type StoppedCode = 'disbursement.disputed' | 'disbursement.invoice_unverified' | 'disbursement.invoice_void'

/** What became disputed, or whose invoice became void, after the batch was prepared, stops its approval. */
async function stillPayable(tx: Transaction<Tables>, batchId: string): Promise<Decision<null, StoppedCode>> {
  const lines = await tx
    .selectFrom('disbursement_line')
    .select('claim_id')
    .where('disbursement_id', '=', batchId)
    .orderBy('claim_id')
    .execute()
  for (const { claim_id: claimId } of lines) {
    const claim = (await loadClaim(tx, claimId, 'lock'))!
    const dispute = await disputedSince(tx, claimId)
    if (dispute !== undefined) return refuse('disbursement.disputed', { number: claim.number, dispute })
    const proven = await mayBeDisbursed(tx, claim)
    if (!proven.ok) return proven
  }
  return accept(null)
}

/** A batch that is not paid can be cancelled; its claims are ready for another one. */
export function cancelDisbursement(world: World): Command<'cancelDisbursement'> {
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
      if (!mayTouch(person, 'disbursement.prepare', row))
        return outOfScope('disbursement.prepare', 'disbursement')
      const to = advance(disbursementTable, row.state, 'cancel', 'finance')
      if (!to.ok) return refuse('disbursement.wrong_state', { number: row.number, state: row.state })
      await tx.updateTable('disbursement').set({ state: to.value }).where('id', '=', row.id).execute()
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const lines = await tx
        .selectFrom('disbursement_line')
        .select('claim_id')
        .where('disbursement_id', '=', row.id)
        .orderBy('claim_id')
        .execute()
      for (const { claim_id: claimId } of lines) {
        const claim = (await loadClaim(tx, claimId, 'lock'))!
        const moved = await moveCase(
          { tx, newId, at, today },
          { kind: 'claim', row: claim, workflow: inForce.way.claim, inForce },
          {
            event: 'unbatch',
            role: 'finance',
            actorId: person!.id,
            reason: body.reason,
            detail: { disbursementId: row.id },
          },
        )
        if (!moved.ok) throw new Error('a claim of an unpaid batch is batched')
        await tx
          .updateTable('claim')
          .set({ state: moved.value.to, batch_id: null })
          .where('id', '=', claim.id)
          .execute()
      }
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewBatch(db, subject, person),
  }
}
