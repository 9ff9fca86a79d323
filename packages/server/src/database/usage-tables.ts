// The columns of feeds of use and of alerts as TypeScript sees them; migrations/0030-usage-feeds.ts and
// 0036-balance-alerts.ts are their definition.
import type { SignatureAlgorithm } from '@suanquan/core'
import type { AlertPercent } from '@suanquan/core/metering'
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
