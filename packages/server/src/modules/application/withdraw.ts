// 撤回: what was reserved for the application goes back to the pool and the caps in the same transaction.
import { accept } from '@suanquan/core'
import { planRelease } from '@suanquan/core/voucher'
import { timestamp } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound, outOfScope } from '../../identity/scope.ts'
import { planOf } from '../ledger/index.ts'
import { approvalOf, reservedGrant } from './approval.ts'
import { loadApplication } from './load.ts'
import { mayApply } from './may-apply.ts'
import { moveCase } from './move.ts'
import { viewApplication } from './view.ts'

export function withdrawApplication(world: World): Handler<'withdrawApplication'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const row = await loadApplication(tx, params.id, 'lock')
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      if (!mayApply(person, 'application.withdraw', row, inForce.way))
        return outOfScope('application.withdraw', 'application')
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'application', row, workflow: row.workflow, inForce },
        { event: 'withdraw', role: inForce.way.applicant, actorId: person!.id, reason: body.reason },
      )
      if (!moved.ok) return moved
      const approval = approvalOf(row)
      const reserved = approval !== null && row.state !== 'waiting'
      await tx
        .updateTable('application')
        .set({
          state: moved.value.to,
          approval: null,
          deadline_on: null,
          deadline_provisional: false,
          updated_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      if (!reserved) return accept({ subject: row.id })
      const terms = await reservedGrant(tx, row, inForce)
      return accept({
        subject: row.id,
        plan: planOf(inForce, (books) => planRelease(books, approval, terms)),
      })
    },
    view: (subject, { db }, asked) => viewApplication(world, db, subject, asked),
  }
}
