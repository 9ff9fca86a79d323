// 离岗申报: a clerk or a provider's engineer announces the own leave; an administrator hands over or says why not.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { handOverTo } from './roles.ts'

type Names = 'announceLeave' | 'listOwnLeaves' | 'withdrawLeave' | 'listLeaves' | 'decideLeave'
type View = AnswerOf<Routes['announceLeave']>

export function leaveHandlers(world: World): Handlers<Names> {
  return {
    announceLeave: announceLeave(),
    listOwnLeaves: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'leave', id: null })
        const rows = await leaves(db)
          .where('leave_announcement.person_id', '=', person!.id)
          .where('leave_announcement.jurisdiction', '=', world.site.jurisdiction)
          .execute()
        return accept({ items: rows.map(viewLeave) })
      },
    },
    withdrawLeave: {
      kind: 'command',
      run: async ({ params, person, at }, { tx, touch }) => {
        const row = await lockLeave(tx, params.id)
        if (row === undefined) return notFound('leave')
        touch({ kind: 'leave', id: row.id, organisationId: row.organisation_id })
        const mine = mayTouch(person, 'leave.announce', { ...row, organisationIds: [row.organisation_id] })
        if (!mine || row.person_id !== person!.id) return outOfScope('leave.announce', 'leave')
        if (row.state !== 'open') return refuse('leave.decided')
        await tx
          .updateTable('leave_announcement')
          .set({ state: 'withdrawn', decided_at: timestamp(at), decided_by: person!.id })
          .where('id', '=', row.id)
          .execute()
        return accept({ subject: row.id })
      },
      view: async () => ({ done: true as const }),
    },
    listLeaves: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'leave', id: null })
        const visible = visibleRows(person!, 'person.list', 'leave_announcement')
        const rows = await leaves(db).where(visible).limit(200).execute()
        const items = rows.map(viewLeave)
        return accept({ items, open: items.filter(({ state }) => state === 'open').length })
      },
    },
    decideLeave: decideLeave(world),
  }
}

function announceLeave(): Handlers<Names>['announceLeave'] {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      const organisation = await tx
        .selectFrom('organisation')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.organisationId)
        .executeTakeFirst()
      if (!organisation) return notFound('organisation')
      touch({ kind: 'leave', id: null, organisationId: organisation.id })
      const { jurisdiction, district } = organisation
      if (!mayTouch(person, 'leave.announce', { jurisdiction, district, organisationIds: [organisation.id] }))
        return outOfScope('leave.announce', 'organisation')
      const id = newId()
      const stored = await tx
        .insertInto('leave_announcement')
        .values({
          id,
          jurisdiction,
          district,
          person_id: person!.id,
          organisation_id: organisation.id,
          successor: body.successor,
          leaves_on: body.leavesOn,
          reason: body.reason,
          announced_at: timestamp(at),
          state: 'open',
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n) return refuse('leave.announced')
      touch({ kind: 'leave', id, organisationId: organisation.id })
      return accept({ subject: id })
    },
    view: (subject, { db }) => readLeave(db, subject),
  }
}

function decideLeave(world: World): Handlers<Names>['decideLeave'] {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, newId, touch }) => {
      const row = await lockLeave(tx, params.id)
      if (row === undefined) return notFound('leave')
      touch({ kind: 'leave', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'role.grant', row)) return outOfScope('role.grant', 'leave')
      if (row.state !== 'open') return refuse('leave.decided')
      if (row.person_id === person!.id) return refuse('person.own_account')
      let handOverId: string | null = null
      if (body.decision === 'approve') {
        if (body.successorId === null) return refuse('leave.successor_needed')
        const { person_id: leaverId, organisation_id: organisationId } = row
        const { successorId, reason } = body
        const done = await handOverTo(
          { tx, newId, world, by: person!.id, at },
          { leaverId, successorId, organisationId, reason },
        )
        if (!done.ok) return done
        handOverId = done.value.subject
      }
      await tx
        .updateTable('leave_announcement')
        .set({
          state: body.decision === 'approve' ? 'approved' : 'refused',
          hand_over_id: handOverId,
          decided_by: person!.id,
          decided_at: timestamp(at),
          decision_reason: body.reason,
        })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }) => readLeave(db, subject),
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function lockLeave(db: Kysely<Tables>, id: string) {
  return db
    .selectFrom('leave_announcement')
    .select(['id', 'jurisdiction', 'district', 'person_id', 'organisation_id', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function leaves(db: Kysely<Tables>) {
  return db
    .selectFrom('leave_announcement')
    .innerJoin('person', 'person.id', 'leave_announcement.person_id')
    .innerJoin('organisation', 'organisation.id', 'leave_announcement.organisation_id')
    .selectAll('leave_announcement')
    .select(['person.display_name as displayName', 'organisation.name as organisationName'])
    .orderBy(sql`leave_announcement.state = 'open'`, 'desc')
    .orderBy('announced_at', 'desc')
}

async function readLeave(db: Kysely<Tables>, id: string): Promise<View> {
  return viewLeave(await leaves(db).where('leave_announcement.id', '=', id).executeTakeFirstOrThrow())
}

function viewLeave(row: Awaited<ReturnType<ReturnType<typeof leaves>['executeTakeFirstOrThrow']>>): View {
  return {
    id: row.id,
    personId: row.person_id,
    displayName: row.displayName,
    organisationId: row.organisation_id,
    organisationName: row.organisationName,
    successor: row.successor,
    leavesOn: row.leaves_on,
    reason: row.reason,
    announcedAt: new Date(row.announced_at).toISOString(),
    state: row.state,
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
    decisionReason: row.decision_reason,
  }
}
