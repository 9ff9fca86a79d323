import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

/** The first id that is not an attachment of the organisation. */
export async function unknownAttachment(
  tx: Kysely<Tables>,
  ids: readonly string[],
  organisationId: string,
): Promise<string | undefined> {
  if (ids.length === 0) return undefined
  const rows = await tx
    .selectFrom('attachment')
    .select('id')
    .where('id', 'in', [...new Set(ids)])
    .where('organisation_id', '=', organisationId)
    .execute()
  const known = new Set(rows.map(({ id }) => id))
  return ids.find((id) => !known.has(id))
}
