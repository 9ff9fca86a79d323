// The columns of selections and projects as TypeScript sees them; migrations/0020-projects.ts is their definition.
import type { AcceptanceResult, Place } from '@suanquan/core/application'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ColumnType, JSONColumnType } from 'kysely'

type At = ColumnType<Instant, string, never>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>

/** A candidate as the selection ranked it. */
export interface SelectedLine {
  readonly applicationId: string
  readonly rank: number
  readonly meanTenths: number
  readonly lowestTenths: number
  readonly experts: number
  readonly amountFen: string
  readonly place: Place
  readonly because: 'below_least' | 'pool' | 'number' | null
}

export interface Filing {
  readonly summary: string
  readonly items: number
  readonly documents: readonly { readonly kind: string; readonly attachmentId: string }[]
}

export interface ProjectTables {
  selection: {
    id: string
    jurisdiction: string
    district: string
    number: string
    adoption_id: string
    state: 'proposed' | 'approved' | 'rejected'
    least_tenths: number
    reserves: number
    left_fen: bigint
    most: number | null
    lines: JSONColumnType<SelectedLine[], string, never>
    reason: string
    proposed_by: string
    /** whose duty it was, where somebody did it for another */
    proposed_for: string | null
    proposed_at: At
    decided_by: string | null
    decided_at: MaybeAt
    decision_reason: string | null
  }
  project: {
    id: string
    jurisdiction: string
    district: string
    number: string
    adoption_id: string
    application_id: string
    organisation_id: string
    state: string
    created_at: At
    starts_on: Day
    ends_on: Day
    accept_by: Day
    extended_until: Day | null
    deadline_on: Day | null
    deadline_provisional: boolean
    first_fen: bigint
    second_fen: bigint
    signed_by: string | null
    signed_at: MaybeAt
    countersigned_by: string | null
    countersigned_at: MaybeAt
    filing: ColumnType<Filing | null, string | null | undefined, string | null>
    filed_by: string | null
    filed_at: MaybeAt
    result: AcceptanceResult | null
    conclusion: string | null
    concluded_by: string | null
    concluded_at: MaybeAt
    decision: string | null
    decided_by: string | null
    decided_at: MaybeAt
  }
}
