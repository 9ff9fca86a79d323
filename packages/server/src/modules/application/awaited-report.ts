// While an engaged body's report on a case is due, nobody decides the case: the report comes, its day passes, the
// engagement ends, or the office takes the inspection back.
import type { Day } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { inForceOn } from '../../identity/engaged.ts'

/** @returns the day on which the last awaited report is due, or null */
export async function awaitedReport(db: Kysely<Tables>, objectId: string, today: Day): Promise<Day | null> {
  const open = await db
    .selectFrom('inspection')
    .innerJoin('engagement', 'engagement.id', 'inspection.engagement_id')
    .select('due_on')
    .where('object_id', '=', objectId)
    .where('inspection.state', '=', 'assigned')
    .where('due_on', '>=', today)
    .where(inForceOn(today))
    .orderBy('due_on', 'desc')
    .executeTakeFirst()
  return open?.due_on ?? null
}
