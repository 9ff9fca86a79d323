// A reviewer puts one case before an engaged body, for one of its tasks; and takes it back.
import { accept, refuse, type Decision } from '@suanquan/core'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { nextNumber } from '../application/index.ts'
import { caseOf, type CaseExamined, fits, pointsOf } from './case-of.ts'
import { lockEngagement } from './engagements.ts'
import { type EngagementRow, inForceOn, isInForce } from '../../identity/engaged.ts'
import { loadInspection, viewInspection } from './inspections.ts'
import { isRelated } from './related.ts'

type Act = Pick<Asked<'assignInspection'>, 'body' | 'person' | 'at' | 'today'>

interface Assignable {
  readonly of: CaseExamined
  readonly engagement: EngagementRow
}

type Code =
  | 'request.not_found'
  | 'request.forbidden'
  | 'application.conflict_of_interest'
  | 'engagement.not_in_force'
  | 'engagement.not_its_task'
  | 'engagement.not_its_case'
  | 'inspection.not_inspectable'
  | 'inspection.due_wrong'
  | 'inspection.body_related'

export function assignInspection(world: World): Command<'assignInspection'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const found = await assignable(asked, context)
      if (!found.ok) return found
      const { of, engagement } = found.value
      const { body, person, at, today } = asked
      const { tx, newId, touch } = context
      await closeLapsed(tx, of.id, asked)
      const points = await pointsOf(world, tx, { of, task: body.task }, { person, at, today })
      const id = newId()
      const stored = await tx
        .insertInto('inspection')
        .values({
          id,
          jurisdiction: of.jurisdiction,
          district: of.district,
          number: await nextNumber(tx, 'HC', of, today),
          engagement_id: engagement.id,
          about: body.about,
          object_id: of.id,
          organisation_id: of.organisationId,
          task: body.task,
          question: body.question,
          points: JSON.stringify(points),
          due_on: body.dueOn,
          state: 'assigned',
          assigned_by: person!.id,
          assigned_at: timestamp(at),
        })
        .onConflict((conflict) =>
          conflict.columns(['object_id', 'task']).where('state', '=', 'assigned').doNothing(),
        )
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n) return refuse('inspection.assigned_already')
      touch({ kind: 'inspection', id, organisationId: of.organisationId })
      return accept({ subject: id })
    },
    view: (subject, { db }, asked) => viewInspection(world, db, subject, asked),
  }
}

/** The case and the engagement that covers it, where the asker may put the one before the other. */
async function assignable(
  { body, person, today }: Act,
  { tx, touch }: CommandContext,
): Promise<Decision<Assignable, Code>> {
  const of = await caseOf(tx, body.about, body.objectId)
  if (of === undefined) return notFound(body.about)
  touch({ kind: body.about, id: of.id, organisationId: of.organisationId })
  const organisationIds = of.organisationId === null ? [] : [of.organisationId]
  if (of.state === 'draft' || !mayTouch(person, 'inspection.assign', { ...of, organisationIds }))
    return outOfScope('inspection.assign', body.about)
  if (of.organisationId !== null && (await mustStandAside(tx, person, of.organisationId, caseIds(of))))
    return refuse('application.conflict_of_interest')
  const engagement = await lockEngagement(tx, body.engagementId)
  if (engagement === undefined || engagement.jurisdiction !== of.jurisdiction) return notFound('engagement')
  if (!isInForce(engagement, today)) return refuse('engagement.not_in_force')
  if (!engagement.tasks.includes(body.task) || !fits(body.about, body.task))
    return refuse('engagement.not_its_task')
  if (!covers(engagement, of)) return refuse('engagement.not_its_case')
  if (!of.inspectable) return refuse('inspection.not_inspectable', { state: of.state })
  if (body.dueOn < today || body.dueOn > engagement.ends_on)
    return refuse('inspection.due_wrong', { dueOn: body.dueOn, endsOn: engagement.ends_on })
  if (await isRelated(tx, engagement.body_id, of.parties, caseIds(of)))
    return refuse('inspection.body_related', { name: await bodyName(tx, engagement.body_id) })
  return accept({ of, engagement })
}

export async function bodyName(db: Kysely<Tables>, id: string): Promise<string> {
  const row = await db
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.name
}

/** What lapsed with its engagement nobody will report on: it makes room for another. */
async function closeLapsed(
  tx: Kysely<Tables>,
  objectId: string,
  { body, person, at, today }: Act,
): Promise<void> {
  await tx
    .updateTable('inspection')
    .from('engagement')
    .set({ state: 'recalled', closed_by: person!.id, closed_at: timestamp(at), closed_reason: LAPSED })
    .whereRef('engagement.id', '=', 'inspection.engagement_id')
    .where('object_id', '=', objectId)
    .where('task', '=', body.task)
    .where('inspection.state', '=', 'assigned')
    .where(sql<boolean>`not ${inForceOn(today)}`)
    .execute()
}

const LAPSED = '委托已到期或终止'

const caseIds = (of: CaseExamined): readonly string[] =>
  of.applicationId === null ? [of.id] : [...new Set([of.id, of.applicationId])]

function covers(engagement: EngagementRow, of: CaseExamined): boolean {
  const { jurisdiction, district, adoption_id: adoptionId } = engagement
  if (adoptionId !== of.adoptionId || jurisdiction !== of.jurisdiction) return false
  return district === jurisdiction || district === of.district
}

export function recallInspection(world: World): Command<'recallInspection'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const found = await loadInspection(tx, params.id, 'lock')
      if (found === undefined) return notFound('inspection')
      const { row } = found
      touch({ kind: 'inspection', id: row.id, organisationId: row.organisation_id })
      const organisationIds = row.organisation_id === null ? [] : [row.organisation_id]
      if (!mayTouch(person, 'inspection.assign', { ...row, organisationIds }))
        return outOfScope('inspection.assign', 'inspection')
      if (row.state !== 'assigned') return refuse('inspection.over')
      await tx
        .updateTable('inspection')
        .set({
          state: 'recalled',
          closed_by: person!.id,
          closed_at: timestamp(at),
          closed_reason: body.reason,
        })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewInspection(world, db, subject, asked),
  }
}
