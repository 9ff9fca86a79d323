import type { Day } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'

/** The seal of an authority on a day, as a PNG in base64; null where none was in force. */
export async function stampOn(
  { files, site }: Pick<World, 'files' | 'site'>,
  db: Kysely<Tables>,
  authority: string,
  day: Day,
): Promise<string | null> {
  const row = await db
    .selectFrom('stamp')
    .select('sha256')
    .where('jurisdiction', '=', site.jurisdiction)
    .where('authority', '=', authority)
    .where('state', '=', 'in_force')
    .where('valid_from', '<=', day)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', day)]))
    .orderBy('valid_from', 'desc')
    .orderBy('decided_at', 'desc')
    .executeTakeFirst()
  return row === undefined ? null : Buffer.from(await files.get(row.sha256)).toString('base64')
}
