// What left and what did not, for administrators: no words of a message, no whole address. What failed or is uncertain is
// sent again by a person, with a reason.
import { deliveryStates, messageChannels, type AnswerOf, type Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { maskName } from '@suanquan/core/party'
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler, Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { maskAddress } from './letter.ts'
import { nameOf } from './words.ts'

type View = AnswerOf<Routes['listDeliveries']>

export function deliveryHandlers(world: World): Handlers<'listDeliveries' | 'retryDelivery'> {
  return { listDeliveries: listDeliveries(world), retryDelivery: retryDelivery() }
}

function listDeliveries(world: World): Handler<'listDeliveries'> {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'delivery', id: null })
      const visible = visibleRows(person!, 'delivery.read', 'delivery')
      const counts = await countsOf(db, visible)
      let found = db
        .selectFrom('delivery')
        .innerJoin('person', 'person.id', 'delivery.person_id')
        .leftJoin('contact', (join) =>
          join
            .onRef('contact.person_id', '=', 'delivery.person_id')
            .onRef('contact.channel', '=', 'delivery.channel'),
        )
        .where(visible)
      if (query.state !== undefined) found = found.where('delivery.state', '=', query.state)
      if (query.channel !== undefined) found = found.where('delivery.channel', '=', query.channel)
      const { total } = await found.select(sql<bigint>`count(*)`.as('total')).executeTakeFirstOrThrow()
      const rows = await found
        .selectAll('delivery')
        .select(['person.display_name', 'contact.address'])
        .orderBy('delivery.created_at', 'desc')
        .orderBy('delivery.id')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return accept({
        total: Number(total),
        counts,
        channels: messageChannels.map((channel) => ({
          channel,
          offered: world.channels[channel] !== undefined,
        })),
        items: rows.map(viewDelivery),
      })
    },
  }
}

type Row = Pick<
  Selectable<Tables['delivery']>,
  | 'id'
  | 'kind'
  | 'channel'
  | 'state'
  | 'attempts'
  | 'created_at'
  | 'next_at'
  | 'ended_at'
  | 'error'
  | 'retry_reason'
> & { readonly display_name: string; readonly address: string | null }

function viewDelivery(row: Row): View['items'][number] {
  return {
    id: row.id,
    kind: row.kind,
    name: nameOf(row.kind),
    channel: row.channel,
    personName: maskName(row.display_name),
    addressMasked: !row.address ? '' : maskAddress(row.channel, row.address),
    state: row.state,
    attempts: row.attempts,
    createdAt: new Date(row.created_at).toISOString(),
    nextAt: row.state === 'waiting' ? new Date(row.next_at).toISOString() : null,
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    error: row.error,
    retryReason: row.retry_reason,
  }
}

function retryDelivery(): Handler<'retryDelivery'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await tx
        .selectFrom('delivery')
        .select(['id', 'state', 'kind', 'jurisdiction', 'district'])
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return notFound('delivery')
      touch({ kind: 'delivery', id: row.id })
      if (!mayTouch(person, 'delivery.retry', { ...row, organisationIds: [] }))
        return outOfScope('delivery.retry', 'delivery')
      // a code is asked for anew by whoever needs it
      if (row.kind === 'code' || (row.state !== 'failed' && row.state !== 'uncertain'))
        return refuse('message.not_retryable')
      await tx
        .updateTable('delivery')
        .set({
          state: 'waiting',
          attempts: 0,
          next_at: timestamp(at),
          first_tried_at: null,
          ended_at: null,
          retried_by: person!.id,
          retry_reason: body.reason,
        })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: async () => ({ done: true as const }),
  }
}

/** @param which the deliveries that count, all when left out */
export async function countsOf(
  db: Kysely<Tables>,
  which: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<View['counts']> {
  const rows = await db
    .selectFrom('delivery')
    .select(['state', sql<bigint>`count(*)`.as('count')])
    .where(which)
    .groupBy('state')
    .execute()
  const counted = new Map(rows.map(({ state, count }) => [state, Number(count)]))
  return Object.fromEntries(deliveryStates.map((state) => [state, counted.get(state) ?? 0])) as View['counts']
}
