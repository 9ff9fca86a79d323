// The columns of allotments and moves of money as TypeScript sees them; migrations/0016-money.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ColumnType } from 'kysely'

type At = ColumnType<Instant, string, never>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>

export interface Placed {
  jurisdiction: string
  district: string
}

/** What one person proposed and another decides. */
export interface TwoPeople {
  state: 'proposed' | 'approved' | 'refused'
  proposed_by: string
  proposed_at: At
  decided_by: string | null
  decided_at: MaybeAt
  decision_reason: string | null
}

export interface MoneyTables {
  allotment: Placed & {
    id: string
    adoption_id: string
    kind: 'district' | 'batch' | 'tier'
    reference: string
    name: string
    city_share_numerator: number | null
    city_share_denominator: number | null
    rest_paid_by: 'city' | 'district' | null
    opened_by: string
    opened_at: At
    funded_at: MaybeAt
  }
  pool_move: Placed &
    TwoPeople & {
      id: string
      adoption_id: string
      from_kind: 'appropriation' | 'pool' | 'allotment'
      from_id: string | null
      to_kind: 'appropriation' | 'pool' | 'allotment' | 'treasury'
      to_id: string | null
      amount_fen: bigint
      document_number: string
      document_on: Day
      reason: string
    }
}
