// 回避 of a body: it is itself a party, one of its people acts for a party, or it declared a relation or stood aside.
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

/** @param parties the firm, its provider and whoever else the case concerns */
export async function isRelated(
  db: Kysely<Tables>,
  bodyId: string,
  parties: readonly string[],
  objectIds: readonly string[],
): Promise<boolean> {
  if (parties.includes(bodyId)) return true
  const { rows } = await sql<{ related: boolean }>`
    select exists (select from conflict_declaration c where c.object_id = any(${[...parties, ...objectIds]}::uuid[])
        and (c.body_id = ${bodyId} or c.person_id in (select person_id from role_grant
          where role = 'inspector' and organisation_id = ${bodyId})))
      or exists (select from role_grant own join role_grant other on other.person_id = own.person_id
        where own.role = 'inspector' and own.organisation_id = ${bodyId}
        and other.organisation_id = any(${[...parties]}::uuid[])) as related`.execute(db)
  return rows[0]!.related
}

interface Declared {
  readonly id: string
  readonly jurisdiction: string
  readonly district: string
  readonly personId: string
  readonly bodyId: string
  readonly organisationId: string
  readonly reason: string
  readonly at: string
}

/** @returns false where the person declared it before */
export async function declareRelation(db: Kysely<Tables>, declared: Declared): Promise<boolean> {
  const stored = await db
    .insertInto('conflict_declaration')
    .values({
      id: declared.id,
      jurisdiction: declared.jurisdiction,
      district: declared.district,
      person_id: declared.personId,
      organisation_id: declared.organisationId,
      object_kind: 'organisation',
      object_id: declared.organisationId,
      reason: declared.reason,
      declared_at: declared.at,
      body_id: declared.bodyId,
    })
    .onConflict((conflict) => conflict.columns(['person_id', 'object_id']).doNothing())
    .executeTakeFirst()
  return stored.numInsertedOrUpdatedRows === 1n
}
