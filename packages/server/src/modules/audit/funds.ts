import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'

/** The title of the programme that each fund carries out. */
export async function programmesByFund(
  world: World,
  db: Kysely<Tables>,
): Promise<ReadonlyMap<number, { readonly zh: string; readonly en: string }>> {
  const rows = await db.selectFrom('adoption').select(['id', 'fund']).execute()
  const titles = await Promise.all(
    rows.map(
      async ({ id, fund }) => [fund, (await world.programmes.inForce(db, id)).programme.title] as const,
    ),
  )
  return new Map(titles)
}
