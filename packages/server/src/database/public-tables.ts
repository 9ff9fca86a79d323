// The columns of what the public says as TypeScript sees them; migrations/0005-public.ts is their definition.
import type { Instant } from '@suanquan/core/calendar'
import type { ColumnType } from 'kysely'

type At = ColumnType<Instant, string, string>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>

interface Placed {
  jurisdiction: string
  district: string
}

export interface PublicTables {
  appraisal: Placed & {
    id: string
    step: string
    object_id: string
    number: string
    organisation_id: string
    grade: number
    reason: string
    made_by: string
    made_at: At
    reply: string | null
    replied_by: string | null
    replied_at: MaybeAt
  }
  inquiry: Placed & {
    id: string
    number: string
    kind: string
    text: string
    contact_name: string
    contact_phone: string
    filed_at: At
    answer: string | null
    answered_by: string | null
    answered_at: MaybeAt
  }
}
