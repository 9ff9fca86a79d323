import type { Day, Instant } from '@suanquan/core/calendar'
import type { World } from '../http/world-options.ts'
import { moveCase } from '../modules/application/index.ts'
import { planOf } from '../modules/ledger/index.ts'
import { drawnClaim, loadClaim, postingsOf } from '../modules/settlement/index.ts'
import { eachCase, systemCommand } from './system-command.ts'

/**
 * 预扣到期: a claim that nobody decided while its hold lasted ends, and what it held becomes usable again. The ledger has
 * refused to settle the hold since its last day was over, swept or not. Claim and decision lock the same row, so one of
 * the two comes first and the other finds what it did.
 */
export async function releaseHolds(world: World, at: Instant, today: Day): Promise<number> {
  const due = await world.db
    .selectFrom('claim')
    .select('id')
    .where('state', '=', 'submitted')
    .where('hold_ends_on', '<', today)
    .orderBy('number')
    .execute()
  return eachCase(due, ({ id }) =>
    systemCommand(world, at, async ({ tx, newId }) => {
      const row = await loadClaim(tx, id, 'lock')
      if (row?.state !== 'submitted' || row.hold_ends_on === null || row.hold_ends_on >= today) return null
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'claim', row, workflow: inForce.way.claim, inForce },
        { event: 'lapse', role: 'system', detail: { holdEndsOn: row.hold_ends_on } },
      )
      if (!moved.ok) return null
      const state = { state: moved.value.to, deadline_on: null, deadline_provisional: false }
      await tx.updateTable('claim').set(state).where('id', '=', id).execute()
      const drawn = await drawnClaim(tx, inForce, row)
      return {
        action: 'tick.release_hold',
        kind: 'claim',
        id,
        plan: planOf(inForce, (books) => postingsOf(inForce).undo(books, drawn)),
      }
    }),
  )
}
