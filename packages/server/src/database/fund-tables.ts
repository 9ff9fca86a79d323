// The columns of funds, of what happens to them and of closed years as TypeScript sees them; migrations/0022-funds.ts is
// their definition.
import type { Day } from '@suanquan/core/calendar'
import type { FundMove } from '@suanquan/core/voucher'
import type { ColumnType } from 'kysely'
import type { Placed, TwoPeople } from './money-tables.ts'

/** What becomes of what is left at the end of a year: it goes on (结转) or back to the treasury (收回). */
export type YearRule = 'carry' | 'lapse'

/** One account of the closed year: what was left in it, and where that went. */
export interface YearLine {
  readonly at: 'appropriation' | 'pool' | 'management'
  /** empty for what the programmes share */
  readonly programme: string
  readonly kind: string
  readonly district: string
  readonly reference: string
  /** what was left, what is promised included */
  readonly leftFen: string
  /** approved and not issued: always carried over */
  readonly reservedFen: string
  readonly carriedFen: string
  readonly lapsedFen: string
}

/** What the programmes still owe their firms: it goes on as it is. */
export interface YearCommitment {
  readonly programme: string
  /** usable and held on vouchers */
  readonly voucherFen: string
  /** redeemed and not paid */
  readonly payableFen: string
}

export interface YearStatement {
  readonly lines: readonly YearLine[]
  readonly commitments: readonly YearCommitment[]
}

type Json<Value> = ColumnType<Value, string, string>
type Ground = { document_number: string; document_on: Day; reason: string }

export interface FundTables {
  fund: Placed & { number: number; id: string; open_year: number | null }
  fund_act: Placed &
    TwoPeople &
    Ground & {
      id: string
      fund: number
      adoption_id: string | null
      kind: FundMove | 'management_share' | 'shared_cap' | 'advance' | 'return_advance'
      amount_fen: bigint | null
      share_numerator: number | null
      share_denominator: number | null
      year: number | null
      payee: string | null
      paid_on: Day | null
      /** of an advance and its return */
      provider_id: string | null
      /** the day by which an advance comes back */
      return_by: Day | null
    }
  year_close: Placed &
    TwoPeople &
    Ground & {
      id: string
      fund: number
      year: number
      /** by programme; empty for what the programmes share */
      rules: Json<Readonly<Record<string, YearRule>>>
      statement: ColumnType<YearStatement | null, string | null | undefined, string>
    }
}
