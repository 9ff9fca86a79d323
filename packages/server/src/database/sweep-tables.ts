// The columns of sweeps as TypeScript sees them; migrations/0013-sellers-and-sweeps.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ColumnType, JSONColumnType } from 'kysely'

/** What a higher tier has approved for a contract, as the bureau holds it. */
export interface UpperAward {
  readonly percent: number
  readonly approvedOn: Day
  readonly source: string
}

export interface SweptLine {
  readonly creditCode: string
  readonly contractNumber: string
  /** null where the register does not know the firm */
  readonly organisationName: string | null
  readonly outcome: 'qualifies' | 'missing' | 'not_eligible' | 'taken'
  readonly applicationId: string | null
  readonly ceilingFen: string | null
  /** what is not held, why not, or which application has the contract */
  readonly reasons: readonly { readonly zh: string; readonly en: string }[]
}

export interface SweepTables {
  sweep: {
    id: string
    jurisdiction: string
    district: string
    number: string
    adoption_id: string
    source: string
    lines: JSONColumnType<SweptLine[], string, string>
    made_by: string
    made_at: ColumnType<Instant, string, never>
  }
}
