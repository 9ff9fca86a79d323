// Closing a panel: with its minutes once enough have answered and nobody is waited for, or abandoned with a reason.
import { accept, refuse } from '@suanquan/core'
import { EXPERTS_AT_LEAST } from '@suanquan/core/application'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { loadPanel } from './load.ts'
import { viewPanel } from './view.ts'

export function closeExpertReview(world: World): Command<'closeExpertReview'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, touch }) => {
      const panel = await loadPanel(tx, params.id, 'lock')
      if (panel === undefined) return notFound('expert_review')
      const { row, organisationId, opinions } = panel
      touch({ kind: 'expert_review', id: row.id, organisationId })
      const target = { ...row, organisationIds: [organisationId] }
      if (!mayTouch(person, 'expert_review.open', target))
        return outOfScope('expert_review.open', 'expert_review')
      if (await mustStandAside(tx, person, organisationId, [row.application_id]))
        return refuse('application.conflict_of_interest')
      if (row.state !== 'open') return refuse('expert_review.over')
      const count = (asked: string): number => opinions.filter(({ state }) => state === asked).length
      const [given, waiting] = [count('given'), count('invited')]
      if (body.outcome === 'closed' && given < EXPERTS_AT_LEAST)
        return refuse('expert_review.too_few', { given, needed: EXPERTS_AT_LEAST })
      if (body.outcome === 'closed' && waiting > 0 && today <= row.due_on)
        return refuse('expert_review.answers_awaited', { waiting, dueOn: row.due_on })
      const closed = { minutes: body.minutes, closed_by: person!.id, closed_at: timestamp(at) }
      await tx
        .updateTable('expert_review')
        .set({ ...closed, state: body.outcome })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewPanel(world, db, subject, asked),
  }
}
