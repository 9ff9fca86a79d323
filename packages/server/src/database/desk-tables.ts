// The columns of what desks keep as TypeScript sees them; migrations/0009-desk.ts is their definition.
import type { Instant } from '@suanquan/core/calendar'
import type { ColumnType } from 'kysely'

type At = ColumnType<Instant, string, string>

interface Placed {
  jurisdiction: string
  district: string
}

export interface DeskTables {
  saved_view: Placed & {
    id: string
    person_id: string
    page: string
    name: string
    search: string
    saved_at: At
  }
  bulk_act: Placed & {
    id: string
    person_id: string
    kind: 'application' | 'claim'
    body_hash: string
    at: At
  }
  bulk_item: Placed & {
    bulk_id: string
    position: number
    object_id: string
    /** null: done */
    refusal: ColumnType<StoredRefusal | null, string | null, never>
  }
  unmasking: Placed & {
    id: string
    person_id: string
    about: 'application' | 'claim' | 'objection' | 'organisation' | 'disbursement'
    object_id: string
    organisation_id: string | null
    purpose: string
    reason: string
    granted_at: At
    valid_until: At
  }
}

export interface StoredRefusal {
  readonly code: string
  readonly params: Readonly<Record<string, string | number | boolean | readonly string[]>>
}
