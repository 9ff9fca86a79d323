import type { AnswerOf, Routes } from '@suanquan/api'
import type { Day } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { todayOf, type World } from '../../http/world-options.ts'
import { delegatedGrants } from '../../identity/held-grants.ts'
import { IDLE_MS } from '../../identity/sessions.ts'
import { viewGrants } from './view-grants.ts'

/** Who is signed in; the session ends at `expiresAt` unless something is asked before. */
export async function viewSession(
  db: Kysely<Tables>,
  personId: string,
  { now, ...place }: { readonly now: number; readonly jurisdiction: string; readonly today: Day },
): Promise<AnswerOf<Routes['readSession']>> {
  const person = await db
    .selectFrom('person')
    .select(['id', 'display_name'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  return {
    personId: person.id,
    displayName: person.display_name,
    grants: [
      ...(await viewGrants(db, person.id)).map((grant) => ({ ...grant, forName: null })),
      ...(await delegatedGrants(db, person.id, place)),
    ],
    expiresAt: new Date(now + IDLE_MS).toISOString(),
  }
}

/** Sessions go by the wall clock, duties by the programme's days. */
export function sessionNow(world: World): { now: number; jurisdiction: string; today: Day } {
  return { now: world.wallClock(), jurisdiction: world.site.jurisdiction, today: todayOf(world.clock()) }
}
