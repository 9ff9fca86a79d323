import type { Day, Instant } from '@suanquan/core/calendar'
import { closeNotice, type Objection } from '@suanquan/core/disclosure'
import { planIssue } from '@suanquan/core/voucher'
import { timestamp } from '../database/index.ts'
import type { World } from '../http/world-options.ts'
import { systemCommand } from './system-command.ts'
import {
  approvalOf,
  loadApplication,
  loadOrganisation,
  moveCase,
  voucherTermsOf,
} from '../modules/application/index.ts'
import { loadNotice } from '../modules/disclosure/index.ts'
import { planOf } from '../modules/ledger/index.ts'

/** 公示期满: applications without an open or upheld objection get their voucher; the rest wait or have ended. */
export async function endNotices(world: World, at: Instant, today: Day): Promise<number> {
  const due = await world.db
    .selectFrom('notice')
    .innerJoin('application', 'application.notice_id', 'notice.id')
    .select('notice.id')
    .distinct()
    .where('notice.closes_on', '<', today)
    .where('notice.provisional', '=', false)
    .where('application.state', '=', 'announced')
    .orderBy('notice.id')
    .execute()
  let issued = 0
  for (const { id } of due) {
    const closed = closeNotice((await loadNotice(world.db, id))!, await objectionsOf(world, id), at)
    if (!closed.ok) continue
    for (const { applicationNo } of closed.value.events)
      if (await issue(world, at, today, applicationNo)) issued += 1
  }
  return issued
}

async function objectionsOf(world: World, noticeId: string): Promise<Objection[]> {
  const rows = await world.db
    .selectFrom('objection')
    .innerJoin('application', 'application.id', 'objection.application_id')
    .select(['objection.number', 'application.number as applicationNo', 'filed_at', 'statement', 'outcome'])
    .where('objection.notice_id', '=', noticeId)
    .execute()
  return rows.map((row) => ({
    objectionNo: row.number,
    applicationNo: row.applicationNo,
    receivedAt: row.filed_at,
    statement: row.statement,
    status: row.outcome as Objection['status'],
  }))
}

async function issue(world: World, at: Instant, today: Day, number: string): Promise<boolean> {
  return systemCommand(world, at, async ({ tx, newId }) => {
    const found = await tx
      .selectFrom('application')
      .select('id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    const row = (await loadApplication(tx, found.id, 'lock'))!
    if (row.state !== 'announced') return null
    const inForce = await world.programmes.inForce(tx, row.adoption_id)
    const moved = await moveCase(
      { tx, newId, at, today },
      { kind: 'application', row, workflow: row.workflow, inForce },
      { event: 'issue', role: 'system', detail: { noticeId: row.notice_id } },
    )
    if (!moved.ok) return null
    const approval = approvalOf(row)!
    const { credit_code: holder } = await loadOrganisation(tx, row.organisation_id)
    const terms = voucherTermsOf(row, holder, inForce)
    const voucherId = newId()
    await tx
      .insertInto('voucher')
      .values({
        id: voucherId,
        jurisdiction: row.jurisdiction,
        district: row.district,
        number: terms.number,
        adoption_id: row.adoption_id,
        application_id: row.id,
        contract_id: row.contract_id!,
        holder_id: row.organisation_id,
        holder_credit_code: holder,
        amount_fen: approval.amountFen,
        issued_on: today,
        usable_until: terms.usableUntil,
      })
      .execute()
    await tx
      .updateTable('application')
      .set({ state: moved.value.to, voucher_id: voucherId, deadline_on: null, updated_at: timestamp(at) })
      .where('id', '=', row.id)
      .execute()
    const plan = planOf(inForce, (books) => planIssue(books, approval, terms))
    return { action: 'tick.issue', kind: 'voucher', id: voucherId, plan }
  })
}
