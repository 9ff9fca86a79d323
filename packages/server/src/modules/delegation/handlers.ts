// 委托代办: made and ended by whoever gives it; it begins and ends with its days. The deputy is of the office, acts for no
// firm and is no administrator; a conflict of either of the two bars both (`mustStandAside`).
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { addDays, type Day } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound, outOfScope } from '../../identity/scope.ts'

type Names = 'makeDelegation' | 'listDelegations' | 'listDeputies' | 'endDelegation'
type View = AnswerOf<Routes['makeDelegation']>

const LONGEST_DAYS = 366

export function delegationHandlers(world: World): Handlers<Names> {
  return {
    makeDelegation: makeDelegation(world),
    listDelegations: {
      kind: 'query',
      run: async ({ person, today }, { db, touch }) => {
        touch({ kind: 'delegation', id: null })
        const all = person!.grants.some(
          ({ role }) => role !== 'reviewer' && role !== 'clerk' && role !== 'provider',
        )
        const own = sql`(d.from_person = ${person!.id} or d.to_person = ${person!.id})`
        const here = sql`d.jurisdiction = ${world.site.jurisdiction}`
        const which = all ? here : sql`${here} and ${own}`
        return accept({ items: await viewDelegations(db, which, { person: person!, today }) })
      },
    },
    listDeputies: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'person', id: null })
        return accept({ items: await deputies(db, world.site.jurisdiction, person!.id) })
      },
    },
    endDelegation: {
      kind: 'command',
      run: async ({ params, person, at, today }, { tx, touch }) => {
        const row = await tx
          .selectFrom('delegation')
          .selectAll()
          .where('id', '=', params.id)
          .forUpdate()
          .executeTakeFirst()
        if (row === undefined) return notFound('delegation')
        touch({ kind: 'delegation', id: row.id })
        const here = person!.grants.some((grant) => grant.jurisdiction === row.jurisdiction)
        if (!here || row.from_person !== person!.id) return outOfScope('delegation.make', 'delegation')
        if (row.ended_at !== null || row.ends_on < today) return refuse('delegation.over')
        const ended = { ended_by: person!.id, ended_at: timestamp(at) }
        await tx.updateTable('delegation').set(ended).where('id', '=', row.id).execute()
        return accept({ subject: row.id })
      },
      view: async () => ({ done: true as const }),
    },
  }
}

function makeDelegation({ site: { jurisdiction } }: World): Handlers<Names>['makeDelegation'] {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      const { deputy: deputyId, district, startsOn, endsOn, reason } = body
      touch({ kind: 'delegation', id: null })
      if (startsOn < today || endsOn < startsOn || endsOn > addDays(startsOn, LONGEST_DAYS))
        return refuse('delegation.days_wrong')
      // what is held for another is not handed on
      const own = person!.grants.filter(
        ({ role, forPersonId }) => role === 'reviewer' && forPersonId === undefined,
      )
      if (!own.some((grant) => district === null || grant.district === null || grant.district === district))
        return refuse('delegation.district_not_yours', { district: district ?? '' })
      const fit = await deputies(tx, jurisdiction, person!.id)
      if (!fit.some(({ id }) => id === deputyId)) {
        const found = await tx
          .selectFrom('person')
          .select('display_name')
          .where('id', '=', deputyId)
          .where('jurisdiction', '=', jurisdiction)
          .executeTakeFirst()
        return refuse('delegation.unfit_deputy', { name: found?.display_name ?? deputyId })
      }
      const same = await tx
        .selectFrom('delegation')
        .select('id')
        .where('from_person', '=', person!.id)
        .where('to_person', '=', deputyId)
        .where('ended_at', 'is', null)
        .where('starts_on', '<=', endsOn)
        .where('ends_on', '>=', startsOn)
        .executeTakeFirst()
      if (same !== undefined) return refuse('delegation.exists')
      const id = newId()
      await tx
        .insertInto('delegation')
        .values({
          id,
          jurisdiction,
          district: district ?? jurisdiction,
          from_person: person!.id,
          to_person: deputyId,
          district_limit: district,
          starts_on: startsOn,
          ends_on: endsOn,
          reason,
          made_by: person!.id,
          made_at: timestamp(at),
        })
        .execute()
      touch({ kind: 'delegation', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }, { person, today }) =>
      (await viewDelegations(db, sql`d.id = ${subject}`, { person: person!, today }))[0]!,
  }
}

/** People of the office: active, for no firm, no expert and no administrator. */
async function deputies(
  db: Kysely<Tables>,
  jurisdiction: string,
  except: string,
): Promise<{ id: string; displayName: string }[]> {
  const { rows } = await sql<{ id: string; displayName: string }>`
    select p.id, p.display_name as "displayName" from person p
    where p.active and p.id <> ${except} and p.jurisdiction = ${jurisdiction}
      and exists (select from role_grant g where g.person_id = p.id and g.jurisdiction = ${jurisdiction}
        and g.role in ('reviewer', 'policy_author'))
      and not exists (select from role_grant g where g.person_id = p.id
        and (g.organisation_id is not null or g.role not in ('reviewer', 'policy_author')))
    order by p.display_name, p.id`.execute(db)
  return rows
}

async function viewDelegations(
  db: Kysely<Tables>,
  which: RawBuilder<unknown>,
  { person, today }: { readonly person: Person; readonly today: Day },
): Promise<View[]> {
  const { rows } = await sql<
    Omit<View, 'madeAt' | 'state' | 'given'> & { readonly at: number; readonly ended: boolean }
  >`select d.id, d.from_person as "fromId", giver.display_name as "fromName", d.to_person as "toId",
      deputy.display_name as "toName", d.district_limit as district, d.starts_on as "startsOn", d.ends_on as "endsOn",
      d.reason, d.made_at as at, d.ended_at is not null as ended
    from delegation d join person giver on giver.id = d.from_person join person deputy on deputy.id = d.to_person
    where ${which} order by d.starts_on desc, d.id limit 200`.execute(db)
  return rows.map(({ at, ended, ...row }) => ({
    ...row,
    madeAt: new Date(at).toISOString(),
    state: ended || row.endsOn < today ? 'over' : row.startsOn > today ? 'to_come' : 'running',
    given: row.fromId === person.id,
  }))
}
