import type { AnswerOf, Routes } from '@suanquan/api'
import { maskName } from '@suanquan/core/party'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'

/** What happened to a case. Firms see which office acted, not who; the offices see each other's names. */
export async function viewEvents(
  db: Kysely<Tables>,
  objectId: string,
  reader: Person | null,
): Promise<AnswerOf<Routes['readApplication']>['events']> {
  const rows = await db
    .selectFrom('workflow_event')
    .leftJoin('person', 'person.id', 'workflow_event.actor_id')
    .select([
      'at',
      'event',
      'from_state',
      'to_state',
      'actor_role',
      'actor_id',
      'display_name',
      'reason',
      'detail',
    ])
    .where('object_id', '=', objectId)
    .orderBy('position')
    .execute()
  const inOffice = (reader?.grants ?? []).some((grant) => grant.organisationId === null)
  return rows.map((row) => ({
    at: new Date(row.at).toISOString(),
    event: row.event,
    from: row.from_state,
    to: row.to_state,
    actorRole: row.actor_role,
    actorName:
      row.display_name === null
        ? ''
        : inOffice || row.actor_id === reader?.id
          ? row.display_name
          : maskName(row.display_name),
    reason: row.reason,
    detail: row.detail,
  }))
}
