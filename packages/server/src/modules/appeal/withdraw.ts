// The firm takes its appeal back: the decision stands, and what was held for a claim becomes usable again.
import { accept, assert, refuse } from '@suanquan/core'
import { planReleaseHold } from '@suanquan/core/voucher'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { loadApplication, moveCase } from '../application/index.ts'
import { planOf } from '../ledger/index.ts'
import { drawnClaim, loadClaim } from '../settlement/index.ts'
import { loadAppeal } from './load.ts'
import { viewAppeal } from './view.ts'

export function withdrawAppeal(world: World): Command<'withdrawAppeal'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const found = await loadAppeal(tx, params.id)
      if (found === undefined) return notFound('appeal')
      touch({ kind: 'appeal', id: found.id, organisationId: found.organisation_id })
      if (!mayTouch(person, 'appeal.file', { ...found, organisationIds: [found.organisation_id] }))
        return outOfScope('appeal.file', 'appeal')
      const inForce = await world.programmes.inForce(tx, found.adoption_id)
      const application =
        found.object_kind === 'application' ? (await loadApplication(tx, found.object_id, 'lock'))! : null
      const claim = application === null ? (await loadClaim(tx, found.object_id, 'lock'))! : null
      const appeal = (await loadAppeal(tx, found.id, 'lock'))!
      if (appeal.state !== 'open') return refuse('appeal.closed')
      const moved = await moveCase(
        { tx, newId, at, today },
        application === null
          ? { kind: 'claim', row: claim!, workflow: inForce.way.claim, inForce }
          : { kind: 'application', row: application, workflow: application.workflow, inForce },
        {
          event: 'withdraw_appeal',
          role: 'clerk',
          actorId: person!.id,
          reason: body.reason,
          detail: { appealId: appeal.id },
        },
      )
      assert(moved.ok, 'an appeal that is open can be withdrawn')
      const closed = { state: 'withdrawn' as const, decided_by: person!.id, decided_at: timestamp(at) }
      await tx.updateTable('appeal').set(closed).where('id', '=', appeal.id).execute()
      const state = { state: moved.value.to, deadline_on: null, deadline_provisional: false }
      if (claim === null) {
        await tx
          .updateTable('application')
          .set({ ...state, updated_at: timestamp(at) })
          .where('id', '=', application!.id)
          .execute()
        return accept({ subject: appeal.id })
      }
      await tx.updateTable('claim').set(state).where('id', '=', claim.id).execute()
      const { terms } = await drawnClaim(tx, inForce, claim)
      return accept({
        subject: appeal.id,
        plan: planOf<never>(inForce, (books) =>
          planReleaseHold(books, { ...terms, id: appeal.id }, claim.payable_fen),
        ),
      })
    },
    view: (subject, { db }, asked) => viewAppeal(world, db, subject, asked),
  }
}
