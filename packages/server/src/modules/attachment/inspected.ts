// Papers and engaged bodies: a body's people read the papers of what is assigned to them, until they have reported; whoever
// reads a report reads the paper that came with it.
import type { Day } from '@suanquan/core/calendar'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import { bodiesOf, inForceOn } from '../../identity/engaged.ts'
import { mayTouch } from '../../identity/scope.ts'

interface Reader {
  readonly person: Person | null
  readonly today: Day
}

export async function shownToInspector(
  db: Kysely<Tables>,
  { person, today }: Reader,
  id: string,
): Promise<boolean> {
  const bodies = bodiesOf(person)
  if (bodies.length === 0) return false
  const named = (list: 'documents' | 'invoices' | 'payments'): string =>
    JSON.stringify({ [list]: [{ attachmentId: id }] })
  const { rows } = await sql<{ shown: boolean }>`select exists (
    select from inspection i join engagement on engagement.id = i.engagement_id
    left join project p on i.about = 'project' and p.id = i.object_id
    left join claim c on i.about = 'claim' and c.id = i.object_id
    left join application a on a.id = case i.about when 'application' then i.object_id
      when 'project' then p.application_id else c.application_id end
    where i.state = 'assigned' and engagement.body_id = any(${[...bodies]}::uuid[]) and ${inForceOn(today)}
      and (a.draft @> ${named('documents')}::jsonb or p.filing @> ${named('documents')}::jsonb
        or c.body @> ${named('invoices')}::jsonb or c.body @> ${named('payments')}::jsonb
        or c.body ->> 'deliveryCertificateId' = ${id})) as shown`.execute(db)
  return rows[0]!.shown
}

/** Whoever may read the inspection by office; the body finds its own paper among its own. */
export async function isReadableReport(
  db: Kysely<Tables>,
  person: Person | null,
  id: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('inspection')
    .select(['jurisdiction', 'district'])
    .where('attachment_id', '=', id)
    .executeTakeFirst()
  return row !== undefined && mayTouch(person, 'inspection.read', { ...row, organisationIds: [] })
}
