// The columns of registered papers as TypeScript sees them; migrations/0033-trade-papers.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ColumnType } from 'kysely'
import type { InstantColumn } from './tables.ts'

type Json<Value> = ColumnType<Value, string, string>
type MaybeAt = ColumnType<Instant | null, string | null, string | null>

interface Placed {
  jurisdiction: string
  district: string
}

export type PaperKind = 'invoice' | 'payment' | 'delivery_certificate'
export type Standing = 'unverified' | 'verified' | 'not_found' | 'voided'

/** What a paper says beside what it is found by: amounts as digits. */
export interface PaperDetail {
  readonly fromName: string
  readonly toName: string
  readonly taxFen?: string
  readonly lines?: readonly {
    readonly name: string
    readonly taxCode: string | null
    readonly amountFen: string
    readonly taxRate: number | null
    readonly taxFen: string
  }[]
  readonly devices?: readonly { readonly name: string; readonly count: number }[]
  readonly signedByProviderOn?: Day
  readonly signedByFirmOn?: Day
}

export interface TradePaperTables {
  trade_paper: Placed & {
    id: string
    organisation_id: string
    kind: PaperKind
    number: string
    /** seller of an invoice, payer of a slip, provider of a certificate */
    from_code: string
    to_code: string
    amount_fen: bigint | null
    dated_on: Day
    red_letter_of: string | null
    contract_id: string | null
    origin: 'file' | 'list' | 'entered' | 'case'
    detail: Json<PaperDetail>
    excluded_fen: bigint
    attachment_id: string | null
    standing: Standing
    registered_by: string
    registered_at: InstantColumn
  }
  trade_paper_answer: Placed & {
    trade_paper_id: string
    position: number
    outcome: Exclude<Standing, 'unverified'>
    source: string
    answered_on: Day
    attachment_id: string | null
    recorded_by: string
    recorded_at: InstantColumn
  }
  trade_paper_file: Placed & {
    id: string
    organisation_id: string | null
    kind: 'e_invoice' | 'invoice_list' | 'payment_list' | 'answers'
    file_name: string
    sha256: string
    source: string
    head: Json<readonly string[]>
    rows: Json<readonly object[]>
    attachment_id: string | null
    checked_by: string
    checked_at: InstantColumn
    taken_by: ColumnType<string | null, string | null | undefined, string | null>
    taken_at: ColumnType<Instant | null, string | null | undefined, string | null>
  }
  unverified_decision: Placed & {
    id: string
    claim_id: string
    numbers: string[]
    reason: string
    decided_by: string
    decided_at: InstantColumn
  }
  upstream_contract: Placed & {
    id: string
    operator_id: string
    centre_id: string
    number: string
    signed_on: Day
    starts_on: Day
    ends_on: Day
    amount_fen: bigint
    prices: Json<readonly { readonly chip: string; readonly priceFenPerCardHour: string }[]>
    attachment_id: string | null
    stated_by: string
    stated_at: InstantColumn
    confirmed_by: string | null
    confirmed_at: MaybeAt
  }
  contract_upstream: Placed & {
    contract_id: string
    upstream_id: string
    linked_by: string
    linked_at: InstantColumn
  }
}
