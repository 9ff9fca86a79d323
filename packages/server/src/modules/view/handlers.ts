// 我的视图: a person's own views of tables, at most two hundred. A name that is used on the page already takes the view anew.
import { accept, refuse } from '@suanquan/core'
import { sql } from 'kysely'
import { timestamp } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound, outOfScope, ownRows } from '../../identity/scope.ts'

const MOST = 200

export function viewHandlers(world: World): Handlers<'listViews' | 'keepView' | 'discardView'> {
  return {
    listViews: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'view', id: null })
        const items = await db
          .selectFrom('saved_view')
          .select(['id', 'page', 'name', 'search'])
          .where(ownRows(person!, 'saved_view'))
          .orderBy('page')
          .orderBy('name')
          .execute()
        return accept({ items })
      },
    },
    keepView: {
      kind: 'command',
      run: async ({ body, person, at }, { tx, newId, touch }) => {
        const { count } = await tx
          .selectFrom('saved_view')
          .select(sql<bigint>`count(*)`.as('count'))
          .where('person_id', '=', person!.id)
          .where(sql<boolean>`(page, name) <> (${body.page}, ${body.name})`)
          .executeTakeFirstOrThrow()
        if (count >= MOST) return refuse('view.too_many', { maximum: MOST })
        const { jurisdiction } = world.site
        const taken = { search: body.search, saved_at: timestamp(at) }
        const { id } = await tx
          .insertInto('saved_view')
          .values({
            id: newId(),
            jurisdiction,
            district: jurisdiction,
            person_id: person!.id,
            page: body.page,
            name: body.name,
            ...taken,
          })
          .onConflict((conflict) => conflict.columns(['person_id', 'page', 'name']).doUpdateSet(taken))
          .returning('id')
          .executeTakeFirstOrThrow()
        touch({ kind: 'view', id })
        return accept({ subject: id })
      },
      view: async (subject, { db }, { body }) =>
        (await db
          .selectFrom('saved_view')
          .select(['id', 'page', 'name', 'search'])
          .where('id', '=', subject)
          .executeTakeFirst()) ?? { id: subject, ...body },
    },
    discardView: {
      kind: 'command',
      run: async ({ params, person }, { tx, touch }) => {
        touch({ kind: 'view', id: params.id })
        const row = await tx
          .selectFrom('saved_view')
          .select(ownRows(person!, 'saved_view').as('own'))
          .where('id', '=', params.id)
          .executeTakeFirst()
        if (row === undefined) return notFound('view')
        if (!row.own) return outOfScope('view.keep', 'view')
        await tx.deleteFrom('saved_view').where('id', '=', params.id).execute()
        return accept({ subject: params.id })
      },
      view: async () => ({ done: true as const }),
    },
  }
}
