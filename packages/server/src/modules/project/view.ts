// A project as its firm and the offices see it: where it stands, until when, what it is paid and what is taken back.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { allowedEvents } from '@suanquan/core/application'
import { addDays, workingDaysLeft, type Day } from '@suanquan/core/calendar'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { actorsOf, type ApplicationRow, type Reader, viewEvents, viewStanding } from '../application/index.ts'
import { viewAttachment } from '../attachment/index.ts'
import { paidClaims } from '../clawback/index.ts'
import type { InForce } from '../policy/index.ts'
import { concludedBy, daysOf, loadProject, paymentParts, placeOf, type ProjectRow } from './load.ts'
import { SECOND } from './parts.ts'

export type ProjectView = AnswerOf<Routes['readProject']>
type RowView = AnswerOf<Routes['listProjects']>['items'][number]

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function projectRows(db: Kysely<Tables>) {
  return db
    .selectFrom('project')
    .innerJoin('application', 'application.id', 'project.application_id')
    .innerJoin('organisation', 'organisation.id', 'project.organisation_id')
    .selectAll('project')
    .select([
      'application.number as applicationNumber',
      'application.draft',
      'organisation.name as organisationName',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof projectRows>['execute']>>[number]

const planOf = ({ draft }: Row): NonNullable<ApplicationRow['draft']['project']> =>
  (draft as ApplicationRow['draft']).project!

function viewRow(row: Row, inForce: InForce, today: Day): RowView {
  const left = row.deadline_on === null ? null : workingDaysLeft(today, row.deadline_on)
  return {
    id: row.id,
    number: row.number,
    adoptionId: row.adoption_id,
    programmeTitle: inForce.programme.title,
    applicationId: row.application_id,
    applicationNumber: row.applicationNumber,
    organisationId: row.organisation_id,
    organisationName: row.organisationName,
    district: row.district,
    title: planOf(row).title!,
    state: row.state as RowView['state'],
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    acceptBy: row.accept_by,
    extendedUntil: row.extended_until,
    deadlineOn: row.deadline_on,
    workingDaysLeft: left === null || !left.ok ? null : left.value.days,
    firstFen: row.first_fen.toString(),
    secondFen: row.second_fen.toString(),
    result: row.result,
  }
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

export async function viewProject(
  world: World,
  db: Kysely<Tables>,
  id: string,
  reader: Reader,
): Promise<ProjectView> {
  const row = await projectRows(db).where('project.id', '=', id).executeTakeFirstOrThrow()
  const inForce = await world.programmes.inForce(db, row.adoption_id)
  const workflow = inForce.way.project!
  const { plan, budgetFen, items } = planOf(row)
  const extension = daysOf(inForce, 'extension')
  return {
    ...viewRow(row, inForce, reader.today),
    plan: plan!,
    budgetFen: budgetFen!,
    items: items!,
    signedAt: iso(row.signed_at),
    countersignedAt: iso(row.countersigned_at),
    extensionUntil:
      row.state === 'running' && row.extended_until === null && extension > 0
        ? addDays(row.accept_by, extension)
        : null,
    filing: await filingOf(db, row),
    conclusion: row.conclusion,
    concludedByMe:
      row.concluded_by !== null && reader.person !== null && (await concludedBy(db, row.id, reader.person)),
    decision: row.decision,
    secondOn: [...(paymentParts(inForce)[SECOND]?.on ?? [])],
    payments: await paymentsOf(db, row),
    ...(await clawbackOf(db, row)),
    ...(await viewStanding(db, { ...row, workflow }, inForce, reader.today)),
    events: await viewEvents(db, id, reader.person),
    allowed: allowedEvents(workflow, row.state, actorsOf(reader.person, row)).map(({ event, to }) => ({
      event,
      to,
    })),
  }
}

async function filingOf(db: Kysely<Tables>, row: ProjectRow): Promise<ProjectView['filing']> {
  if (row.filing === null) return null
  const { summary, items, documents } = row.filing
  const ids = documents.map(({ attachmentId }) => attachmentId)
  const rows = await db.selectFrom('attachment').selectAll().where('id', 'in', ids).orderBy('id').execute()
  return { summary, items, documents: rows.map(viewAttachment), filedAt: iso(row.filed_at)! }
}

async function paymentsOf(
  db: Kysely<Tables>,
  { application_id: id }: ProjectRow,
): Promise<ProjectView['payments']> {
  const claims = await db
    .selectFrom('claim')
    .select(['id', 'number', 'state', 'approved_fen'])
    .where('application_id', '=', id)
    .orderBy('number')
    .execute()
  return claims.map((claim) => ({
    claimId: claim.id,
    number: claim.number,
    state: claim.state,
    amountFen: (claim.approved_fen ?? 0n).toString(),
  }))
}

async function clawbackOf(
  db: Kysely<Tables>,
  { state, application_id: id }: ProjectRow,
): Promise<Pick<ProjectView, 'toClawBackFen' | 'clawbackId'>> {
  const clawback = await db
    .selectFrom('clawback')
    .select('id')
    .where('application_id', '=', id)
    .where('state', '<>', 'dropped')
    .orderBy('proposed_at', 'desc')
    .executeTakeFirst()
  const paid = state === 'failed' ? await paidClaims(db, id) : []
  const fen = paid.reduce((sum, { leftFen }) => sum + leftFen, 0n)
  return { toClawBackFen: fen.toString(), clawbackId: clawback?.id ?? null }
}

export function readProject(world: World): Query<'readProject'> {
  return {
    kind: 'query',
    run: async (asked, { db, touch }) => {
      const row = await loadProject(db, asked.params.id)
      if (row === undefined) return notFound('project')
      touch({ kind: 'project', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(asked.person, 'project.read', placeOf(row))) return outOfScope('project.read', 'project')
      return accept(await viewProject(world, db, row.id, asked))
    },
  }
}

export function listProjects(world: World): Query<'listProjects'> {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'project', id: null })
      let found = projectRows(db).where(
        visibleRows(person!, 'project.read', 'project', 'project.organisation_id'),
      )
      if (query.state !== undefined) found = found.where('project.state', '=', query.state)
      if (query.q) {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where((eb) =>
          eb.or([
            eb('project.number', 'ilike', like),
            eb('organisation.name', 'ilike', like),
            eb(sql<string>`application.draft #>> '{project,title}'`, 'ilike', like),
          ]),
        )
      }
      const { total } = await found
        .clearSelect()
        .select(sql<bigint>`count(*)`.as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .orderBy('project.number', 'desc')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      const items: RowView[] = []
      for (const row of rows)
        items.push(viewRow(row, await world.programmes.inForce(db, row.adoption_id), today))
      return accept({ total: Number(total), items })
    },
  }
}
