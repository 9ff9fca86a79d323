// The columns of disputes as TypeScript sees them; migrations/0035-disputes.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { DisputeSide } from '@suanquan/core/settlement'
import type { ColumnType, JSONColumnType } from 'kysely'

type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>

export interface DisputeTables {
  dispute: {
    id: string
    jurisdiction: string
    district: string
    number: string
    adoption_id: string
    application_id: string
    contract_id: string
    organisation_id: string
    provider_id: string
    /** whose shortfall it is */
    claim_id: string | null
    month: string
    subject: 'line' | 'shortfall' | 'total'
    /** the record of a line, the code of a shortfall, nothing for a total */
    subject_ref: string
    direction: 'too_much' | 'too_little'
    disputed_fen: bigint
    /** what the subject was rated, or fell short by, when it was disputed */
    rated_fen: bigint
    reason: string
    attachments: JSONColumnType<string[], string, never>
    opened_side: DisputeSide
    opened_by: string
    opened_at: ColumnType<Instant, string, never>
    state: string
    answer_by: Day
    answer_provisional: boolean
    answer: ColumnType<string | null, string | null | undefined, string | null>
    answered_at: MaybeAt
    upheld_fen: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
    decision_reason: ColumnType<string | null, string | null | undefined, string | null>
    decided_by: ColumnType<string | null, string | null | undefined, string | null>
    decided_at: MaybeAt
  }
}
