// The columns of delegations, appeals and decision numbers as TypeScript sees them; migrations/0019-review.ts defines them.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ColumnType, JSONColumnType } from 'kysely'

type At = ColumnType<Instant, string, never>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>

export interface ReviewTables {
  delegation: {
    id: string
    jurisdiction: string
    district: string
    from_person: string
    to_person: string
    /** null: wherever the other person acts */
    district_limit: string | null
    starts_on: Day
    ends_on: Day
    reason: string
    made_by: string
    made_at: At
    ended_by: string | null
    ended_at: MaybeAt
  }
  appeal: {
    id: string
    jurisdiction: string
    district: string
    number: string
    object_kind: 'application' | 'claim'
    object_id: string
    decision_position: number
    organisation_id: string
    adoption_id: string
    /** the event appealed against */
    against: string
    grounds: string
    attachment_ids: JSONColumnType<string[], string, never>
    filed_by: string
    filed_at: At
    state: 'open' | 'affirmed' | 'changed' | 'remanded' | 'withdrawn'
    reason: string | null
    amount_fen: bigint | null
    decided_by: string | null
    decided_at: MaybeAt
  }
  stamp: {
    id: string
    jurisdiction: string
    district: string
    authority: string
    sha256: string
    width: number
    height: number
    valid_from: Day
    valid_until: Day | null
    state: 'proposed' | 'in_force' | 'refused'
    proposed_by: string
    proposed_at: At
    decided_by: string | null
    decided_at: MaybeAt
  }
  decision_number: {
    number: string
    jurisdiction: string
    district: string
    authority: string
    year: number
    kind: string
    value: number
    object_kind: string
    object_id: string
    position: number
    given_at: At
  }
}
