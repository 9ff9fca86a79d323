// Moving a case through its workflow: the table that was frozen into it decides, the event is written down, the clock
// of the new state is set.
import type { Decision } from '@suanquan/core'
import { advance, clockOf, type Actor, type Workflow } from '@suanquan/core/application'
import { addWorkingDays, type Day, type Instant } from '@suanquan/core/calendar'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { workingDaysOf, type InForce } from '../policy/programmes.ts'

export interface Move {
  readonly kind: 'application' | 'claim'
  readonly id: string
  readonly workflow: Workflow
  readonly from: string
  readonly event: string
  readonly role: Actor
  readonly actorId: string | null
  readonly reason: string | null
  readonly detail: Record<string, unknown>
  readonly at: Instant
  readonly today: Day
  readonly jurisdiction: string
  readonly district: string
  readonly inForce: InForce
}

export interface Moved {
  readonly to: string
  readonly deadlineOn: Day | null
  readonly deadlineProvisional: boolean
}

/** Stages of a programme whose limits the clocks use, by the clock's name. */
const STAGE_OF = {
  review: 'review',
  correction: 'correction',
  notice: 'notice',
  claim_review: 'payment',
} as const

export async function moveCase(
  tx: Transaction<Tables>,
  newId: () => string,
  move: Move,
): Promise<Decision<Moved, 'application.transition_not_allowed'>> {
  const advanced = advance(move.workflow, move.from, move.event, move.role)
  if (!advanced.ok) return advanced
  const to = advanced.value
  const deadline = deadlineOf(move, to)
  const { position } = await tx
    .selectFrom('workflow_event')
    .select(({ fn }) => fn.countAll<bigint>().as('position'))
    .where('object_id', '=', move.id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('workflow_event')
    .values({
      id: newId(),
      jurisdiction: move.jurisdiction,
      district: move.district,
      object_kind: move.kind,
      object_id: move.id,
      position: Number(position),
      at: timestamp(move.at),
      event: move.event,
      from_state: move.from,
      to_state: to,
      actor_id: move.actorId,
      actor_role: move.role,
      reason: move.reason,
      detail: JSON.stringify(move.detail),
    })
    .execute()
  return { ok: true, value: { to, ...deadline } }
}

function deadlineOf(move: Move, state: string): { deadlineOn: Day | null; deadlineProvisional: boolean } {
  const limit = clockOf(move.workflow, state)?.limit ?? null
  const days = limit === null ? null : workingDaysOf(move.inForce.terms, STAGE_OF[limit])
  if (days === null) return { deadlineOn: null, deadlineProvisional: false }
  const due = addWorkingDays(move.today, days)
  return due.ok
    ? { deadlineOn: due.value.day, deadlineProvisional: due.value.provisional }
    : { deadlineOn: null, deadlineProvisional: false }
}
