// Progress for whoever holds the number and the credit code: states and days, no names.
import { accept, refuse } from '@suanquan/core'
import { clockOf, type Workflow } from '@suanquan/core/application'
import { dayOf, workingDaysLeft } from '@suanquan/core/calendar'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { viewStanding } from '../application/index.ts'

export function readProgress(world: World): Handler<'readProgress'> {
  return {
    kind: 'query',
    run: async ({ body, today }, { db, touch }) => {
      touch({ kind: 'progress', id: null })
      const row = await db
        .selectFrom('application')
        .innerJoin('organisation', 'organisation.id', 'application.organisation_id')
        .select([
          'application.id',
          'application.created_at',
          'application.number',
          'application.state',
          'workflow',
          'deadline_on',
          'adoption_id',
        ])
        .where('application.number', '=', body.number.toUpperCase())
        .where('organisation.credit_code', '=', body.creditCode.toUpperCase())
        .where('application.state', '<>', 'draft')
        .executeTakeFirst()
      if (!row) return refuse('disclosure.progress_not_found')
      const events = await db
        .selectFrom('workflow_event')
        .select(['to_state', 'at'])
        .where('object_id', '=', row.id)
        .orderBy('position')
        .execute()
      const workflow = row.workflow as unknown as Workflow
      const inForce = await world.programmes.inForce(db, row.adoption_id)
      const awaited = clockOf(workflow, row.state)?.awaited ?? null
      const left = row.deadline_on === null ? null : workingDaysLeft(today, row.deadline_on)
      return accept({
        number: row.number,
        way: inForce.way.id,
        state: row.state,
        nextActor: awaited === 'clerk' ? 'applicant' : (awaited ?? 'nobody'),
        deadlineOn: row.deadline_on,
        workingDaysLeft: left === null || !left.ok ? null : left.value.days,
        ...(await viewStanding(db, { ...row, workflow }, inForce, today)),
        steps: events.map(({ to_state: state, at }) => ({ state, reachedOn: dayOf(at) })),
      })
    },
  }
}
