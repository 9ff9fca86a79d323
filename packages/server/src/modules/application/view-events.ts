import type { AnswerOf, Routes } from '@suanquan/api'
import { maskName } from '@suanquan/core/party'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'

const OF_FIRMS: ReadonlySet<string> = new Set(['clerk', 'provider'])

/** What happened to a case. The offices see each other's names; whoever acts for a firm, and the firm whoever of an office
 * acted, is masked: the names are read under an unmasking. */
export async function viewEvents(
  db: Kysely<Tables>,
  objectId: string,
  reader: Person | null,
): Promise<AnswerOf<Routes['readApplication']>['events']> {
  const rows = await db
    .selectFrom('workflow_event')
    .leftJoin('person', 'person.id', 'workflow_event.actor_id')
    .leftJoin('person as behind', 'behind.id', 'workflow_event.for_person')
    .leftJoin('decision_number as numbered', (join) =>
      join
        .onRef('numbered.object_id', '=', 'workflow_event.object_id')
        .onRef('numbered.position', '=', 'workflow_event.position'),
    )
    .select([
      'workflow_event.at',
      'event',
      'from_state',
      'to_state',
      'actor_role',
      'actor_id',
      'person.display_name',
      'behind.display_name as for_name',
      'numbered.number as document_number',
      'reason',
      'detail',
    ])
    .where('workflow_event.object_id', '=', objectId)
    .orderBy('workflow_event.position')
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
        : (inOffice && !OF_FIRMS.has(row.actor_role)) || row.actor_id === reader?.id
          ? row.display_name
          : maskName(row.display_name),
    forName: row.for_name === null ? null : inOffice ? row.for_name : maskName(row.for_name),
    documentNumber: row.document_number,
    reason: row.reason,
    detail: row.detail,
  }))
}
