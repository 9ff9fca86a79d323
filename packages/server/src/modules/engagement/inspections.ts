// An inspection as it is found, listed and read. By office: who assigned it and who reported. The body's own people, while
// its report is awaited: the material, without anybody's name.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { workingDaysLeft, type Day } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { bodiesOf, inForceOn, isInForce, type EngagementRow } from '../../identity/engaged.ts'
import { caseOf, type CaseExamined } from './case-of.ts'
import { materialFor } from './material.ts'
import { viewAttachment } from '../attachment/index.ts'

export type InspectionView = AnswerOf<Routes['readInspection']>
type RowView = AnswerOf<Routes['listInspections']>['items'][number]

export interface Inspection {
  readonly row: Selectable<Tables['inspection']>
  readonly engagement: EngagementRow
  readonly of: CaseExamined
}

/** @param lock taken by whoever changes it: the engagement first, so that an end is waited for */
export async function loadInspection(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<Inspection | undefined> {
  const found = await db
    .selectFrom('inspection')
    .select('engagement_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (found === undefined) return undefined
  let engagements = db.selectFrom('engagement').selectAll().where('id', '=', found.engagement_id)
  if (lock === 'lock') engagements = engagements.forUpdate()
  const engagement = await engagements.executeTakeFirstOrThrow()
  let inspections = db.selectFrom('inspection').selectAll().where('id', '=', id)
  if (lock === 'lock') inspections = inspections.forUpdate()
  const row = await inspections.executeTakeFirstOrThrow()
  return { row, engagement, of: (await caseOf(db, row.about, row.object_id))! }
}

/** Of the body, while the engagement is in force and nobody of it stood aside. */
export function isAssigned({ row, engagement }: Inspection, person: Person | null, today: Day): boolean {
  return (
    (row.state === 'assigned' || row.state === 'reported') &&
    isInForce(engagement, today) &&
    bodiesOf(person).includes(engagement.body_id)
  )
}

export function stateOf({ row, engagement, of }: Inspection, today: Day): RowView['state'] {
  const alive = isInForce(engagement, today) && of.inspectable
  return row.state === 'assigned' && !alive ? 'lapsed' : row.state
}

/** Reads it for an office, other than as one of the body. */
export function readsByOffice(person: Person | null, { row }: Inspection): boolean {
  return mayTouch(person, 'inspection.read', { ...row, organisationIds: [] })
}

const LISTED_AT_MOST = 200

type Names = 'listInspections' | 'readInspection'

export function inspectionReads(world: World): Handlers<Names> {
  return {
    listInspections: {
      kind: 'query',
      run: async ({ query, person, today }, { db, touch }) => {
        touch({ kind: 'inspection', id: null })
        const open = sql<boolean>`(inspection.state = 'assigned' and ${inForceOn(today)})`
        let rows = db
          .selectFrom('inspection')
          .innerJoin('engagement', 'engagement.id', 'inspection.engagement_id')
          .select('inspection.id')
          .where(visibleInspections(person!, today))
          .orderBy('due_on')
          .orderBy('inspection.number')
          .limit(LISTED_AT_MOST)
        if (query.objectId !== undefined) rows = rows.where('object_id', '=', query.objectId)
        if (query.state !== undefined)
          rows = rows.where(query.state === 'open' ? open : sql<boolean>`not ${open}`)
        const items: RowView[] = []
        for (const { id } of await rows.execute())
          items.push(await viewRow(world, db, (await loadInspection(db, id))!, today))
        return accept({ items })
      },
    },
    readInspection: {
      kind: 'query',
      run: async (asked, { db, touch }) => {
        const found = await loadInspection(db, asked.params.id)
        if (found === undefined) return notFound('inspection')
        const { row } = found
        touch({ kind: 'inspection', id: row.id, organisationId: row.organisation_id })
        const invited = isAssigned(found, asked.person, asked.today)
        if (!mayTouch(asked.person, 'inspection.read', { ...row, organisationIds: [], invited }))
          return outOfScope('inspection.read', 'inspection')
        return accept(await viewInspection(world, db, row.id, asked))
      },
    },
  }
}

function visibleInspections(person: Person, today: Day): RawBuilder<boolean> {
  const office = visibleRows(person, 'inspection.read', 'inspection')
  const here = person.grants
    .filter(({ role }) => role === 'inspector')
    .map(({ jurisdiction }) => jurisdiction)
  return sql<boolean>`(${office} or (engagement.body_id = any(${[...bodiesOf(person)]}::uuid[])
    and engagement.jurisdiction = any(${here}::text[])
    and inspection.state in ('assigned', 'reported') and ${inForceOn(today)}))`
}

async function viewRow(
  world: World,
  db: Kysely<Tables>,
  inspection: Inspection,
  today: Day,
): Promise<RowView> {
  const { row, engagement, of } = inspection
  const { programme } = await world.programmes.inForce(db, engagement.adoption_id)
  const left = workingDaysLeft(today, row.due_on)
  const state = stateOf(inspection, today)
  return {
    id: row.id,
    number: row.number,
    engagementId: engagement.id,
    bodyId: engagement.body_id,
    bodyName: (await nameOf(db, 'organisation', engagement.body_id))!,
    about: row.about,
    objectId: row.object_id,
    objectNumber: of.number,
    organisationName: of.organisationName,
    programmeTitle: programme.title,
    task: row.task,
    state,
    dueOn: row.due_on,
    workingDaysLeft: left.ok ? left.value.days : null,
    assignedAt: new Date(row.assigned_at).toISOString(),
    reportedAt:
      row.state === 'reported' && row.closed_at !== null ? new Date(row.closed_at).toISOString() : null,
    outcome: row.outcome,
    awaited: state === 'assigned' && row.due_on >= today && of.undecided,
  }
}

interface Asking {
  readonly person: Person | null
  readonly at: number
  readonly today: Day
}

export async function viewInspection(
  world: World,
  db: Kysely<Tables>,
  id: string,
  asking: Asking,
): Promise<InspectionView> {
  const inspection = (await loadInspection(db, id))!
  const { row, engagement } = inspection
  const byOffice = readsByOffice(asking.person, inspection)
  const view = await viewRow(world, db, inspection, asking.today)
  const mine = view.state === 'assigned' && isAssigned(inspection, asking.person, asking.today)
  const shown = mine ? await materialFor(world, db, inspection.of, asking) : null
  return {
    ...view,
    question: row.question,
    points: row.points.map(({ id: point, label }) => ({ id: point, label: { ...label } })),
    contractNumber: engagement.contract_number,
    assignedBy: byOffice ? await nameOf(db, 'person', row.assigned_by) : null,
    mine,
    material: shown?.material ?? null,
    claim: shown?.claim ?? null,
    performance: shown?.performance ?? null,
    report: await reportOf(db, row, byOffice),
    closedReason: byOffice ? row.closed_reason : null,
  }
}

async function reportOf(
  db: Kysely<Tables>,
  row: Inspection['row'],
  byOffice: boolean,
): Promise<InspectionView['report']> {
  if (row.findings === null || row.outcome === null || row.conclusion === null) return null
  const file =
    row.attachment_id === null
      ? undefined
      : await db.selectFrom('attachment').selectAll().where('id', '=', row.attachment_id).executeTakeFirst()
  return {
    findings: row.findings.map((each) => ({ ...each })),
    outcome: row.outcome,
    conclusion: row.conclusion,
    visitedOn: row.visited_on,
    attachment: file === undefined ? null : viewAttachment(file),
    reportedBy: byOffice && row.closed_by !== null ? await nameOf(db, 'person', row.closed_by) : null,
    at: new Date(row.closed_at!).toISOString(),
  }
}

async function nameOf(
  db: Kysely<Tables>,
  table: 'organisation' | 'person',
  id: string,
): Promise<string | null> {
  if (table === 'organisation') {
    const row = await db.selectFrom(table).select('name').where('id', '=', id).executeTakeFirst()
    return row?.name ?? null
  }
  const row = await db.selectFrom(table).select('display_name').where('id', '=', id).executeTakeFirst()
  return row?.display_name ?? null
}
