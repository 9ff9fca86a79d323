// Moving a case through its workflow: the table that was frozen into it decides, the event is written down, the clock
// of the new state is set.
import type { Decision } from '@suanquan/core'
import { advance, decisionKind, tierOf, type Actor, type Workflow } from '@suanquan/core/application'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { tellOfStep } from '../message/index.ts'
import type { InForce } from '../policy/index.ts'
import { dueIn, type Due } from './clock.ts'
import { giveNumber } from './decision-number.ts'
import { outsideTier } from './outside-tier.ts'

export interface MoveContext {
  readonly tx: Transaction<Tables>
  readonly newId: () => string
  readonly at: Instant
  readonly today: Day
}

/** The case that moves, by the workflow it runs under. */
export interface MovingCase {
  readonly kind: 'application' | 'claim' | 'project' | 'clawback' | 'rectification' | 'dispute'
  readonly row: {
    readonly id: string
    readonly state: string
    readonly jurisdiction: string
    readonly district: string
  }
  readonly workflow: Workflow
  readonly inForce: InForce
}

export interface Act {
  readonly event: string
  readonly role: Actor
  /** nobody when the public or the platform itself acts */
  readonly actorId?: string
  /** whose duty it was, where the actor does it for somebody else */
  readonly forPersonId?: string | null
  readonly reason?: string | null
  readonly detail?: Readonly<Record<string, unknown>>
}

export interface Moved extends Due {
  readonly to: string
}

export async function moveCase(
  context: MoveContext,
  moving: MovingCase,
  act: Act,
): Promise<Decision<Moved, 'application.transition_not_allowed'>> {
  const { tx, newId, at } = context
  const { kind, row, workflow } = moving
  const advanced = advance(workflow, row.state, act.event, act.role)
  if (!advanced.ok) return advanced
  const { position } = await tx
    .selectFrom('workflow_event')
    .select(({ fn }) => fn.countAll<bigint>().as('position'))
    .where('object_id', '=', row.id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('workflow_event')
    .values({
      id: newId(),
      jurisdiction: row.jurisdiction,
      district: row.district,
      object_kind: kind,
      object_id: row.id,
      position: Number(position),
      at: timestamp(at),
      event: act.event,
      from_state: row.state,
      to_state: advanced.value,
      actor_id: act.actorId ?? null,
      for_person: act.forPersonId ?? null,
      actor_role: act.role,
      reason: act.reason ?? null,
      detail: JSON.stringify(act.detail ?? {}),
    })
    .execute()
  const { event, reason = null, detail = {} } = act
  const numbered = decisionKind(kind, event)
  if (numbered !== null) {
    const act = { kind: numbered, objectKind: kind, objectId: row.id, position: Number(position) }
    await giveNumber(tx, moving.inForce, { ...act, at, today: context.today })
  }
  const except = await outsideTier(tx, row, tierOf(workflow, advanced.value))
  tellOfStep(tx, {
    kind,
    id: row.id,
    position: Number(position),
    event,
    role: act.role,
    reason,
    detail,
    except,
  })
  return {
    ok: true,
    value: { to: advanced.value, ...(await dueIn(tx, moving, advanced.value, context.today)) },
  }
}
