// The columns of registers, imports and what providers and leavers say, as TypeScript sees them;
// migrations/0008-registers.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Register, RegisterEntry } from '@suanquan/core/party'
import type { ColumnType, JSONColumnType } from 'kysely'

type At = ColumnType<Instant, string, string>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>
type Json<Shape extends object> = JSONColumnType<Shape, string, string>
type MaybeJson<Shape extends object> = ColumnType<Shape | null, string | null | undefined, string | null>

interface Placed {
  jurisdiction: string
  district: string
}

/** The terms of a contract that its provider states on: what metering goes by. */
export interface ContractTerms {
  readonly cluster: string
  readonly account: string
  readonly qos: string | null
  readonly prices: readonly { readonly chip: string; readonly priceFenPerCardHour: string }[]
}

export interface RegisterTables {
  import_check: Placed & {
    id: string
    kind: string
    source: string
    as_of: Day
    file_name: string
    format: string
    sha256: string
    bytes: number
    checked_by: string | null
    checked_at: At
    counts: Json<{ new: number; changed: number; same: number; refused: number }>
    ignored: Json<string[]>
    plan_hash: string
    rows: Json<object[]>
    taken: 'all' | 'good' | null
    confirmed_by: string | null
    confirmed_at: MaybeAt
  }
  register_entry: Placed & {
    id: string
    organisation_id: string
    register: Register
    source: string
    as_of: Day
    import_id: string | null
    imported_at: At
    version: number
    facts: Json<RegisterEntry['facts']>
  }
  register_limit: Placed & {
    register: Register
    max_age_days: number | null
    changed_by: string | null
    changed_at: At
    reason: string
  }
  contract_statement: Placed & {
    id: string
    contract_id: string
    position: number
    outcome: 'confirmed' | 'corrected' | 'refused' | 'accepted'
    terms_hash: string
    terms: Json<ContractTerms>
    corrected: MaybeJson<ContractTerms>
    reason: string | null
    said_by: string
    said_at: At
  }
  leave_announcement: Placed & {
    id: string
    person_id: string
    organisation_id: string
    successor: string
    leaves_on: Day
    reason: string
    announced_at: At
    state: 'open' | 'approved' | 'refused' | 'withdrawn'
    hand_over_id: string | null
    decided_by: string | null
    decided_at: MaybeAt
    decision_reason: string | null
  }
  site_event: Placed & {
    id: string
    at: At
    event: string
    detail: Json<Record<string, string | null>>
    reason: string
    done_by: string | null
  }
}
