// The clock of a state in working days. While the firm is awaited, for a correction or for what it says to an objection, the
// office's clock stands still: when the case comes back, what was left of the limit runs on, and at least one day. So does
// the clock of a tier to which a case comes again.
import { clockOf, type Clock } from '@suanquan/core/application'
import { addWorkingDays, dayOf, workingDaysLeft, type Day } from '@suanquan/core/calendar'
import type { ProcedureTerms } from '@suanquan/core/policy'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { workingDaysOf } from '../policy/index.ts'
import type { MovingCase } from './move.ts'

/** Stages of a programme whose limits the clocks use, by the clock's name. */
const STAGE_OF = {
  review: 'review',
  correction: 'correction',
  consent: 'consent',
  notice: 'notice',
  claim_review: 'payment',
  agreement: 'agreement',
  countersignature: 'countersignature',
  acceptance: 'acceptance',
} as const

export interface Due {
  readonly deadlineOn: Day | null
  readonly deadlineProvisional: boolean
}

const NO_CLOCK: Due = { deadlineOn: null, deadlineProvisional: false }

/** @param state that is entered today; the event that leads to it is already written down */
export async function dueIn(
  db: Kysely<Tables>,
  { workflow, inForce, row }: MovingCase,
  state: string,
  today: Day,
): Promise<Due> {
  const clock = clockOf(workflow, state)
  const days = clock === undefined ? null : limitOf(inForce.terms, clock)
  if (days === null) return NO_CLOCK
  const runsOn = clockOf(workflow, row.state)?.awaited === 'clerk' || clock?.tier !== undefined
  const used = runsOn ? await usedDays(db, row.id, state) : 0
  const due = addWorkingDays(today, used === 0 ? days : Math.max(1, days - used))
  return due.ok ? { deadlineOn: due.value.day, deadlineProvisional: due.value.provisional } : NO_CLOCK
}

/** The programme's limit of a clock in working days, or null where it sets none. */
export function limitOf(
  terms: ProcedureTerms,
  { limit, tier }: Pick<Clock, 'limit' | 'tier'>,
): number | null {
  if (limit === null) return null
  if (limit === 'appeal') return terms.appeal?.decideWorkdays ?? null
  const own = terms.review.find((each) => each.tier === tier)
  return own?.workdays ?? workingDaysOf(terms, STAGE_OF[limit])
}

/** Working days that earlier stays in a state have taken. */
export async function usedDays(db: Kysely<Tables>, id: string, state: string): Promise<number> {
  const events = await db
    .selectFrom('workflow_event')
    .select(['at', 'from_state', 'to_state'])
    .where('object_id', '=', id)
    .orderBy('position')
    .execute()
  let used = 0
  let since: Day | null = null
  for (const event of events) {
    const day = dayOf(new Date(event.at).getTime())
    if (event.from_state === state && since !== null) {
      const taken = workingDaysLeft(since, day)
      used += taken.ok ? taken.value.days : 0
      since = null
    }
    if (event.to_state === state) since = day
  }
  return used
}
