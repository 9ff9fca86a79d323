import type { AnswerOf, Routes } from '@suanquan/api'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { IDLE_MS } from '../../identity/sessions.ts'
import { viewGrants } from './view-grants.ts'

/** Who is signed in; the session ends at `expiresAt` unless something is asked before. */
export async function viewSession(
  db: Kysely<Tables>,
  personId: string,
  now: number,
): Promise<AnswerOf<Routes['readSession']>> {
  const person = await db
    .selectFrom('person')
    .select(['id', 'display_name'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  return {
    personId: person.id,
    displayName: person.display_name,
    grants: await viewGrants(db, person.id),
    expiresAt: new Date(now + IDLE_MS).toISOString(),
  }
}
