// The columns of feeds of use and of alerts as TypeScript sees them; migrations/0030-usage-feeds.ts,
// 0032-usage-periods.ts, 0036-balance-alerts.ts and 0037-usage-events.ts are their definition.
import type { SignatureAlgorithm } from '@suanquan/core'
import type { AlertPercent, RawOutcome } from '@suanquan/core/metering'
import type { ColumnType } from 'kysely'
import type { InstantColumn } from './tables.ts'

type Json<Value> = ColumnType<Value, string, string>

interface Placed {
  jurisdiction: string
  district: string
}

export interface UsageTables {
  usage_feed: Placed & {
    id: string
    provider_id: string
    name: string
    cluster: string
    algorithm: SignatureAlgorithm
    public_key: Uint8Array
    key_id: string
    enrolled_by: string
    enrolled_at: InstantColumn
    revoked_by: string | null
    revoked_at: ColumnType<number | null, string | null, string | null>
    heard_at: ColumnType<number | null, string | null, string | null>
    read_until: ColumnType<number | null, string | null, string | null>
  }
  usage_batch: Placed & {
    feed_id: string
    number: number
    sha256: string
    signature: Uint8Array
    body: string
    import_id: string | null
    source: 'runs' | 'devices'
    made_at: InstantColumn
    read_from: InstantColumn
    read_until: InstantColumn
    received_at: InstantColumn
    counts: Json<Record<string, number>>
  }
  usage_hour: Placed & {
    provider_id: string
    cluster: string
    device: string
    hour_at: InstantColumn
    owner: string
    feed_id: string
    batch: number
    revision: number
    samples: number
    covered_seconds: number
    hour: Json<object>
  }
  usage_event: Placed & {
    provider_id: string
    source: string
    event_id: string
    feed_id: string
    sha256: string
    outcome: 'added' | 'superseded' | 'unchanged' | 'conflict'
    body: string
    import_id: string
    received_at: InstantColumn
  }
  raw_request: Placed & {
    id: string
    feed_id: string
    provider_id: string
    batch: number
    sm3: string
    name: string
    bytes: bigint
    reason: string
    asked_by: string
    asked_at: InstantColumn
    state: ColumnType<'asked' | RawOutcome, 'asked' | RawOutcome | undefined, 'asked' | RawOutcome>
    answered_at: ColumnType<number | null, string | null | undefined, string | null>
    signature: ColumnType<Uint8Array | null, Uint8Array | null | undefined, Uint8Array | null>
    sha256: ColumnType<string | null, string | null | undefined, string | null>
  }
  usage_period: Placed & {
    provider_id: string
    month: string
    state: 'proposed' | 'returned' | 'closed'
    /** null where the platform closed it by itself */
    proposed_by: string | null
    proposed_at: InstantColumn
    decided_by: string | null
    decided_at: ColumnType<number | null, string | null, string | null>
    reason: string
  }
  usage_alert: Placed & {
    id: string
    provider_id: string
    kind: 'claimed_use_corrected' | 'feed_silent'
    feed_id: string | null
    claim_id: string | null
    /** the firm whose claim it is */
    organisation_id: string | null
    amount_fen: bigint | null
    evidence: Json<object>
    raised_at: InstantColumn
    settled_at: ColumnType<number | null, string | null, string | null>
    settled_by: string | null
    note: string | null
  }
  balance_alert: Placed & {
    kind: 'contract' | 'voucher' | 'pool'
    object_id: string
    total_fen: bigint
    percent: AlertPercent
    used_fen: bigint
    days_left: number | null
    at: InstantColumn
  }
}
