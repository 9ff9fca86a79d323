// The columns of seals and published keys as TypeScript sees them; migrations/0011-seals.ts is their definition.
import type { SignatureAlgorithm } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import type { ColumnType } from 'kysely'

/** A column that only the database writes. */
type Read<Value> = ColumnType<Value, never, never>

export interface SealTables {
  signing_key: {
    id: string
    jurisdiction: string
    district: string
    algorithm: SignatureAlgorithm
    public_key: Uint8Array
    valid_from: ColumnType<Instant, string, never>
    replaces: string | null
    endorsement: Uint8Array | null
  }
  'ledger.seal': {
    ledger: Read<number>
    number: Read<bigint>
    first_seq: Read<bigint>
    last_seq: Read<bigint>
    root: Read<Uint8Array>
    peaks: Read<Uint8Array>
    previous: Read<Uint8Array>
    at: Read<Instant>
    key_id: Read<string>
    signature: Read<Uint8Array>
  }
  'ledger.seal_node': {
    ledger: Read<number>
    level: Read<number>
    position: Read<bigint>
    hash: Read<Uint8Array>
  }
}
