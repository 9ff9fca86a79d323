// The columns of expert reviews as TypeScript sees them; migrations/0010-experts.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Recommendation } from '@suanquan/core/application'
import type { ColumnType, JSONColumnType } from 'kysely'

type At = ColumnType<Instant, string, never>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>

export interface ExpertTables {
  expert_review: {
    id: string
    jurisdiction: string
    district: string
    application_id: string
    round: number
    /** the project whose acceptance is judged; null where the application is */
    project_id: string | null
    blind: boolean
    question: string
    criteria: JSONColumnType<{ text: string; weight: number }[], string, never>
    due_on: Day
    state: 'open' | 'closed' | 'abandoned'
    minutes: string | null
    opened_by: string
    opened_at: At
    closed_by: string | null
    closed_at: MaybeAt
  }
  expert_opinion: {
    review_id: string
    person_id: string
    jurisdiction: string
    district: string
    position: number
    state: 'invited' | 'given' | 'stood_aside'
    points: ColumnType<number[] | null, string | null, string | null>
    recommendation: Recommendation | null
    remark: string | null
    answered_at: MaybeAt
  }
}
