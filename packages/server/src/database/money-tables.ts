// The columns of allotments and moves of money as TypeScript sees them; migrations/0016-money.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { AwardReason, ShareOut, ShortageRule } from '@suanquan/core/voucher'
import type { ComputeLine } from '@suanquan/core/capacity'
import type { ColumnType, JSONColumnType } from 'kysely'

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

/** One class at one centre in one month. */
export interface StockLine {
  chip: string
  devices: number
  soldCardHours: number
  certified: boolean
  /** in maintenance or dead; of earlier statements, and where nobody says so, unknown */
  downCardHours?: number | null
}

export type SeenCompute = Omit<ComputeLine, 'tflops'> & {
  wantedPflopHours: number | null
  freePflopHours: number | null
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
  funding_round: Placed & {
    id: string
    adoption_id: string
    number: string
    allotment_id: string | null
    batch_id: string | null
    rule: Exclude<ShortageRule, 'first_come'>
    minimum_fen: bigint
    pool_fen: bigint
    list_hash: string
    draw_name: string
    draw_on: Day | null
    shown: string | null
    source: string | null
    seed: string | null
    left_fen: bigint | null
    left_why: ShareOut['leftWhy'] | null
    state: 'announced' | 'proposed' | 'confirmed' | 'cancelled'
    opened_by: string
    opened_at: At
    proposed_by: string | null
    proposed_at: MaybeAt
    decided_by: string | null
    decided_at: MaybeAt
    decision_reason: string | null
    /** the cancelled draw that this one is made for, and why, in public */
    redraw_of: ColumnType<string | null, string | null | undefined, string | null>
    redraw_reason: ColumnType<string | null, string | null | undefined, string | null>
    /** as it was seen at the confirmation */
    compute: JSONColumnType<SeenCompute[] | null, string | null | undefined, string | null>
    compute_reason: string | null
  }
  centre_capacity: Placed & {
    id: string
    provider_id: string
    month: string
    version: number
    lines: JSONColumnType<StockLine[], string, never>
    entered_by: string
    entered_at: At
  }
  funding_lot: Placed & {
    round_id: string
    application_id: string
    number: string
    claim_fen: bigint
    complete_at: At
    score: number
    turn: number | null
    award_fen: bigint | null
    why: AwardReason | null
    funded_at: MaybeAt
  }
}
