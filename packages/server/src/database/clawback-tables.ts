// The columns of clawbacks and corrections as TypeScript sees them; migrations/0014-clawback.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ClawbackBasis } from '@suanquan/core/application'
import type { ColumnType, JSONColumnType } from 'kysely'

type At = ColumnType<Instant, string, never>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>

interface Placed {
  jurisdiction: string
  district: string
}

export interface Instalment {
  readonly dueOn: Day
  readonly amountFen: string
}

export interface ClawbackTables {
  clawback: Placed & {
    id: string
    number: string
    adoption_id: string
    application_id: string
    voucher_id: string | null
    organisation_id: string
    debtor_id: string
    debtor_credit_code: string
    state: string
    basis: ClawbackBasis
    finding: string
    clause: string
    evidence: JSONColumnType<string[], string, never>
    revokes: boolean
    proposed_fen: bigint
    answer_by: Day
    answer_provisional: boolean
    proposed_by: string
    proposed_at: At
    statement: string | null
    stated_by: string | null
    stated_at: MaybeAt
    decided_by: string | null
    decided_at: MaybeAt
    revoked_fen: bigint | null
    owed_fen: bigint | null
    fine_fen: bigint | null
    due_on: Day | null
    instalments: JSONColumnType<Instalment[], string, string>
    /** the ruling on an appeal that upheld it */
    ruling: string | null
  }
  clawback_line: Placed & { clawback_id: string; claim_id: string; amount_fen: bigint }
  clawback_recovery: Placed & {
    id: string
    clawback_id: string
    kind: 'bank' | 'set_off' | 'write_off' | 'refund'
    state: 'recorded' | 'proposed' | 'rejected'
    amount_fen: bigint
    reference: string | null
    on_day: Day
    reason: string | null
    claim_id: string | null
    recorded_by: string
    recorded_at: At
    approved_by: string | null
    approved_at: MaybeAt
  }
  rectification: Placed & {
    id: string
    number: string
    adoption_id: string
    claim_id: string
    organisation_id: string
    state: string
    recorded_fen: bigint
    settled_fen: bigint
    right_fen: bigint
    reason: string
    evidence: string
    proposed_by: string
    proposed_at: At
    decided_by: string | null
    decided_at: MaybeAt
    decision_reason: string | null
    returned_reference: string | null
    returned_on: Day | null
  }
}
