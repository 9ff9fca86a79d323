// Messages as their readers see them, and to the offices that wrote: who was told, and who has read it when.
import { messageKindNames, type AnswerOf, type MessageKindName, type Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { workingDaysLeft, type Day } from '@suanquan/core/calendar'
import { sql, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler, Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { deliveryHandlers } from './deliveries.ts'
import { settingsHandlers } from './settings.ts'
import { stillTheirs } from './still-theirs.ts'
import { unread } from './unread.ts'
import { bodyOf, nameOf, titleOf } from './words.ts'

type View = AnswerOf<Routes['listMessages']>['items'][number]
type Own = 'countUnread' | 'listMessages' | 'readMessage' | 'readAllMessages' | 'listReceipts'

export function messageHandlers(
  world: World,
): Handlers<Own | keyof ReturnType<typeof settingsHandlers> | keyof ReturnType<typeof deliveryHandlers>> {
  return {
    countUnread: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'message', id: null })
        const { count } = await db
          .selectFrom('message')
          .select(sql<bigint>`count(*)`.as('count'))
          .where('person_id', '=', person!.id)
          .where('in_portal', '=', true)
          .where(unread)
          .where(stillTheirs('message'))
          .executeTakeFirstOrThrow()
        return accept({ unread: Number(count) })
      },
    },
    listMessages: listMessages(),
    readMessage: {
      kind: 'command',
      run: async ({ params, person, at }, { tx, touch }) => {
        touch({ kind: 'message', id: params.id })
        const row = await tx
          .selectFrom('message')
          .select(['person_id', 'in_portal', stillTheirs('message').as('theirs')])
          .where('id', '=', params.id)
          .executeTakeFirst()
        if (row === undefined || !row.in_portal) return notFound('message')
        if (row.person_id !== person!.id || !row.theirs) return outOfScope('message.read', 'message')
        await tx
          .updateTable('message')
          .set({ read_at: timestamp(at) })
          .where('id', '=', params.id)
          .where('read_at', 'is', null)
          .execute()
        return accept({ subject: params.id })
      },
      view: async () => ({ done: true as const }),
    },
    readAllMessages: {
      kind: 'command',
      run: async ({ person, at }, { tx, touch }) => {
        touch({ kind: 'message', id: null })
        await tx
          .updateTable('message')
          .set({ read_at: timestamp(at) })
          .where('person_id', '=', person!.id)
          .where('in_portal', '=', true)
          .where('read_at', 'is', null)
          .where(stillTheirs('message'))
          .execute()
        return accept({ subject: person!.id })
      },
      view: async () => ({ done: true as const }),
    },
    listReceipts: listReceipts(),
    ...settingsHandlers(world),
    ...deliveryHandlers(world),
  }
}

function listMessages(): Handler<'listMessages'> {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'message', id: null })
      const own = db
        .selectFrom('message')
        .where('person_id', '=', person!.id)
        .where('in_portal', '=', true)
        .where(stillTheirs('message'))
      let found = own
      if (query.show === 'unread') found = found.where(unread)
      if (query.show === 'read') found = found.where(sql<boolean>`not ${unread}`)
      if (query.show === 'deadline') found = found.where('deadline_on', '>=', today)
      if (query.q) {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where(
          sql<boolean>`concat_ws(' ', params ->> 'number', params ->> 'organisation') ilike ${like}`,
        )
      }
      const count = sql<bigint>`count(*)`.as('count')
      const { count: total } = await found.select(count).executeTakeFirstOrThrow()
      const left = await own.where(unread).select(count).executeTakeFirstOrThrow()
      const rows = await found
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return accept({
        total: Number(total),
        unread: Number(left.count),
        items: rows.map((row) => viewMessage(row, today)),
      })
    },
  }
}

function viewMessage(row: Selectable<Tables['message']>, today: Day): View {
  const { fields } = row.params
  const left = row.deadline_on === null ? null : workingDaysLeft(today, row.deadline_on)
  return {
    id: row.id,
    kind: row.kind as MessageKindName,
    title: titleOf(row.kind, row.params),
    body: bodyOf(row.kind, row.params),
    about: row.about as View['about'],
    aboutId: row.about_id,
    fields: Array.isArray(fields) ? [...fields] : [],
    deadlineOn: row.deadline_on,
    workingDaysLeft: left === null || !left.ok ? null : left.value.days,
    at: new Date(row.at).toISOString(),
    readAt: row.read_at === null ? null : new Date(row.read_at).toISOString(),
  }
}

/** For whoever wrote to a firm about a case: its people, and since when each knows. */
function listReceipts(): Handler<'listReceipts'> {
  return {
    kind: 'query',
    run: async ({ params, person }, { db, touch }) => {
      const row = await db
        .selectFrom('application')
        .select(['id', 'jurisdiction', 'district', 'organisation_id', sql<string>`'application'`.as('kind')])
        .where('id', '=', params.id)
        .where('state', '<>', 'draft')
        .unionAll(
          db
            .selectFrom('claim')
            .select(['id', 'jurisdiction', 'district', 'organisation_id', sql<string>`'claim'`.as('kind')])
            .where('id', '=', params.id),
        )
        .executeTakeFirst()
      if (row === undefined) return notFound('application')
      touch({ kind: row.kind, id: row.id, organisationId: row.organisation_id })
      const target = { ...row, organisationIds: [row.organisation_id] }
      if (!mayTouch(person, 'receipt.read', target)) return outOfScope('receipt.read', 'application')
      const rows = await db
        .selectFrom('message')
        .innerJoin('person', 'person.id', 'message.person_id')
        .select(['cause', 'kind', 'at', 'deadline_on', 'read_at', 'display_name'])
        .where('about_id', '=', params.id)
        .where('message.organisation_id', 'is not', null)
        .where('in_portal', '=', true)
        .where('kind', 'in', messageKindNames)
        .orderBy('at', 'desc')
        .orderBy('cause')
        .orderBy('message.id')
        .execute()
      const causes = [...new Set(rows.map(({ cause }) => cause))]
      return accept({
        items: causes.map((cause) => {
          const told = rows.filter((each) => each.cause === cause)
          const { kind, at, deadline_on: deadlineOn } = told[0]!
          return {
            kind: kind as MessageKindName,
            name: nameOf(kind),
            at: new Date(at).toISOString(),
            deadlineOn,
            readers: told.map((each) => ({
              personName: each.display_name,
              readAt: each.read_at === null ? null : new Date(each.read_at).toISOString(),
            })),
          }
        }),
      })
    },
  }
}
