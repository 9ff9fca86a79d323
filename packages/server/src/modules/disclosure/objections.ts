// Objections to a notice: filed by anybody within the period, answered by a reviewer. The contact is personal data and is
// shown masked; the public never sees it.
import { accept, refuse } from '@suanquan/core'
import { receiveObjection } from '@suanquan/core/disclosure'
import { maskName, maskPhone } from '@suanquan/core/party'
import { planRelease } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { mayTouch, mustStandAside, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { approvalOf, loadApplication, moveCase, nextNumber, reservedGrant } from '../application/index.ts'
import { planOf } from '../ledger/index.ts'
import { tell } from '../message/index.ts'
import { loadNotice } from './load.ts'

export function fileObjection(world: World): Handler<'fileObjection'> {
  return {
    kind: 'command',
    run: async ({ params, body, at, today }, { tx, newId, touch }) => {
      const notice = await loadNotice(tx, params.id)
      if (!notice) return notFound('notice')
      const id = newId()
      const { applicationNumber: applicationNo, statement } = body
      const received = receiveObjection(notice, { objectionNo: id, applicationNo, receivedAt: at, statement })
      if (!received.ok) return received
      const line = await tx
        .selectFrom('application')
        .select('id')
        .where('number', '=', applicationNo)
        .executeTakeFirstOrThrow()
      const row = (await loadApplication(tx, line.id, 'lock'))!
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      // A second objection to a case that is already stopped is added to it; the state does not move.
      if (row.state !== 'objected' && row.state !== 'hearing') {
        const moved = await moveCase(
          { tx, newId, at, today },
          { kind: 'application', row, workflow: row.workflow, inForce },
          { event: 'object', role: 'public', detail: { objectionId: id } },
        )
        if (!moved.ok) return moved
        await tx
          .updateTable('application')
          .set({ state: moved.value.to, deadline_on: moved.value.deadlineOn, updated_at: timestamp(at) })
          .where('id', '=', row.id)
          .execute()
      }
      await tx
        .insertInto('objection')
        .values({
          id,
          jurisdiction: row.jurisdiction,
          district: row.district,
          number: await nextNumber(tx, 'YY', inForce, today),
          notice_id: params.id,
          application_id: row.id,
          statement: body.statement,
          contact_name: body.contactName,
          contact_phone: body.contactPhone,
          filed_at: timestamp(at),
          outcome: 'open',
        })
        .execute()
      const told = { cause: `objection ${id}`, about: 'application' as const, aboutId: row.id }
      tell(tx, { ...told, kind: 'objection_received' }, { ...told, kind: 'objection_to_answer' })
      touch({ kind: 'objection', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }) =>
      db.selectFrom('objection').select(['id', 'number']).where('id', '=', subject).executeTakeFirstOrThrow(),
  }
}

export function listObjections(): Handler<'listObjections'> {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'objection', id: null })
      const found = db
        .selectFrom('objection')
        .innerJoin('application', 'application.id', 'objection.application_id')
        .innerJoin('organisation', 'organisation.id', 'application.organisation_id')
        .where(visibleRows(person!, 'objection.list', 'objection', 'application.organisation_id'))
      const { total } = await found.select(sql<bigint>`count(*)`.as('total')).executeTakeFirstOrThrow()
      const rows = await found
        .selectAll('objection')
        .select(['application.number as applicationNumber', 'organisation.name as organisationName'])
        .orderBy('filed_at', 'desc')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return accept({
        total: Number(total),
        items: rows.map((row) => ({
          id: row.id,
          number: row.number,
          noticeId: row.notice_id,
          applicationId: row.application_id,
          applicationNumber: row.applicationNumber,
          organisationName: row.organisationName,
          statement: row.statement,
          contactMasked: `${maskName(row.contact_name)} ${maskPhone(row.contact_phone)}`,
          filedAt: new Date(row.filed_at).toISOString(),
          outcome: row.outcome as 'open' | 'upheld' | 'dismissed',
          answer: row.answer,
        })),
      })
    },
  }
}

export function answerObjection(world: World): Handler<'answerObjection'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const objection = await tx
        .selectFrom('objection')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!objection) return notFound('objection')
      const row = (await loadApplication(tx, objection.application_id, 'lock'))!
      touch({ kind: 'objection', id: objection.id, organisationId: row.organisation_id })
      const target = { ...row, organisationIds: [row.organisation_id] }
      if (!mayTouch(person, 'objection.answer', target)) return outOfScope('objection.answer', 'objection')
      if (await mustStandAside(tx, person, row.organisation_id, [row.id]))
        return refuse('application.conflict_of_interest')
      if (objection.outcome !== 'open') return refuse('notice.objection_answered')
      if (row.state === 'hearing') return heardFirst(body.outcome)
      await tx
        .updateTable('objection')
        .set({
          outcome: body.outcome,
          answer: body.reason,
          answered_by: person!.id,
          answered_at: timestamp(at),
        })
        .where('id', '=', objection.id)
        .execute()
      const upheld = body.outcome === 'upheld'
      // A case that has ended meanwhile (withdrawn, or another objection upheld) does not move: its answer is kept.
      if (row.state !== 'objected') return accept({ subject: objection.id })
      if (!upheld && (await openObjections(tx, row.id)) > 0) return accept({ subject: objection.id })
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'application', row, workflow: row.workflow, inForce },
        {
          event: upheld ? 'uphold' : 'dismiss',
          role: 'reviewer',
          ...actedBy(person!, row, 'reviewer'),
          reason: body.reason,
          detail: { objectionId: objection.id },
        },
      )
      if (!moved.ok) return moved
      const closesOn = await closingDay(tx, objection.notice_id)
      await tx
        .updateTable('application')
        .set({
          state: moved.value.to,
          deadline_on: upheld ? null : closesOn,
          updated_at: timestamp(at),
          ...(upheld ? { approval: null } : {}),
        })
        .where('id', '=', row.id)
        .execute()
      if (!upheld) return accept({ subject: objection.id })
      const terms = await reservedGrant(tx, row, inForce)
      const plan = planOf<'application.transition_not_allowed'>(inForce, (books) =>
        planRelease(books, approvalOf(row)!, terms),
      )
      return accept({ subject: objection.id, plan })
    },
    view: async () => ({ done: true as const }),
  }
}

async function openObjections(db: Kysely<Tables>, applicationId: string): Promise<number> {
  const { count } = await db
    .selectFrom('objection')
    .select(sql<bigint>`count(*)`.as('count'))
    .where('application_id', '=', applicationId)
    .where('outcome', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function closingDay(db: Kysely<Tables>, noticeId: string): Promise<string> {
  const notice = await db
    .selectFrom('notice')
    .select('closes_on')
    .where('id', '=', noticeId)
    .executeTakeFirstOrThrow()
  return notice.closes_on
}

/** What the firm was asked to say is awaited before its objection is decided. */
function heardFirst(
  outcome: 'upheld' | 'dismissed',
): ReturnType<typeof refuse<'application.transition_not_allowed'>> {
  const event = outcome === 'upheld' ? 'uphold' : 'dismiss'
  return refuse('application.transition_not_allowed', { state: 'hearing', event })
}
