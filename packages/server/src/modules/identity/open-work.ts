// What an organisation has under way, and who acts for it. Work belongs to the organisation: whoever takes over finds
// all of it; but it must never be left with nobody.
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface Work {
  readonly kind: 'application' | 'claim'
  readonly id: string
  readonly number: string
  readonly state: string
}

export async function openWork(db: Kysely<Tables>, organisationId: string): Promise<Work[]> {
  const { rows } = await sql<Work>`
    select 'application' as kind, id, number, state from application where organisation_id = ${organisationId}
      and state not in ('granted', 'refused', 'withdrawn', 'closed', 'paid')
    union all
    select 'claim', id, number, state from claim where organisation_id = ${organisationId}
      and state in ('submitted', 'appealed', 'approved', 'batched')
    order by kind, number`.execute(db)
  return rows
}

/** The organisations, by name, whose open work would be left without anybody when these grants of a clerk end. */
export async function leftAlone(
  db: Kysely<Tables>,
  personId: string,
  grantId: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct o.id, o.name from role_grant g join organisation o on o.id = g.organisation_id
    where g.person_id = ${personId} and g.role = 'clerk' and (${grantId}::uuid is null or g.id = ${grantId})
      and not exists (select from role_grant other join person p on p.id = other.person_id
        where other.organisation_id = g.organisation_id and other.role = 'clerk' and p.active
          and other.person_id <> g.person_id)
    order by o.name`.execute(db)
  const left: string[] = []
  for (const { id, name } of rows) if ((await openWork(db, id)).length > 0) left.push(name)
  return left
}
