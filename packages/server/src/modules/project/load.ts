// A project with its application, locked for who may do this to it; and what its programme says of its parts.
import type { Action } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import type { PaymentPart } from '@suanquan/core/application'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Asked, CommandContext, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { isBehind } from '../../identity/acting.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { type ApplicationRow, loadApplication, moveCase } from '../application/index.ts'
import type { InForce } from '../policy/index.ts'

export type ProjectRow = Selectable<Tables['project']>

export async function loadProject(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<ProjectRow | undefined> {
  let query = db.selectFrom('project').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return query.executeTakeFirst()
}

export function placeOf(row: ProjectRow): {
  jurisdiction: string
  district: string
  organisationIds: string[]
} {
  return { jurisdiction: row.jurisdiction, district: row.district, organisationIds: [row.organisation_id] }
}

/** A project that is acted on: the project, its application and its programme. */
export interface ProjectCase {
  readonly row: ProjectRow
  readonly application: ApplicationRow
  readonly inForce: InForce
}

type Act = Asked<'signAgreement'>
type LockCode = 'request.not_found' | 'request.forbidden'

/** The application is locked before its project, as every other act on a case does. */
export async function lockProject(
  world: World,
  { params, person }: Pick<Act, 'params' | 'person'>,
  { tx, touch }: CommandContext,
  action: Action,
): Promise<Decision<ProjectCase, LockCode>> {
  const found = await loadProject(tx, params.id)
  if (found === undefined) return notFound('project')
  touch({ kind: 'project', id: found.id, organisationId: found.organisation_id })
  if (!mayTouch(person, action, placeOf(found))) return outOfScope(action, 'project')
  const application = (await loadApplication(tx, found.application_id, 'lock'))!
  const row = (await loadProject(tx, found.id, 'lock'))!
  return accept({ row, application, inForce: await world.programmes.inForce(tx, row.adoption_id) })
}

/** The same for the office: whoever is connected with the firm or has declared a conflict stands aside. */
export async function lockForOffice(
  world: World,
  asked: Pick<Act, 'params' | 'person'>,
  context: CommandContext,
): Promise<Decision<ProjectCase, LockCode | 'application.conflict_of_interest'>> {
  const locked = await lockProject(world, asked, context, 'project.decide')
  if (!locked.ok) return locked
  const { organisation_id: firm, application_id: id, id: projectId } = locked.value.row
  return (await mustStandAside(context.tx, asked.person, firm, [id, projectId]))
    ? refuse('application.conflict_of_interest')
    : locked
}

/** Whether the last conclusion on a project is the person's, or was made for somebody whose duty the person does. */
export async function concludedBy(db: Kysely<Tables>, id: string, person: Person): Promise<boolean> {
  const last = await db
    .selectFrom('workflow_event')
    .select(['actor_id', 'for_person'])
    .where('object_id', '=', id)
    .where('event', '=', 'conclude')
    .orderBy('position', 'desc')
    .executeTakeFirst()
  return last !== undefined && isBehind(person, { actorId: last.actor_id!, forPersonId: last.for_person })
}

type MoveAct = Parameters<typeof moveCase>[2]
export type Moved = Extract<Awaited<ReturnType<typeof moveCase>>, { ok: true }>['value']

/** Moves a project by its table; the database row is the caller's to write. */
export async function moveProject(
  context: Parameters<typeof moveCase>[0],
  { row, inForce }: Pick<ProjectCase, 'row' | 'inForce'>,
  act: MoveAct,
): Promise<Decision<Moved, 'project.transition_not_allowed'>> {
  const moved = await moveCase(
    context,
    { kind: 'project', row, workflow: inForce.way.project!, inForce },
    act,
  )
  return moved.ok ? moved : refuse('project.transition_not_allowed', moved.refusal.params)
}

/** What a project is paid, part by part, as its programme names the parts. */
export function paymentParts({ terms }: Pick<InForce, 'terms'>): readonly PaymentPart[] {
  return terms.stages.flatMap(({ paysFen, on = [] }) =>
    paysFen === undefined ? [] : [{ amountFen: paysFen, on }],
  )
}

/** A length of the procedure in calendar days; none where the programme names none. */
export function daysOf({ terms }: Pick<InForce, 'terms'>, stage: string): number {
  const found = terms.stages.find(({ id }) => id === stage)
  const length = found?.within ?? found?.lasts
  return length?.unit === 'days' ? length.length : 0
}
