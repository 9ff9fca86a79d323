import { dayOf, type Instant } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'

/**
 * The seal of an authority on a document of a moment, as a PNG in base64; null where none was in force then. One that was
 * put in force later that day is not on it.
 */
export async function stampOn(
  { files, site }: Pick<World, 'files' | 'site'>,
  db: Kysely<Tables>,
  authority: string,
  at: Instant,
): Promise<string | null> {
  const day = dayOf(at)
  const row = await db
    .selectFrom('stamp')
    .select('sha256')
    .where('jurisdiction', '=', site.jurisdiction)
    .where('authority', '=', authority)
    .where('state', '=', 'in_force')
    .where('decided_at', '<', timestamp(at) as never)
    .where('valid_from', '<=', day)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', day)]))
    .orderBy('valid_from', 'desc')
    .orderBy('decided_at', 'desc')
    .executeTakeFirst()
  return row === undefined ? null : Buffer.from(await files.get(row.sha256)).toString('base64')
}
