// What time does to use: months that are due and whole are closed, and feeds that have been silent for a day are told.
import type { Instant } from '@suanquan/core/calendar'
import { sql } from 'kysely'
import type { World } from '../http/world-options.ts'
import { closeWhole, raiseSilence, silentFeeds } from '../modules/metering/index.ts'
import { eachCase, systemCommand } from './system-command.ts'

export async function closePeriods(world: World, at: Instant): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select distinct provider_id as id from usage_feed order by provider_id`.execute(world.db)
  return eachCase(rows, ({ id }) =>
    systemCommand(world, at, async ({ tx }) =>
      (await closeWhole(tx, { providerId: id, at }))
        ? { action: 'tick.close_usage_period', kind: 'usage_period', id }
        : null,
    ),
  )
}

export async function tellSilence(world: World, at: Instant): Promise<number> {
  return eachCase(await silentFeeds(world.db, at), ({ id }) =>
    systemCommand(world, at, async ({ tx, newId }) =>
      (await raiseSilence(tx, { id, alertId: newId(), at }))
        ? { action: 'tick.tell_silence', kind: 'usage_feed', id }
        : null,
    ),
  )
}
