// The columns of credentials as TypeScript sees them; migrations/0012-credentials.ts is their definition.
import type { CredentialKind } from '@suanquan/core/voucher'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ColumnType } from 'kysely'

export interface CredentialTables {
  credential: {
    id: string
    jurisdiction: string
    district: string
    organisation_id: string
    kind: CredentialKind
    voucher_id: string | null
    recipient: string
    purpose: string
    stated_on: Day
    text: string
    signature: string
    issued_by: string
    issued_at: ColumnType<Instant, string, never>
    expires_on: Day
    revoked_by: string | null
    revoked_at: ColumnType<Instant | null, never, string>
    revoked_reason: string | null
  }
}
