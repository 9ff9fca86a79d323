// Publishing a notice: every application moves to `announced` in the same transaction, or none does.
import { accept, refuse } from '@suanquan/core'
import { openNotice } from '@suanquan/core/disclosure'
import { timestamp } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { forbidden, mayTouch, notFound } from '../../identity/scope.ts'
import { loadApplication, loadOrganisation } from '../application/load.ts'
import { moveCase } from '../application/move.ts'
import { nextNumber } from '../application/number.ts'
import { workingDaysOf } from '../policy/programmes.ts'
import { viewNotice } from './view.ts'

export function publishNotice(world: World): Handler<'publishNotice'> {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      const known = await tx
        .selectFrom('adoption')
        .select('id')
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!known) return notFound('adoption')
      const inForce = await world.programmes.inForce(tx, body.adoptionId)
      const id = newId()
      const rows = []
      const lines = []
      for (const applicationId of [...new Set(body.applicationIds)].sort()) {
        const row = await loadApplication(tx, applicationId, 'lock')
        if (!row) return notFound('application')
        if (row.adoption_id !== inForce.id) return refuse('notice.mixed_adoptions')
        const target = { ...row, organisationIds: [row.organisation_id] }
        if (!mayTouch(person, 'notice.publish', target)) return forbidden('notice.publish')
        const moved = await moveCase(tx, newId, {
          ...{ kind: 'application', id: row.id, workflow: row.workflow, from: row.state, event: 'announce' },
          ...{
            role: 'reviewer',
            actorId: person!.id,
            reason: null,
            detail: { noticeId: id },
            at,
            today,
            inForce,
          },
          ...{ jurisdiction: row.jurisdiction, district: row.district },
        })
        if (!moved.ok) return moved
        const { name, credit_code: creditCode } = await loadOrganisation(tx, row.organisation_id)
        rows.push({ row, to: moved.value.to })
        lines.push({ applicationNo: row.number, name, creditCode, amountFen: row.approved_fen!, subject: '' })
      }
      const noticeNo = await nextNumber(tx, 'GS', inForce, today)
      const workingDays = workingDaysOf(inForce.terms, 'notice') ?? 0
      const notice = openNotice({ noticeNo, opensOn: today, workingDays, lines })
      if (!notice.ok) return notice
      const { closesOn, provisional } = notice.value
      const place = { jurisdiction: inForce.jurisdiction, district: inForce.jurisdiction }
      await tx
        .insertInto('notice')
        .values({
          ...{
            ...place,
            id,
            number: noticeNo,
            adoption_id: inForce.id,
            opens_on: today,
            working_days: workingDays,
          },
          ...{ closes_on: closesOn, provisional, published_by: person!.id, published_at: timestamp(at) },
        })
        .execute()
      for (const { row, to } of rows) {
        await tx
          .updateTable('application')
          .set({
            state: to,
            notice_id: id,
            deadline_on: closesOn,
            deadline_provisional: provisional,
            updated_at: timestamp(at),
          })
          .where('id', '=', row.id)
          .execute()
        const line = { ...place, notice_id: id, application_id: row.id, amount_fen: row.approved_fen! }
        await tx.insertInto('notice_line').values(line).execute()
      }
      touch({ kind: 'notice', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }, { today }) => {
      const row = await db
        .selectFrom('notice')
        .selectAll()
        .where('id', '=', subject)
        .executeTakeFirstOrThrow()
      return viewNotice(world, db, row, today)
    },
  }
}
