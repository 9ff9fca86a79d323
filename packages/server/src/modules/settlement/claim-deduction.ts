// What was deducted is claimed with the invoice and the firm's payment of the rest: all legs are matched now, what the
// voucher paid counts as payment. Until it is paid a deduction can be reversed as it was recorded.
import { accept, canonicalText, refuse } from '@suanquan/core'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { lockOrganisation, moveCase } from '../application/index.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { planOf } from '../ledger/index.ts'
import { lockPurchase, papersUsed } from '../metering/index.ts'
import { lockPapers, registerTyped, type Registrant } from '../trade-paper/index.ts'
import { postingsOf } from './decide-claim.ts'
import { inputOf } from './input.ts'
import { type ClaimRow, drawnClaim, loadClaim } from './load.ts'
import { matchClaim } from './match.ts'
import { numbersOf, papersAgree } from './papers-agree.ts'
import { attachmentsOf, storeDecision } from './submit-claim.ts'
import { viewClaim } from './view.ts'

export function claimDeduction(world: World): Command<'claimDeduction'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const row = await loadClaim(tx, params.id, 'lock')
      if (!row) return notFound('claim')
      touch({ kind: 'claim', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'deduction.make', { ...row, organisationIds: [row.payee_id] })) {
        return outOfScope('deduction.make', 'claim')
      }
      await lockOrganisation(tx, row.organisation_id)
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'claim', row, workflow: inForce.way.claim, inForce },
        { event: 'submit', role: 'provider', actorId: person!.id },
      )
      if (!moved.ok) return refuse('claim.transition_not_allowed', moved.refusal.params)
      if (body.invoices.length === 0 || body.payments.length === 0) return refuse('deduction.proofs_missing')
      const filed = { ...row.body, ...body }
      const unknown = await unknownAttachment(tx, attachmentsOf(filed), row.payee_id)
      if (unknown !== undefined) return refuse('attachment.unknown', { attachmentId: unknown })
      await lockPapers(tx, numbersOf(filed))
      await lockPurchase(tx, row.contract_id!)
      const agreed = await papersAgree(
        tx,
        { organisationId: row.payee_id, contractId: row.contract_id! },
        filed,
      )
      if (!agreed.ok) return agreed
      const claimed = { ...row, body: filed, claimed_at: at }
      const input = await inputOf(tx, claimed, inForce, { at, today })
      const match = await matchClaim(tx, input)
      if (!match.ok) return match
      const { settlement, evidence, payableFen } = match.value
      if (payableFen === 0n) {
        return refuse('claim.nothing_payable', { reasons: settlement.shortfalls.map(({ code }) => code) })
      }
      await registerTyped(tx, { owner: payeeOf(row), by: person!.id, at, newId }, filed)
      const papers = papersUsed(evidence, settlement.baseFen)
      const place = { jurisdiction: row.jurisdiction, district: row.district, claim_id: row.id }
      await tx
        .insertInto('claim_evidence')
        .values(papers.map((paper) => ({ ...place, ...paper })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await tx
        .updateTable('claim')
        .set({
          state: moved.value.to,
          body: JSON.stringify(filed),
          matched: canonicalText(settlement),
          base_fen: settlement.baseFen,
          payable_fen: payableFen < row.deducted_fen! ? payableFen : row.deducted_fen!,
          claimed_at: timestamp(at),
          deadline_on: moved.value.deadlineOn,
          deadline_provisional: moved.value.deadlineProvisional,
        })
        .where('id', '=', row.id)
        .execute()
      await storeDecision(tx, newId(), { claimId: row.id, input, match: match.value, kind: 'claim' })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewClaim(world, db, subject, asked),
  }
}

/** The provider, whose papers these are. */
function payeeOf({ payee_id: id, payee_credit_code: code, jurisdiction, district }: ClaimRow): Registrant {
  return { id, credit_code: code, jurisdiction, district }
}

export function reverseDeduction(world: World): Command<'reverseDeduction'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const row = await loadClaim(tx, params.id, 'lock')
      if (!row) return notFound('claim')
      touch({ kind: 'claim', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'deduction.make', { ...row, organisationIds: [row.payee_id] })) {
        return outOfScope('deduction.make', 'claim')
      }
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'claim', row, workflow: inForce.way.claim, inForce },
        { event: 'reverse', role: 'provider', actorId: person!.id, reason: body.reason },
      )
      if (!moved.ok) return refuse('claim.transition_not_allowed', moved.refusal.params)
      const state = {
        state: moved.value.to,
        deadline_on: null,
        deadline_provisional: false,
        imprest_left_fen: 0n,
      }
      await tx.updateTable('claim').set(state).where('id', '=', row.id).execute()
      const drawn = await drawnClaim(tx, inForce, row)
      const plan = planOf(inForce, (books) => postingsOf(inForce).undo(books, drawn, 'provider'))
      return accept({ subject: row.id, plan })
    },
    view: (subject, { db }, asked) => viewClaim(world, db, subject, asked),
  }
}
