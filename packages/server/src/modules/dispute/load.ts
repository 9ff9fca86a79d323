// A dispute, the asker's right to it, and on which side the asker stands.
import type { Action } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import { disputeTable, type Actor } from '@suanquan/core/application'
import type { DisputeSide } from '@suanquan/core/settlement'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Asked, CommandContext, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { mayTouch, notFound, outOfScope, type RowPlace } from '../../identity/scope.ts'
import { moveCase } from '../application/index.ts'

export type DisputeRow = Selectable<Tables['dispute']>

export async function loadDispute(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<DisputeRow | undefined> {
  let query = db.selectFrom('dispute').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return query.executeTakeFirst()
}

export function partiesOf(
  row: Pick<DisputeRow, 'jurisdiction' | 'district' | 'organisation_id' | 'provider_id'>,
): RowPlace {
  const { jurisdiction, district } = row
  return { jurisdiction, district, organisationIds: [row.organisation_id, row.provider_id] }
}

/** The dispute, locked, when the person may do this to it. */
export async function lockDispute(
  { params, person }: Pick<Asked<'answerDispute'>, 'params' | 'person'>,
  { tx, touch }: CommandContext,
  action: Action,
): Promise<Decision<DisputeRow, 'request.not_found' | 'request.forbidden'>> {
  const row = await loadDispute(tx, params.id, 'lock')
  if (row === undefined) return notFound('dispute')
  touch({ kind: 'dispute', id: row.id, organisationId: row.organisation_id })
  if (!mayTouch(person, action, partiesOf(row))) return outOfScope(action, 'dispute')
  return accept(row)
}

/** The sides on which a person may stand, and as whom the person acts there. */
export function sidesOf(
  person: Person,
  row: Pick<DisputeRow, 'organisation_id' | 'provider_id'>,
): readonly { readonly side: DisputeSide; readonly role: Actor }[] {
  const acts = (organisationId: string): Actor | undefined => {
    const grant = person.grants.find((each) => each.organisationId === organisationId)
    return grant === undefined ? undefined : grant.role === 'provider' ? 'provider' : 'clerk'
  }
  const [firm, provider] = [acts(row.organisation_id), acts(row.provider_id)]
  return [
    ...(firm === undefined ? [] : [{ side: 'firm' as const, role: firm }]),
    ...(provider === undefined ? [] : [{ side: 'provider' as const, role: provider }]),
    ...(person.grants.some(({ role }) => role === 'reviewer')
      ? [{ side: 'office' as const, role: 'reviewer' as const }]
      : []),
  ]
}

/** Moves the dispute by its table; the state it is in now, or a refusal. */
export async function moveDispute(
  world: World,
  context: Parameters<typeof moveCase>[0],
  { row, person }: { readonly row: DisputeRow; readonly person: Person | null },
  act: Pick<Parameters<typeof moveCase>[2], 'event' | 'role' | 'reason' | 'detail'>,
): Promise<Decision<string, 'dispute.transition_not_allowed'>> {
  const inForce = await world.programmes.inForce(context.tx, row.adoption_id)
  const actor = person === null ? {} : actedBy(person, row, act.role)
  const moved = await moveCase(
    context,
    { kind: 'dispute', row, workflow: disputeTable, inForce },
    { ...act, ...actor },
  )
  return moved.ok ? accept(moved.value.to) : refuse('dispute.transition_not_allowed', moved.refusal.params)
}
