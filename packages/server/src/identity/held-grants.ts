// The grants that a person has on a day: the own ones, and those of a reviewer who let the person act for a time. A
// delegation begins and ends with its days; whoever gave it must still hold the role and be active.
import type { Grant, Role } from '@suanquan/api'
import type { Day } from '@suanquan/core/calendar'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'

export type HeldGrant = Grant & {
  readonly organisationName: string | null
  readonly forName: string | null
}

export async function delegatedGrants(
  db: Kysely<Tables>,
  personId: string,
  { jurisdiction, today }: { readonly jurisdiction: string; readonly today: Day },
): Promise<readonly HeldGrant[]> {
  const { rows } = await sql<{ role: string; district: string | null; forPersonId: string; forName: string }>`
    select g.role, coalesce(d.district_limit, g.district_limit) as district, giver.id as "forPersonId",
      giver.display_name as "forName"
    from delegation d
      join person giver on giver.id = d.from_person and giver.active
      join role_grant g on g.person_id = d.from_person and g.role = 'reviewer' and g.jurisdiction = d.jurisdiction
        and (d.district_limit is null or g.district_limit is null or g.district_limit = d.district_limit)
    where d.to_person = ${personId} and d.jurisdiction = ${jurisdiction} and d.ended_at is null
      and ${today}::date between d.starts_on and d.ends_on
    order by d.made_at, d.id, g.id`.execute(db)
  return rows.map(({ role, district, forPersonId, forName }) => ({
    role: role as Role,
    jurisdiction,
    district,
    organisationId: null,
    organisationName: null,
    forPersonId,
    forName,
  }))
}
