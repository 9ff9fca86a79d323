// 回避: a reviewer says of a firm or a case that somebody else must decide it. What is declared stays.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers, Person } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'

type View = AnswerOf<Routes['declareConflict']>

export function conflictHandlers(): Handlers<'declareConflict' | 'listConflicts'> {
  return {
    declareConflict: {
      kind: 'command',
      run: async ({ body, person, at }, { tx, newId, touch }) => {
        const row = await aboutOf(tx, body.about, body.objectId)
        if (row === undefined) return notFound(body.about)
        touch({ kind: body.about, id: body.objectId, organisationId: row.organisation_id })
        const target = { ...row, organisationIds: [row.organisation_id] }
        if (!mayTouch(person, 'conflict.declare', target)) return outOfScope('conflict.declare', body.about)
        const id = newId()
        const stored = await tx
          .insertInto('conflict_declaration')
          .values({
            id,
            jurisdiction: row.jurisdiction,
            district: row.district,
            person_id: person!.id,
            organisation_id: row.organisation_id,
            object_kind: body.about,
            object_id: body.objectId,
            reason: body.reason,
            declared_at: timestamp(at),
          })
          .onConflict((conflict) => conflict.columns(['person_id', 'object_id']).doNothing())
          .executeTakeFirst()
        if (stored.numInsertedOrUpdatedRows !== 1n) return refuse('conflict.declared')
        return accept({ subject: id })
      },
      view: async (subject, { db }, { person }) =>
        (await viewConflicts(db, person!, sql`conflict_declaration.id = ${subject}`))[0]!,
    },
    listConflicts: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'conflict', id: null })
        const all = person!.grants.some(({ role }) => role === 'auditor')
        const which = all ? sql`true` : sql`conflict_declaration.person_id = ${person!.id}`
        return accept({ items: await viewConflicts(db, person!, which) })
      },
    },
  }
}

interface About {
  readonly jurisdiction: string
  readonly district: string
  readonly organisation_id: string
}

async function aboutOf(db: Kysely<Tables>, about: View['about'], id: string): Promise<About | undefined> {
  if (about === 'organisation') {
    return db
      .selectFrom('organisation')
      .select(['jurisdiction', 'district', 'id as organisation_id'])
      .where('id', '=', id)
      .executeTakeFirst()
  }
  return db
    .selectFrom(about)
    .select(['jurisdiction', 'district', 'organisation_id'])
    .where('id', '=', id)
    .executeTakeFirst()
}

async function viewConflicts(
  db: Kysely<Tables>,
  person: Person,
  which: RawBuilder<unknown>,
): Promise<View[]> {
  const { rows } = await sql<Omit<View, 'declaredAt' | 'mine'> & { at: number; person: string }>`
    select conflict_declaration.id, object_kind as about, object_id as "objectId", conflict_declaration.organisation_id
      as "organisationId", o.name as "organisationName", coalesce(a.number, c.number, o.name) as label,
      p.display_name as "personName", reason, declared_at as at, conflict_declaration.person_id as person
    from conflict_declaration join organisation o on o.id = conflict_declaration.organisation_id
    join person p on p.id = conflict_declaration.person_id
    left join application a on a.id = object_id left join claim c on c.id = object_id
    where ${which} order by declared_at desc, conflict_declaration.id desc`.execute(db)
  return rows.map(({ at, person: declaredBy, ...row }) => ({
    ...row,
    declaredAt: new Date(at).toISOString(),
    mine: declaredBy === person.id,
  }))
}
