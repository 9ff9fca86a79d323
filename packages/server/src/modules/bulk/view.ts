import { toProblem, type AnswerOf, type Routes } from '@suanquan/api'
import type { Refusal } from '@suanquan/core'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import { visibleRows } from '../../identity/scope.ts'

/** What became of each case; of a case that the reader may not read, nothing but the refusal. */
export async function viewBulk(
  db: Kysely<Tables>,
  { id, kind }: Pick<Selectable<Tables['bulk_act']>, 'id' | 'kind'>,
  person: Person,
): Promise<AnswerOf<Routes['readBulk']>> {
  const action = kind === 'application' ? 'application.read' : 'claim.read'
  const { rows } = await sql<Row>`
    select object_id as id, refusal, it.number, it.state, organisation.name as "organisationName"
    from bulk_item left join ${sql.table(kind)} it
      on it.id = object_id and ${visibleRows(person, action, 'it', 'it.organisation_id')}
    left join organisation on organisation.id = it.organisation_id
    where bulk_id = ${id} order by position`.execute(db)
  const items = rows.map((row) => ({
    ...row,
    refusal: row.refusal === null ? null : toProblem(row.refusal),
  }))
  const refused = items.filter(({ refusal }) => refusal !== null).length
  return { id, kind, done: items.length - refused, refused, items }
}

type Row = Omit<AnswerOf<Routes['readBulk']>['items'][number], 'refusal'> & {
  readonly refusal: Refusal | null
}
