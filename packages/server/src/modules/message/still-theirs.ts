// Whose a message still is: its reader's, as long as one of the roles it was written for is held for the same firm, or for
// the same district at the office. What somebody read by a right is not read on after the right has gone.
import { messageKindNames, messageKinds, scopeOf } from '@suanquan/api'
import { sql, type RawBuilder } from 'kysely'

const rolesOf = Object.fromEntries(messageKindNames.map((kind) => [kind, messageKinds[kind].to]))

/** Kinds that an office hears of from every district. */
const everywhere = messageKindNames.filter(
  (kind) => scopeOf(messageKinds[kind].action, messageKinds[kind].to[0]!) === 'all',
)

/** @param table the alias of `message` */
export function stillTheirs(table: string): RawBuilder<boolean> {
  const of = (column: string): RawBuilder<unknown> => sql.ref(`${table}.${column}`)
  return sql<boolean>`exists (select from role_grant g
    where g.person_id = ${of('person_id')} and g.jurisdiction = ${of('jurisdiction')}
      and ${JSON.stringify(rolesOf)}::jsonb -> ${of('kind')} ? g.role
      and case when ${of('organisation_id')} is not null then g.organisation_id = ${of('organisation_id')}
        else g.district_limit is null or g.district_limit = ${of('district')}
          or ${of('kind')} = any(${everywhere}::text[]) end)`
}
