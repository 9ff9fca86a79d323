import { allowedEvents } from '@suanquan/core/application'
import type { Day, Instant } from '@suanquan/core/calendar'
import { timestamp } from '../database/index.ts'
import type { World } from '../http/world-options.ts'
import { eachCase, systemCommand } from './system-command.ts'
import { loadApplication, moveCase } from '../modules/application/index.ts'

const AWAITS_FIRM: readonly string[] = ['correction', 'hearing']

/** 逾期: a correction that was not made in time ends the application; where the firm did not say in time what it has to say
 * to an objection, that is decided without. A provisional deadline waits. */
export async function lapseCorrections(world: World, at: Instant, today: Day): Promise<number> {
  const due = await world.db
    .selectFrom('application')
    .select('id')
    .where('state', 'in', AWAITS_FIRM)
    .where('deadline_on', '<', today)
    .where('deadline_provisional', '=', false)
    .orderBy('number')
    .execute()
  return eachCase(due, ({ id }) =>
    systemCommand(world, at, async ({ tx, newId }) => {
      const row = await loadApplication(tx, id, 'lock')
      if (
        row === undefined ||
        !AWAITS_FIRM.includes(row.state) ||
        row.deadline_on === null ||
        row.deadline_on >= today
      )
        return null
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'application', row, workflow: row.workflow, inForce },
        {
          event: allowedEvents(row.workflow, row.state, ['system'])[0]!.event,
          role: 'system',
          detail: { deadlineOn: row.deadline_on },
        },
      )
      if (!moved.ok) return null
      await tx
        .updateTable('application')
        .set({ state: moved.value.to, deadline_on: moved.value.deadlineOn, updated_at: timestamp(at) })
        .where('id', '=', id)
        .execute()
      return { action: 'tick.lapse', kind: 'application', id }
    }),
  )
}
