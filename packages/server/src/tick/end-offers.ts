import { planRelease } from '@suanquan/core/voucher'
import type { Day, Instant } from '@suanquan/core/calendar'
import { timestamp } from '../database/index.ts'
import type { World } from '../http/world-options.ts'
import { eachCase, systemCommand } from './system-command.ts'
import { approvalOf, loadApplication, moveCase, reservedGrant } from '../modules/application/index.ts'
import { planOf } from '../modules/ledger/index.ts'
import { silenceOf } from '../modules/policy/index.ts'

/** 逾期未答: what silence means is the programme's to say; what it declines goes back to pool and caps. */
export async function endOffers(world: World, at: Instant, today: Day): Promise<number> {
  const due = await world.db
    .selectFrom('application')
    .select('id')
    .where('state', '=', 'offered')
    .where('deadline_on', '<', today)
    .where('deadline_provisional', '=', false)
    .orderBy('number')
    .execute()
  return eachCase(due, ({ id }) =>
    systemCommand(world, at, async ({ tx, newId }) => {
      const row = await loadApplication(tx, id, 'lock')
      if (
        row === undefined ||
        row.state !== 'offered' ||
        row.deadline_on === null ||
        row.deadline_on >= today
      )
        return null
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const declines = silenceOf(inForce) === 'declines'
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'application', row, workflow: row.workflow, inForce },
        {
          event: declines ? 'presume_decline' : 'presume_consent',
          role: 'system',
          detail: { deadlineOn: row.deadline_on },
        },
      )
      if (!moved.ok) return null
      const approval = approvalOf(row)!
      await tx
        .updateTable('application')
        .set({
          state: moved.value.to,
          deadline_on: null,
          updated_at: timestamp(at),
          ...(declines ? { approval: null } : {}),
        })
        .where('id', '=', id)
        .execute()
      const act = { action: 'tick.end_offer', kind: 'application', id }
      if (!declines) return act
      const terms = await reservedGrant(tx, row, inForce)
      return { ...act, plan: planOf(inForce, (books) => planRelease(books, approval, terms)) }
    }),
  )
}
