// People for reading: accounts with the roles they hold, and one person with all that happened to them.
import { type AnswerOf, type Role, type Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { administratorsApart } from '../site/index.ts'
import { openWork } from './open-work.ts'

type Person = AnswerOf<Routes['listPeople']>['items'][number]
type View = AnswerOf<Routes['readPerson']>
type Query = Parameters<Handler<'listPeople'>['run']>[0]['query']

export function listPeople(world: World): Handler<'listPeople'> {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'person', id: null })
      const visible = visibleRows(person!, 'person.list', 'person')
      const where = sql.join([visible, ...conditionsOf(query)], sql` and `)
      const counted = await sql<{
        total: bigint
      }>`select count(*) as total from person where ${where}`.execute(db)
      const items = await viewPeople(
        db,
        sql`where ${where} order by login limit ${query.size} offset ${(query.page - 1) * query.size}`,
      )
      const apart = await administratorsApart(db, world.site.jurisdiction)
      return accept({ total: Number(counted.rows[0]!.total), items, administratorsApart: apart })
    },
  }
}

function conditionsOf({ q, role, show }: Query): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = []
  if (q !== undefined && q !== '') {
    const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(sql`(login ilike ${like} or display_name ilike ${like} or exists (select from role_grant g
      join organisation o on o.id = g.organisation_id where g.person_id = person.id and o.name ilike ${like}))`)
  }
  if (role !== undefined)
    conditions.push(sql`exists (select from role_grant g where g.person_id = person.id and g.role = ${role})`)
  if (show === 'active') conditions.push(sql`active and password_hash is not null`)
  if (show === 'disabled') conditions.push(sql`not active`)
  if (show === 'waiting') conditions.push(sql`active and password_hash is null`)
  return conditions
}

interface Row {
  readonly id: string
  readonly login: string
  readonly display_name: string
  readonly active: boolean
  readonly enrolled: boolean
  readonly code_open: boolean
  readonly seen: number | null
}

async function viewPeople(db: Kysely<Tables>, which: RawBuilder<unknown>): Promise<Person[]> {
  const { rows } = await sql<Row>`
    select id, login, display_name, active, password_hash is not null as enrolled,
      exists (select from enrolment e where e.person_id = person.id and e.used_at is null) as code_open,
      (select max(seen_at) from session s where s.person_id = person.id) as seen
    from person ${which}`.execute(db)
  const grants = await grantsOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    login: row.login,
    displayName: row.display_name,
    active: row.active,
    enrolled: row.enrolled,
    codeOpen: row.code_open,
    lastSeenAt: row.seen === null ? null : new Date(row.seen).toISOString(),
    grants: grants.get(row.id) ?? [],
  }))
}

