// Publishing a notice: every application moves to `announced` in the same transaction, or none does.
import { accept, refuse, type Decision } from '@suanquan/core'
import { openNotice, type Notice } from '@suanquan/core/disclosure'
import { timestamp } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import {
  type ApplicationRow,
  giveNumber,
  loadApplication,
  loadOrganisation,
  moveCase,
  nextNumber,
} from '../application/index.ts'
import { type InForce, workingDaysOf } from '../policy/index.ts'
import { viewNotice } from './view.ts'

interface Publication {
  readonly id: string
  readonly inForce: InForce
  readonly asked: Asked<'publishNotice'>
  readonly context: CommandContext
}

interface Announced {
  readonly row: ApplicationRow
  readonly to: string
  readonly line: Notice['lines'][number]
}

export function publishNotice(world: World): Command<'publishNotice'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { tx, newId, touch } = context
      const { body, today } = asked
      const known = await tx
        .selectFrom('adoption')
        .select('id')
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!known) return notFound('adoption')
      const inForce = await world.programmes.inForce(tx, known.id)
      const publication = { id: newId(), inForce, asked, context }
      const announced: Announced[] = []
      for (const applicationId of [...new Set(body.applicationIds)].sort()) {
        const each = await announce(publication, applicationId)
        if (!each.ok) return each
        announced.push(each.value)
      }
      const noticeNo = await nextNumber(tx, 'GS', inForce, today)
      const workingDays = workingDaysOf(inForce.terms, 'notice') ?? 0
      const lines = announced.map(({ line }) => line)
      const notice = openNotice({ noticeNo, opensOn: today, workingDays, lines })
      if (!notice.ok) return notice
      await store(publication, notice.value, announced)
      const document = {
        kind: 'notice' as const,
        objectKind: 'notice',
        objectId: publication.id,
        position: 0,
      }
      await giveNumber(tx, inForce, { ...document, at: asked.at, today })
      touch({ kind: 'notice', id: publication.id })
      return accept({ subject: publication.id })
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

type AnnounceCode =
  | 'request.not_found'
  | 'request.forbidden'
  | 'notice.mixed_adoptions'
  | 'application.transition_not_allowed'

async function announce(
  { id, inForce, asked, context }: Publication,
  applicationId: string,
): Promise<Decision<Announced, AnnounceCode>> {
  const { tx, newId } = context
  const { person, at, today } = asked
  const row = await loadApplication(tx, applicationId, 'lock')
  if (!row) return notFound('application')
  if (row.adoption_id !== inForce.id) return refuse('notice.mixed_adoptions')
  const target = { ...row, organisationIds: [row.organisation_id] }
  if (!mayTouch(person, 'notice.publish', target)) return outOfScope('notice.publish', 'application')
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'application', row, workflow: row.workflow, inForce },
    { event: 'announce', role: 'reviewer', ...actedBy(person!, row, 'reviewer'), detail: { noticeId: id } },
  )
  if (!moved.ok) return moved
  const { name, credit_code: creditCode } = await loadOrganisation(tx, row.organisation_id)
  const line = { applicationNo: row.number, name, creditCode, amountFen: row.approved_fen!, subject: '' }
  return accept({ row, to: moved.value.to, line })
}

async function store(
  { id, inForce, asked, context: { tx } }: Publication,
  notice: Notice,
  announced: readonly Announced[],
): Promise<void> {
  const place = { jurisdiction: inForce.jurisdiction, district: inForce.jurisdiction }
  const { closesOn, provisional } = notice
  await tx
    .insertInto('notice')
    .values({
      ...place,
      id,
      number: notice.noticeNo,
      adoption_id: inForce.id,
      opens_on: notice.opensOn,
      working_days: notice.workingDays,
      closes_on: closesOn,
      provisional,
      published_by: asked.person!.id,
      published_at: timestamp(asked.at),
    })
    .execute()
  for (const { row, to } of announced) {
    const deadline = { deadline_on: closesOn, deadline_provisional: provisional }
    await tx
      .updateTable('application')
      .set({ state: to, notice_id: id, ...deadline, updated_at: timestamp(asked.at) })
      .where('id', '=', row.id)
      .execute()
    const line = { ...place, notice_id: id, application_id: row.id, amount_fen: row.approved_fen! }
    await tx.insertInto('notice_line').values(line).execute()
  }
}
