import type { Instant } from '@suanquan/core/calendar'
import type { World } from '../http/world-options.ts'
import { planOfRest, roundsAtEnd } from '../modules/round/index.ts'
import { systemCommand } from './system-command.ts'

/** What remains in the pools of rounds at their end goes back to where it came from. */
export async function returnRests(world: World, at: Instant): Promise<number> {
  let returned = 0
  for (const id of await roundsAtEnd(world.db)) {
    const done = await systemCommand(world, at, async ({ tx }) => {
      const plan = await planOfRest(world, tx, id)
      return plan === null ? null : { action: 'tick.return_rest', kind: 'round', id, plan }
    })
    if (done) returned += 1
  }
  return returned
}
