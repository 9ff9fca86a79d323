// 兑付审核: approved up to what is payable today (matched again with everything that came in since), then redeemed: the
// held amount becomes payable, the caps on payments are drawn on, what was not approved becomes usable again.
import { accept, assert, refuse } from '@suanquan/core'
import { formatFen } from '@suanquan/core/money'
import { claimPostings, type Books, type ClaimPostings, type Plan } from '@suanquan/core/voucher'
import type { Day } from '@suanquan/core/calendar'
import type { Transaction } from 'kysely'
import type { PostingPlan, Tables } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { awaitedReport, capLine, moveCase } from '../application/index.ts'
import { booksOf, planOf } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { drawnClaim, loadClaim, storedCaps, type ClaimRow } from './load.ts'
import { inputOf } from './input.ts'
import { matchClaim, paymentCaps } from './match.ts'
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
        return outOfScope('claim.decide', 'claim')
      }
      if (await mustStandAside(tx, person, row.organisation_id, [row.id, row.application_id]))
        return refuse('application.conflict_of_interest')
      const dueOn = await awaitedReport(tx, row.id, today)
      if (dueOn !== null) return refuse('application.inspection_open', { dueOn })
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      if (body.decision === 'approve' && (await holdIsOver(tx, row, today)))
        return refuse('claim.hold_over', { number: row.number, day: row.hold_ends_on! })
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'claim', row, workflow: inForce.way.claim, inForce },
        {
          event: body.decision,
          role: 'reviewer',
          ...actedBy(person!, row, 'reviewer'),
          reason: body.reason,
          detail: body.decision === 'approve' ? { amountFen: body.amountFen } : {},
        },
      )
      if (!moved.ok) return refuse('claim.transition_not_allowed', moved.refusal.params)
      const drawn = await drawnClaim(tx, inForce, row)
      const state = { state: moved.value.to, deadline_on: null, deadline_provisional: false }
      const postings = postingsOf(inForce)
      if (body.decision === 'refuse') {
        const refused = { ...state, imprest_left_fen: 0n }
        await tx.updateTable('claim').set(refused).where('id', '=', row.id).execute()
        return accept({ subject: row.id, plan: planOf(inForce, (books) => postings.undo(books, drawn)) })
      }
      const input = await inputOf(tx, row, inForce, { at, today })
      const match = await matchClaim(tx, input)
      if (!match.ok)
        throw new Error(`evidence that was matched once can be matched again: ${match.refusal.code}`)
      const amount = BigInt(body.amountFen)
      if (amount === 0n) return refuse('claim.amount_zero')
      const payable = leastOf(row.payable_fen, match.value.payableFen)
      if (amount > payable) return refuse('claim.above_payable', { payableYuan: formatFen(payable) })
      const caps = paymentCaps(inForce, match.value.facts, input.today).map(capLine)
      // what a deduction drew stays as it was drawn
      const drawnCaps = row.drawn_caps === null ? { drawn_caps: storedCaps(caps) } : {}
      await tx
        .updateTable('claim')
        .set({
          ...state,
          ...drawnCaps,
          approved_fen: amount,
          imprest_left_fen: leastOf(row.imprest_left_fen, amount),
        })
        .where('id', '=', row.id)
        .execute()
      await storeDecision(tx, newId(), { claimId: row.id, input, match: match.value, kind: 'claim_review' })
      return accept({
        subject: row.id,
        ...planned(inForce, (books) => postings.approve(books, drawn, amount, caps)),
      })
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
        return outOfScope('claim.withdraw', 'claim')
      }
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'claim', row, workflow: inForce.way.claim, inForce },
        { event: 'withdraw', role: 'clerk', actorId: person!.id, reason: body.reason },
      )
      if (!moved.ok) return refuse('claim.transition_not_allowed', moved.refusal.params)
      const state = { state: moved.value.to, deadline_on: null, deadline_provisional: false }
      await tx.updateTable('claim').set(state).where('id', '=', row.id).execute()
      const drawn = await drawnClaim(tx, inForce, row)
      return accept({
        subject: row.id,
        plan: planOf(inForce, (books) => postingsOf(inForce).undo(books, drawn)),
      })
    },
    view: (subject, { db }, asked) => viewClaim(world, db, subject, asked),
  }
}

/** What was held fell back, or falls back with the next tick: nothing is left to approve. */
async function holdIsOver(tx: Transaction<Tables>, row: ClaimRow, today: Day): Promise<boolean> {
  if (row.hold_ends_on === null || row.hold_ends_on >= today) return false
  if (row.state === 'submitted') return true
  const lapsed = await tx
    .selectFrom('workflow_event')
    .select('id')
    .where('object_id', '=', row.id)
    .where('event', '=', 'lapse')
    .executeTakeFirst()
  return lapsed !== undefined
}

export function postingsOf({ way }: InForce): ClaimPostings {
  assert(way.draws !== 'nothing', 'a claim that is decided on draws on a voucher')
  return claimPostings[way.draws]
}

/** Nothing is posted when the books already say what was decided. */
function planned(
  inForce: InForce,
  make: (books: Books) => Plan | null,
): { readonly plan?: PostingPlan<never> } {
  return make(booksOf(inForce)) === null ? {} : { plan: planOf<never>(inForce, (books) => make(books)!) }
}

function leastOf(left: bigint, right: bigint): bigint {
  return left < right ? left : right
}
