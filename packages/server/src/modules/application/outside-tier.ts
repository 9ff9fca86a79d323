// Whom a case of several tiers does not concern now: reviewers and finance officers of the other tiers are not told of it.
import type { ReviewTier } from '@suanquan/core/policy'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

/** @param tier that has the case; null: every reviewer is concerned */
export async function outsideTier(
  db: Kysely<Tables>,
  { jurisdiction, district }: { readonly jurisdiction: string; readonly district: string },
  tier: ReviewTier | null,
): Promise<readonly string[]> {
  if (tier === null) return []
  const within = {
    district: sql`role = 'reviewer' and district_limit = ${district}`,
    city: sql`role = 'reviewer' and district_limit is null`,
    finance: sql`role = 'finance'`,
  }[tier]
  const { rows } = await sql<{ id: string }>`
    select person_id as id from role_grant where jurisdiction = ${jurisdiction} and role in ('reviewer', 'finance')
    group by person_id having not bool_or(${within}) order by person_id`.execute(db)
  return rows.map(({ id }) => id)
}
