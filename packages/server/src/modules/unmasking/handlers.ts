// 查看原文: the only route that gives personal data whole is the reading of a record under an unmasking: one record, one
// person, one stated purpose, a quarter of an hour by the wall clock. Both the asking and each reading stand in the trail.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { thingsOf } from '../audit/index.ts'
import { placeOf, READ_BY, valuesOf } from './records.ts'

type View = AnswerOf<Routes['unmask']>

const VALID_MS = 15 * 60_000

type Name = 'unmask' | 'readUnmasked' | 'listUnmaskings'

export function unmaskingHandlers(world: World): Handlers<Name> {
  return { unmask: unmask(world), readUnmasked: readUnmasked(world), listUnmaskings: listUnmaskings() }
}

function unmask(world: World): Handlers<Name>['unmask'] {
  return {
    kind: 'command',
    run: async ({ body, person }, { tx, newId, touch }) => {
      const { about, objectId, purpose, reason } = body
      const place = await placeOf(tx, about, objectId)
      if (place === undefined) return notFound(about)
      const { organisation_id: firm } = place
      touch({ kind: about, id: objectId, organisationId: firm })
      const target = { ...place, organisationIds: firm === null ? [] : [firm] }
      for (const action of ['personal.unmask', READ_BY[about]] as const) {
        if (!mayTouch(person, action, target)) return outOfScope(action, about)
      }
      const id = newId()
      const at = world.wallClock()
      await tx
        .insertInto('unmasking')
        .values({
          id,
          jurisdiction: place.jurisdiction,
          district: place.district,
          person_id: person!.id,
          about,
          object_id: objectId,
          organisation_id: firm,
          purpose,
          reason,
          granted_at: timestamp(at),
          valid_until: timestamp(at + VALID_MS),
        })
        .execute()
      return accept({ subject: id })
    },
    view: async (subject, { db }) => (await viewUnmaskings(db, sql`u.id = ${subject}`, [1, 0]))[0]!,
  }
}

function readUnmasked(world: World): Handlers<Name>['readUnmasked'] {
  return {
    kind: 'query',
    run: async ({ params, person }, { db, touch }) => {
      const row = await db.selectFrom('unmasking').selectAll().where('id', '=', params.id).executeTakeFirst()
      if (row === undefined) return notFound('unmasking')
      if (row.person_id !== person!.id) return outOfScope('personal.unmask', 'unmasking')
      touch({ kind: row.about, id: row.object_id, organisationId: row.organisation_id })
      const place = (await placeOf(db, row.about, row.object_id))!
      const { organisation_id: firm } = place
      const target = { ...place, organisationIds: firm === null ? [] : [firm] }
      if (!mayTouch(person, 'personal.unmask', target)) return outOfScope('personal.unmask', 'unmasking')
      if (!mayTouch(person, READ_BY[row.about], target)) return outOfScope(READ_BY[row.about], 'unmasking')
      if (world.wallClock() >= row.valid_until) return refuse('unmasking.over')
      const validUntil = new Date(row.valid_until).toISOString()
      return accept({ validUntil, values: await valuesOf(db, row.about, row.object_id) })
    },
  }
}

function listUnmaskings(): Handlers<Name>['listUnmaskings'] {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'unmasking', id: null })
      const conditions = [visibleRows(person!, 'audit.read', 'u', 'u.organisation_id')]
      if (query.purpose !== undefined) conditions.push(sql`u.purpose = ${query.purpose}`)
      if (query.q !== undefined && query.q !== '') {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        conditions.push(sql`(p.display_name ilike ${like} or o.name ilike ${like} or u.reason ilike ${like})`)
      }
      const which = sql`${sql.join(conditions, sql` and `)}`
      const { rows } = await sql<{ total: bigint }>`select count(*) as total from unmasking u
        join person p on p.id = u.person_id left join organisation o on o.id = u.organisation_id
        where ${which}`.execute(db)
      const items = await viewUnmaskings(db, which, [query.size, (query.page - 1) * query.size])
      return accept({ total: Number(rows[0]!.total), items })
    },
  }
}

type Row = Omit<View, 'grantedAt' | 'validUntil' | 'label'> & { readonly from: number; readonly to: number }

async function viewUnmaskings(
  db: Kysely<Tables>,
  which: RawBuilder<unknown>,
  [limit, offset]: readonly [number, number],
): Promise<View[]> {
  const { rows } = await sql<Row>`
    select u.id, u.about, u.object_id as "objectId", o.name as "organisationName", p.display_name as "personName",
      u.purpose, u.reason, u.granted_at as "from", u.valid_until as "to"
    from unmasking u join person p on p.id = u.person_id left join organisation o on o.id = u.organisation_id
    where ${which} order by u.granted_at desc, u.id limit ${limit} offset ${offset}`.execute(db)
  const things = await thingsOf(
    db,
    rows.map(({ objectId }) => objectId),
  )
  return rows.map(({ from, to, ...row }) => ({
    ...row,
    label: things.get(row.objectId)?.label ?? row.objectId,
    grantedAt: new Date(from).toISOString(),
    validUntil: new Date(to).toISOString(),
  }))
}
