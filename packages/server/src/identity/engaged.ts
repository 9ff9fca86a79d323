// When an engagement gives rights: confirmed, within its days, not ended. It is asked anew at every request, so that an end
// takes effect at once.
import type { Day } from '@suanquan/core/calendar'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Person } from '../http/world.ts'

export type EngagementRow = Selectable<Tables['engagement']>

type Term = Pick<EngagementRow, 'state' | 'starts_on' | 'ends_on' | 'ended_at'>

export function isInForce(
  { state, starts_on: from, ends_on: to, ended_at: ended }: Term,
  today: Day,
): boolean {
  return state === 'confirmed' && ended === null && from <= today && today <= to
}

/** The same as a condition; `engagement` is the table's alias. */
export function inForceOn(today: Day): RawBuilder<boolean> {
  return sql<boolean>`(engagement.state = 'confirmed' and engagement.ended_at is null
    and engagement.starts_on <= ${today} and engagement.ends_on >= ${today})`
}

export function standOf(
  row: Term,
  today: Day,
): 'proposed' | 'rejected' | 'to_come' | 'running' | 'over' | 'ended' {
  if (row.state !== 'confirmed') return row.state
  if (row.ended_at !== null) return 'ended'
  if (row.starts_on > today) return 'to_come'
  return row.ends_on < today ? 'over' : 'running'
}

/** The bodies that a person examines for. */
export function bodiesOf(person: Person | null): readonly string[] {
  return (person?.grants ?? []).flatMap(({ role, organisationId }) =>
    role === 'inspector' && organisationId !== null ? [organisationId] : [],
  )
}
