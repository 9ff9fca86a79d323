// The columns of engaged bodies as TypeScript sees them; migrations/0024-engagements.ts is their definition.
import type { Recommendation } from '@suanquan/core/application'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ColumnType, JSONColumnType } from 'kysely'

type At = ColumnType<Instant, string, never>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>

export type InspectionTask = 'materials' | 'site' | 'claims' | 'performance'

/** What a body can find on. */
export interface InspectionPoint {
  readonly id: string
  readonly label: { readonly zh: string; readonly en: string }
}

export interface InspectionFinding {
  readonly point: string
  readonly verdict: 'holds' | 'fails' | 'unclear'
  readonly remark: string
}

export interface EngagementTables {
  engagement: {
    id: string
    jurisdiction: string
    /** of its cases; the city's own code where it covers all districts */
    district: string
    body_id: string
    adoption_id: string
    tasks: InspectionTask[]
    contract_number: string
    starts_on: Day
    ends_on: Day
    reason: string
    state: 'proposed' | 'confirmed' | 'rejected'
    proposed_by: string
    proposed_at: At
    decided_by: string | null
    decided_at: MaybeAt
    decision_reason: string | null
    ended_by: string | null
    ended_at: MaybeAt
    end_reason: string | null
  }
  inspection: {
    id: string
    jurisdiction: string
    district: string
    number: string
    engagement_id: string
    about: 'application' | 'claim' | 'project' | 'adoption'
    object_id: string
    organisation_id: string | null
    task: InspectionTask
    question: string
    points: JSONColumnType<InspectionPoint[], string, never>
    due_on: Day
    state: 'assigned' | 'reported' | 'stood_aside' | 'recalled'
    assigned_by: string
    assigned_at: At
    findings: ColumnType<InspectionFinding[] | null, string | null | undefined, string>
    outcome: Recommendation | null
    conclusion: string | null
    visited_on: Day | null
    attachment_id: string | null
    closed_by: string | null
    closed_at: MaybeAt
    closed_reason: string | null
  }
}
