// 确认、放弃、申诉: what a firm makes of an offer. What it declines goes back to the pool; an appeal does too, and the case is
// decided again, by its reviewers and for itself.
import { accept, refuse } from '@suanquan/core'
import { planRelease } from '@suanquan/core/voucher'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound, outOfScope } from '../../identity/scope.ts'
import {
  approvalOf,
  loadApplication,
  loadOrganisation,
  mayApply,
  moveCase,
  reservedGrant,
} from '../application/index.ts'
import { planOf } from '../ledger/index.ts'

const LAST_DIGITS = 4

export function answerOffer(world: World): Command<'answerOffer'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const row = await loadApplication(tx, params.id, 'lock')
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      if (!mayApply(person, 'offer.answer', row, inForce.way))
        return outOfScope('offer.answer', 'application')
      const consents = body.answer === 'consent'
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'application', row, workflow: row.workflow, inForce },
        {
          event: body.answer,
          role: inForce.way.applicant,
          actorId: person!.id,
          reason: consents ? null : body.reason,
        },
      )
      if (!moved.ok) return moved
      if (consents) {
        const { bank_account: account } = await loadOrganisation(tx, row.organisation_id)
        if (account === null) return refuse('offer.no_account')
        if (account.replace(/\D/g, '').slice(-LAST_DIGITS) !== body.accountEnding)
          return refuse('offer.account_differs')
      }
      await tx
        .updateTable('application')
        .set({
          state: moved.value.to,
          deadline_on: moved.value.deadlineOn,
          deadline_provisional: moved.value.deadlineProvisional,
          updated_at: timestamp(at),
          ...(consents ? {} : { approval: null, approved_fen: null }),
        })
        .where('id', '=', row.id)
        .execute()
      if (consents) return accept({ subject: row.id })
      const approval = approvalOf(row)!
      const terms = await reservedGrant(tx, row, inForce)
      return accept({
        subject: row.id,
        plan: planOf(inForce, (books) => planRelease(books, approval, terms)),
      })
    },
    view: async (subject, { db }) => ({ state: (await loadApplication(db, subject))!.state }),
  }
}
