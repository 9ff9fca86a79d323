// 归档 by time: once a day what is closed and can no longer be contested goes into the archive, each case in a transaction of its
// own; and the content of what was disposed of is removed.
import { dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import type { World } from '../http/world-options.ts'
import { archiveCase, closedCases, removeDisposed } from '../modules/archive/index.ts'
import { systemCommand } from './system-command.ts'

export const ARCHIVE_JOB = 'keep_archive'

/** @returns how many files were made */
export async function keepArchive(world: World, at: Instant, today: Day): Promise<number> {
  await removeDisposed(world.db, world.files, at)
  const last = await world.db
    .selectFrom('job_state')
    .select('last_at')
    .where('name', '=', ARCHIVE_JOB)
    .executeTakeFirst()
  if (last !== undefined && dayOf(last.last_at) === today) return 0
  let archived = 0
  for (const closed of await closedCases(world.db, today)) {
    const done = await systemCommand(world, at, async ({ tx, newId }) => {
      const id = await archiveCase({ tx, newId, at, files: world.files }, closed)
      return id === null ? null : { action: 'tick.archive', kind: 'archive_file', id }
    })
    if (done) archived += 1
  }
  return archived
}
