// 听取申辩: before an objection is decided the firm may be asked what it says to it. The office's clock stands still until it
// has answered, or its own time has passed; then the objection is decided on what is there.
import { accept, refuse } from '@suanquan/core'
import type { Actor } from '@suanquan/core/application'
import { timestamp } from '../../database/index.ts'
import type { Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy, type ActedBy } from '../../identity/acting.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { loadApplication, moveCase, type ApplicationRow } from '../application/index.ts'

export function hearFirm(world: World): Command<'hearFirm'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, context) => {
      const { tx, touch } = context
      const objection = await tx
        .selectFrom('objection')
        .select(['id', 'application_id', 'outcome'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!objection) return notFound('objection')
      const row = (await loadApplication(tx, objection.application_id, 'lock'))!
      touch({ kind: 'objection', id: objection.id, organisationId: row.organisation_id })
      const target = { ...row, organisationIds: [row.organisation_id] }
      if (!mayTouch(person, 'objection.answer', target)) return outOfScope('objection.answer', 'objection')
      if (await mustStandAside(tx, person, row.organisation_id, [row.id]))
        return refuse('application.conflict_of_interest')
      if (objection.outcome !== 'open') return refuse('notice.objection_answered')
      const who = actedBy(person!, row, 'reviewer')
      const act = { event: 'hear', role: 'reviewer' as const, ...who, reason: body.question }
      return moveTo(world, context, { row, act: { ...act, objectionId: objection.id }, at, today })
    },
    view: async () => ({ done: true as const }),
  }
}

export function explainObjection(world: World): Command<'explainObjection'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, context) => {
      const { tx, touch } = context
      const row = await loadApplication(tx, params.id, 'lock')
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'objection.explain', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('objection.explain', 'application')
      const act = { event: 'explain', role: 'clerk' as const, actorId: person!.id, forPersonId: null }
      return moveTo(world, context, { row, act: { ...act, reason: body.statement }, at, today })
    },
    view: async () => ({ done: true as const }),
  }
}

interface Step {
  readonly row: ApplicationRow
  readonly act: ActedBy & {
    readonly event: string
    readonly role: Actor
    readonly reason: string
    readonly objectionId?: string
  }
  readonly at: number
  readonly today: string
}

async function moveTo(
  world: World,
  { tx, newId }: CommandContext,
  { row, act: { objectionId, ...act }, at, today }: Step,
): Promise<
  | ReturnType<typeof accept<{ subject: string }>>
  | Extract<Awaited<ReturnType<typeof moveCase>>, { ok: false }>
> {
  const inForce = await world.programmes.inForce(tx, row.adoption_id)
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'application', row, workflow: row.workflow, inForce },
    { ...act, detail: objectionId === undefined ? {} : { objectionId } },
  )
  if (!moved.ok) return moved
  await tx
    .updateTable('application')
    .set({
      state: moved.value.to,
      deadline_on: moved.value.deadlineOn,
      deadline_provisional: moved.value.deadlineProvisional,
      updated_at: timestamp(at),
    })
    .where('id', '=', row.id)
    .execute()
  return accept({ subject: row.id })
}