async function grantsOf(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Person['grants']>> {
  const rows = await db
    .selectFrom('role_grant')
    .leftJoin('organisation', 'organisation.id', 'role_grant.organisation_id')
    .leftJoin('person', 'person.id', 'role_grant.granted_by')
    .selectAll('role_grant')
    .select(['organisation.name', 'person.display_name'])
    .where('role_grant.person_id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .orderBy('granted_at')
    .orderBy('role_grant.id')
    .execute()
  const byPerson = new Map<string, Person['grants']>()
  for (const row of rows) {
    const list = byPerson.get(row.person_id) ?? []
    list.push({
      id: row.id,
      role: row.role as Role,
      district: row.district_limit,
      organisationId: row.organisation_id,
      organisationName: row.name,
      grantedBy: row.display_name,
      grantedAt: new Date(row.granted_at).toISOString(),
    })
    byPerson.set(row.person_id, list)
  }
  return byPerson
}

export function readPerson(world: World): Handler<'readPerson'> {
  return {
    kind: 'query',
    run: async ({ params, person: asker }, { db, touch }) => {
      touch({ kind: 'person', id: params.id })
      const row = await db
        .selectFrom('person')
        .select(['jurisdiction', 'district', 'created_at', 'locked_until'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (row === undefined) return notFound('person')
      if (!mayTouch(asker, 'person.list', { ...row, organisationIds: [] }))
        return outOfScope('person.list', 'person')
      const [person] = await viewPeople(db, sql`where id = ${params.id}`)
      const lockedUntil =
        row.locked_until !== null && row.locked_until > world.wallClock() ? row.locked_until : null
      return accept({
        ...person!,
        administratorsApart: await administratorsApart(db, world.site.jurisdiction),
        createdAt: new Date(row.created_at).toISOString(),
        lockedUntil: lockedUntil === null ? null : new Date(lockedUntil).toISOString(),
        acting: await actingOf(db, person!),
        events: await eventsOf(db, params.id),
        takenOver: await takenOver(db, params.id),
      })
    },
  }
}

async function actingOf(db: Kysely<Tables>, { id, grants }: Person): Promise<View['acting']> {
  const acting: View['acting'] = []
  for (const { role, organisationId, organisationName } of grants) {
    if (organisationId === null) continue
    const others = await sql<{ id: string; displayName: string }>`
      select distinct p.id, p.display_name as "displayName" from role_grant g join person p on p.id = g.person_id
      where g.organisation_id = ${organisationId} and g.role = ${role} and p.active and p.id <> ${id}
      order by p.display_name, p.id`.execute(db)
    acting.push({
      organisationId,
      organisationName: organisationName ?? '',
      role,
      others: others.rows,
      open: role === 'clerk' ? await openWork(db, organisationId) : [],
    })
  }
  return acting
}

async function eventsOf(db: Kysely<Tables>, personId: string): Promise<View['events']> {
  const rows = await db
    .selectFrom('person_event')
    .leftJoin('person', 'person.id', 'person_event.done_by')
    .selectAll('person_event')
    .select('person.display_name')
    .where('person_id', '=', personId)
    .orderBy('position', 'desc')
    .execute()
  return rows.map((row) => ({
    position: Number(row.position),
    at: new Date(row.at).toISOString(),
    event: row.event,
    detail: row.detail,
    reason: row.reason,
    doneBy: row.display_name,
  }))
}

async function takenOver(db: Kysely<Tables>, personId: string): Promise<View['takenOver']> {
  const rows = await db
    .selectFrom('hand_over')
    .innerJoin('organisation', 'organisation.id', 'hand_over.organisation_id')
    .innerJoin('person', 'person.id', 'hand_over.from_person')
    .select(['at', 'items', 'organisation.name', 'person.display_name'])
    .where('to_person', '=', personId)
    .orderBy('at', 'desc')
    .execute()
  return rows.map((row) => ({
    at: new Date(row.at).toISOString(),
    organisationName: row.name,
    from: row.display_name,
    items: row.items as View['takenOver'][number]['items'],
  }))
}

export function listActing(): Handler<'listActing'> {
  return {
    kind: 'query',
    run: async ({ query }, { db, touch }) => {
      touch({ kind: 'organisation', id: null })
      const like = `%${(query.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
      const { rows } = await sql<Acting>`
        select o.id as "organisationId", o.name as "organisationName", o.credit_code as "creditCode",
          coalesce((select json_agg(distinct jsonb_build_object('id', p.id, 'displayName', p.display_name, 'role', g.role,
              'active', p.active)) from role_grant g join person p on p.id = g.person_id
            where g.organisation_id = o.id), '[]') as people,
          (select count(*) from application a where a.organisation_id = o.id
            and a.state not in ('granted', 'refused', 'withdrawn', 'closed', 'paid'))
          + (select count(*) from claim c where c.organisation_id = o.id and c.state in ('submitted', 'appealed', 'approved', 'batched')) as open
        from organisation o where o.name ilike ${like} or o.credit_code ilike ${like} order by o.name`.execute(
        db,
      )
      const all = rows.map((row) => {
        const open = Number(row.open)
        const attended = row.people.some(({ role, active }) => active && role === 'clerk')
        return { ...row, open, unattended: open > 0 && !attended }
      })
      const unattended = all.filter((row) => row.unattended)
      const items = query.show === 'unattended' ? unattended : all
      const start = (query.page - 1) * query.size
      const page = items.slice(start, start + query.size)
      return accept({ total: items.length, items: page, unattended: unattended.length })
    },
  }
}

interface Acting {
  readonly organisationId: string
  readonly organisationName: string
  readonly creditCode: string
  readonly people: { id: string; displayName: string; role: Role; active: boolean }[]
  readonly open: bigint
}
