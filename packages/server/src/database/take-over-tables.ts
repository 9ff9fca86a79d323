// The columns of take-overs as TypeScript sees them; migrations/0026-take-over.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { OpeningFigure, OpeningScope, OpeningSheet } from '@suanquan/core/voucher'
import type { ColumnType } from 'kysely'
import type { Placed } from './money-tables.ts'

type At = ColumnType<Instant, string, string>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>
type Words = { readonly zh: string; readonly en: string }

/** One row of a sheet, or what is wrong with the sheet as a whole. */
export interface TakeOverLine {
  readonly sheet: OpeningSheet
  readonly row: number | null
  readonly label: string
  readonly becomes: Words | null
  readonly reasons: readonly {
    readonly column: Words | null
    readonly code: string
    readonly message: Words
  }[]
}

export interface TakeOverComparison {
  readonly scope: OpeningScope
  readonly key: string
  readonly name: string | null
  readonly agrees: boolean
  readonly figures: readonly {
    readonly figure: OpeningFigure
    readonly found: string | null
    readonly stated: string | null
  }[]
}

/** What a dry run leaves: amounts as digits. */
export interface TakeOverReport {
  readonly hash: string
  readonly lines: readonly TakeOverLine[]
  readonly comparisons: readonly TakeOverComparison[]
}

export interface TakeOverTables {
  take_over: Placed & {
    id: string
    number: string
    adoption_id: string
    system_name: string
    cut_over_on: Day
    state: 'open' | 'prepared' | 'posted' | 'abandoned'
    opened_by: string
    opened_at: At
    report: ColumnType<TakeOverReport | null, string | null | undefined, string | null>
    checked_by: string | null
    checked_at: MaybeAt
    prepared_by: string | null
    prepared_at: MaybeAt
    statement_number: string | null
    decided_by: string | null
    decided_at: MaybeAt
    decision_reason: string | null
  }
  take_over_file: Placed & {
    take_over_id: string
    kind: OpeningSheet | 'statement'
    file_name: string
    media_type: string
    size_bytes: number
    sha256: string
    sm3: string
    uploaded_by: string
    uploaded_at: At
  }
  opening_claim: Placed & {
    claim_id: string
    take_over_id: string
    old_number: string
    paid_on: Day | null
    bank_reference: string | null
  }
}
