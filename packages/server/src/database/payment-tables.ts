// The columns of payments as TypeScript sees them; migrations/0034-payments.ts is their definition.
import type { Day } from '@suanquan/core/calendar'
import type { TreasuryProfile } from '@suanquan/core/settlement'
import type { ColumnType } from 'kysely'
import type { InstantColumn } from './tables.ts'

interface Placed {
  jurisdiction: string
  district: string
}

export interface PaymentTables {
  treasury_profile: Placed & {
    fund_id: string
    version: number
    profile: ColumnType<TreasuryProfile, string, never>
    reason: string
    set_by: string
    set_at: InstantColumn
  }
  bank_file: Placed & {
    id: string
    disbursement_id: string
    file_name: string
    format: string
    sha256: string
    recorded_by: string
    recorded_at: InstantColumn
  }
  bank_answer: Placed & {
    id: string
    disbursement_id: string
    claim_id: string
    outcome: 'paid' | 'returned'
    amount_fen: bigint
    on_day: Day
    reference: string
    reason: string | null
    file_id: string | null
    /** null for what an earlier release recorded without saying who */
    recorded_by: string | null
    recorded_at: InstantColumn
  }
}
