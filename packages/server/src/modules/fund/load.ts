import type { RowPlace } from '../../identity/scope.ts'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import type { AdoptionBooks } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'

export type FundRow = Selectable<Tables['fund']>

export async function loadFund(db: Kysely<Tables>, id: string): Promise<FundRow | undefined> {
  return db.selectFrom('fund').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function fundNumbered(db: Kysely<Tables>, number: number): Promise<FundRow> {
  return db.selectFrom('fund').selectAll().where('number', '=', number).executeTakeFirstOrThrow()
}

export function placeOf({ jurisdiction, district }: FundRow): RowPlace {
  return { jurisdiction, district }
}

/** The books of what the programmes of a fund share. */
export function sharedBooks({ number, jurisdiction, open_year: openYear }: FundRow): AdoptionBooks {
  return { fund: number, jurisdiction, programme_id: '', openYear }
}

/** The programmes that a fund pays for, in the order of their adoption. */
export async function programmesOf(
  world: World,
  db: Kysely<Tables>,
  { number }: FundRow,
): Promise<readonly InForce[]> {
  const rows = await db
    .selectFrom('adoption')
    .select('id')
    .where('fund', '=', number)
    .orderBy('adopted_at')
    .orderBy('id')
    .execute()
  return Promise.all(rows.map(async ({ id }) => world.programmes.inForce(db, id)))
}
