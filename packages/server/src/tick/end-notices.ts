import { canonicalText } from '@suanquan/core'
import type { Day, Instant } from '@suanquan/core/calendar'
import { closeNotice, type Objection } from '@suanquan/core/disclosure'
import { planGrant, type Approval, type GrantTerms } from '@suanquan/core/voucher'
import { timestamp } from '../database/index.ts'
import type { World } from '../http/world-options.ts'
import { eachCase, systemCommand, type SystemContext } from './system-command.ts'
import {
  type ApplicationRow,
  approvalOf,
  decidedProof,
  grantTermsOf,
  loadApplication,
  loadOrganisation,
  moveCase,
} from '../modules/application/index.ts'
import { loadNotice } from '../modules/disclosure/index.ts'
import { planOf } from '../modules/ledger/index.ts'
import { tell } from '../modules/message/index.ts'
import { loadContract } from '../modules/metering/index.ts'
import type { InForce } from '../modules/policy/index.ts'
import { startProject } from '../modules/project/index.ts'

/** 公示期满: applications without an open or upheld objection get their voucher, what is payable without one, or their project; the rest wait or have ended. */
export async function endNotices(
  world: World,
  at: Instant,
  today: Day,
): Promise<{ readonly issued: number; readonly awarded: number; readonly started: number }> {
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
  const made = { voucher: 0, payable: 0, project: 0 }
  const over: string[] = []
  for (const { id } of due) {
    const closed = closeNotice((await loadNotice(world.db, id))!, await objectionsOf(world, id), at)
    if (closed.ok) over.push(...closed.value.events.map(({ applicationNo }) => applicationNo))
  }
  await eachCase(over, async (number) => {
    const granted = await grant(world, at, today, number)
    if (granted !== null) made[granted] += 1
    return granted !== null
  })
  return { issued: made.voucher, awarded: made.payable, started: made.project }
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

type Made = InForce['way']['grants']['makes']

async function grant(world: World, at: Instant, today: Day, number: string): Promise<Made | null> {
  let granting: Made | null = null
  const done = await systemCommand(world, at, async (context) => {
    const { tx, newId } = context
    const found = await tx
      .selectFrom('application')
      .select('id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    const row = (await loadApplication(tx, found.id, 'lock'))!
    if (row.state !== 'announced') return null
    const inForce = await world.programmes.inForce(tx, row.adoption_id)
    const { event, makes } = inForce.way.grants
    granting = makes
    const moved = await moveCase(
      { tx, newId, at, today },
      { kind: 'application', row, workflow: row.workflow, inForce },
      { event, role: 'system', detail: { noticeId: row.notice_id } },
    )
    if (!moved.ok) return null
    if (makes === 'project') {
      const id = await startProject({ tx, newId, at, today }, row, { inForce, to: moved.value.to })
      return { action: `tick.${event}`, kind: 'project', id }
    }
    const approval = approvalOf(row)!
    const { credit_code: holder } = await loadOrganisation(tx, row.organisation_id)
    const terms = grantTermsOf(row, holder, inForce)
    const granted = { row, inForce, approval, holder }
    const id =
      terms.makes === 'voucher' ? await issue(context, granted, terms) : await award(context, granted, terms)
    await tx
      .updateTable('application')
      .set({
        state: moved.value.to,
        voucher_id: makes === 'voucher' ? id : null,
        deadline_on: null,
        updated_at: timestamp(at),
      })
      .where('id', '=', row.id)
      .execute()
    const plan = planOf(inForce, (books) => planGrant(books, approval, terms))
    return { action: `tick.${event}`, kind: makes === 'voucher' ? 'voucher' : 'claim', id, plan }
  })
  return done ? granting : null
}

interface Granted {
  readonly row: ApplicationRow
  readonly inForce: InForce
  readonly approval: Approval
  readonly holder: string
}

type Terms<Made> = Extract<GrantTerms, { makes: Made }>

async function issue(
  { tx, newId, today }: SystemContext,
  { row, approval, holder }: Granted,
  { number, usableUntil }: Terms<'voucher'>,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('voucher')
    .values({
      id,
      jurisdiction: row.jurisdiction,
      district: row.district,
      number,
      adoption_id: row.adoption_id,
      application_id: row.id,
      contract_id: row.contract_id!,
      holder_id: row.organisation_id,
      holder_credit_code: holder,
      amount_fen: approval.amountFen,
      issued_on: today,
      usable_until: usableUntil,
    })
    .execute()
  tell(tx, {
    kind: 'voucher_issued',
    cause: `voucher ${id}`,
    about: 'voucher',
    aboutId: id,
    caseDeadline: true,
  })
  return id
}

/** 使用后直补: what the notice confirmed is payable at once; it waits for a batch as every approved claim does. */
async function award(
  { tx, newId, at, today }: SystemContext,
  { row, inForce, approval, holder }: Granted,
  { number }: Terms<'payable'>,
): Promise<string> {
  const id = newId()
  const place = { jurisdiction: row.jurisdiction, district: row.district }
  const workflow = inForce.way.claim
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'claim', row: { ...place, id, state: workflow.initial }, workflow, inForce },
    { event: inForce.way.grants.event, role: 'system', detail: { applicationId: row.id } },
  )
  if (!moved.ok) throw new Error('what is granted without a voucher can be awarded')
  const { starts_on: from, ends_on: to } = await loadContract(tx, row.contract_id!)
  const proof = await decidedProof(tx, row.id)
  const { invoices = [], payments = [], deliveryCertificateId = null } = row.draft.proofs ?? {}
  const body = { periodFrom: from, periodTo: to, invoices, payments, deliveryCertificateId }
  await tx
    .insertInto('claim')
    .values({
      ...place,
      id,
      number,
      adoption_id: row.adoption_id,
      application_id: row.id,
      contract_id: row.contract_id!,
      organisation_id: row.organisation_id,
      payee_id: row.organisation_id,
      payee_credit_code: holder,
      state: moved.value.to,
      period_from: from,
      period_to: to,
      body: JSON.stringify(body),
      matched: canonicalText(proof),
      base_fen: proof.baseFen,
      payable_fen: approval.amountFen,
      approved_fen: approval.amountFen,
      submitted_at: timestamp(at),
      deadline_provisional: false,
    })
    .execute()
  return id
}
