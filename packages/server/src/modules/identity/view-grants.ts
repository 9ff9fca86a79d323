import { roleWhereApart, type Role } from '@suanquan/api'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'

/** The roles of a person as pages show them, with the name of the organisation each acts for. */
export async function viewGrants(
  db: Kysely<Tables>,
  personId: string,
): Promise<
  {
    role: Role
    jurisdiction: string
    district: string | null
    organisationId: string | null
    organisationName: string | null
  }[]
> {
  const rows = await db
    .selectFrom('role_grant')
    .leftJoin('organisation', 'organisation.id', 'role_grant.organisation_id')
    .leftJoin('site_setting', 'site_setting.jurisdiction', 'role_grant.jurisdiction')
    .select([
      'administrators_apart',
      'role_grant.role',
      'role_grant.jurisdiction',
      'role_grant.district_limit',
      'role_grant.organisation_id',
      'organisation.name',
    ])
    .where('person_id', '=', personId)
    .orderBy('granted_at')
    .orderBy('role_grant.id')
    .execute()
  return rows.map((row) => ({
    role: row.administrators_apart === true ? roleWhereApart(row.role as Role) : (row.role as Role),
    jurisdiction: row.jurisdiction,
    district: row.district_limit,
    organisationId: row.organisation_id,
    organisationName: row.name,
  }))
}
