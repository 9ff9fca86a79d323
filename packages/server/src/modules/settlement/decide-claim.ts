// 兑付审核: approved up to what is payable today (matched again with everything that came in since), then redeemed: the
// held amount becomes payable, the caps on payments are drawn on, what was not approved becomes usable again.
import { accept, refuse } from '@suanquan/core'
import { dayOf } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { planRedemption, planReleaseHold } from '@suanquan/core/voucher'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { forbidden, mayTouch, mustStandAside, notFound } from '../../identity/scope.ts'
import { capLine, moveCase } from '../application/index.ts'
import { planOf, voucherTerms } from '../ledger/index.ts'
import { claimWorkflow, loadClaim, loadContract, loadVoucher } from './load.ts'
import { type ClaimInput, matchClaim, paymentCaps } from './match.ts'
import { storeDecision } from './submit-claim.ts'
import { viewClaim } from './view.ts'

export function decideClaim(world: World): Command<'decideClaim'> {
  return {
    kind: 'command',
    run: async (asked, { tx, newId, touch }) => {
      const { body, person, at, today } = asked
      const row = await loadClaim(tx, asked.params.id, 'lock')
      if (!row) return notFound('claim')
      touch({ kind: 'claim', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'claim.decide', { ...row, organisationIds: [row.organisation_id] })) {
        return forbidden('claim.decide')
      }
      if (await mustStandAside(tx, person, row.organisation_id, [row.id, row.application_id]))
        return refuse('application.conflict_of_interest')
      const voucher = (await loadVoucher(tx, row.voucher_id))!
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'claim', row, workflow: claimWorkflow, inForce },
        {
          event: body.decision,
          role: 'reviewer',
          actorId: person!.id,
          reason: body.reason,
          detail: body.decision === 'approve' ? { amountFen: body.amountFen } : {},
        },
      )
      if (!moved.ok) return refuse('claim.transition_not_allowed', moved.refusal.params)
      const terms = { id: row.id, number: row.number, voucher: voucherTerms(voucher) }
      const state = { state: moved.value.to, deadline_on: null, deadline_provisional: false }
      if (body.decision === 'refuse') {
        await tx.updateTable('claim').set(state).where('id', '=', row.id).execute()
        return accept({
          subject: row.id,
          plan: planOf(inForce, (books) => planReleaseHold(books, terms, row.payable_fen)),
        })
      }
      const input: ClaimInput = {
        body: row.body,
        voucher,
        contract: await loadContract(tx, row.contract_id),
        inForce,
        at,
        today,
        submittedOn: dayOf(row.submitted_at),
        except: { claimId: row.id, heldFen: row.payable_fen },
      }
      const match = await matchClaim(tx, input)
      if (!match.ok)
        throw new Error(`evidence that was matched once can be matched again: ${match.refusal.code}`)
      const amount = BigInt(body.amountFen)
      if (amount === 0n) return refuse('claim.amount_zero')
      const payable = leastOf(row.payable_fen, match.value.payableFen)
      if (amount > payable) return refuse('claim.above_payable', { payableYuan: formatFen(payable) })
      await tx
        .updateTable('claim')
        .set({ ...state, approved_fen: amount })
        .where('id', '=', row.id)
        .execute()
      await storeDecision(tx, newId(), { claimId: row.id, input, match: match.value, kind: 'claim_review' })
      const caps = paymentCaps(inForce, match.value.facts, today).map(capLine)
      const plan = planOf(inForce, (books) => planRedemption(books, terms, amount, caps))
      return accept({ subject: row.id, plan })
    },
    view: (subject, { db }, asked) => viewClaim(world, db, subject, asked),
  }
}

export function withdrawClaim(world: World): Command<'withdrawClaim'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const row = await loadClaim(tx, params.id, 'lock')
      if (!row) return notFound('claim')
      touch({ kind: 'claim', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'claim.withdraw', { ...row, organisationIds: [row.organisation_id] })) {
        return forbidden('claim.withdraw')
      }
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'claim', row, workflow: claimWorkflow, inForce },
        { event: 'withdraw', role: 'clerk', actorId: person!.id, reason: body.reason },
      )
      if (!moved.ok) return refuse('claim.transition_not_allowed', moved.refusal.params)
      const state = { state: moved.value.to, deadline_on: null, deadline_provisional: false }
      await tx.updateTable('claim').set(state).where('id', '=', row.id).execute()
      const voucher = (await loadVoucher(tx, row.voucher_id))!
      const terms = { id: row.id, number: row.number, voucher: voucherTerms(voucher) }
      return accept({
        subject: row.id,
        plan: planOf(inForce, (books) => planReleaseHold(books, terms, row.payable_fen)),
      })
    },
    view: (subject, { db }, asked) => viewClaim(world, db, subject, asked),
  }
}

function leastOf(left: bigint, right: bigint): bigint {
  return left < right ? left : right
}
