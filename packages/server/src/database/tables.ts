// The tables as Kysely sees them. Each module of the server adds its own tables to `Tables`; what the database fills
// in or forbids to write is said in the column's type.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Uuid } from '@suanquan/core/ledger'
import type { ColumnType } from 'kysely'
import type { ArchiveTables } from './archive-tables.ts'
import type { ClawbackTables } from './clawback-tables.ts'
import type { DisputeTables } from './dispute-tables.ts'
import type { DeskTables } from './desk-tables.ts'
import type { DocumentTables } from './document-tables.ts'
import type { CredentialTables } from './credential-tables.ts'
import type { EngagementTables } from './engagement-tables.ts'
import type { ExpertTables } from './expert-tables.ts'
import type { SweepTables } from './sweep-tables.ts'
import type { TakeOverTables } from './take-over-tables.ts'
import type { MessageTables } from './message-tables.ts'
import type { FundTables } from './fund-tables.ts'
import type { MoneyTables } from './money-tables.ts'
import type { OfficeTables } from './office-tables.ts'
import type { PaymentTables } from './payment-tables.ts'
import type { ProjectTables } from './project-tables.ts'
import type { PublicTables } from './public-tables.ts'
import type { RegisterTables } from './register-tables.ts'
import type { SealTables } from './seal-tables.ts'
import type { ReviewTables } from './review-tables.ts'
import type { OfferTables } from './offer-tables.ts'
import type { TradePaperTables } from './trade-paper-tables.ts'
import type { UsageTables } from './usage-tables.ts'

/** A column that only the database writes. */
type Read<Value> = ColumnType<Value, never, never>

/** A timestamptz column: read as an `Instant`, written as `timestamp(instant)`. */
export type InstantColumn = ColumnType<Instant, string, string>

interface HeadTable {
  readonly ledger: Read<number>
  readonly jurisdiction: Read<string>
  readonly next_seq: Read<bigint>
  readonly at: Read<Instant>
  readonly chain: Read<Uint8Array>
}

interface AccountTable {
  readonly ledger: Read<number>
  readonly id: Read<Uuid>
  readonly jurisdiction: Read<string>
  readonly district: Read<string>
  readonly code: Read<number>
  readonly programme: Read<string>
  readonly year: Read<number | null>
  readonly kind: Read<string>
  readonly holder: Read<string>
  readonly reference: Read<string>
  readonly usable_until: Read<Day | null>
  readonly floor: Read<number>
  readonly closed_seq: Read<bigint | null>
  readonly debits_pending: Read<bigint>
  readonly debits_posted: Read<bigint>
  readonly credits_pending: Read<bigint>
  readonly credits_posted: Read<bigint>
}

interface AskedColumns {
  readonly ledger: Read<number>
  readonly id: Read<Uuid>
  readonly at: Read<Instant>
  readonly kind: Read<number>
  readonly debit: Read<Uuid>
  readonly credit: Read<Uuid>
  readonly amount: Read<bigint>
  readonly reservation: Read<Uuid | null>
  readonly code: Read<number>
  readonly expires_at: Read<Instant | null>
  readonly document: Read<Uuid>
  readonly jurisdiction: Read<string>
  readonly district: Read<string>
  readonly link: Read<number>
  readonly links: Read<number>
  readonly set_hash: Read<Uint8Array>
}

interface PostingTable extends AskedColumns {
  readonly seq: Read<bigint>
  readonly chain: Read<Uint8Array>
}

interface RejectionTable extends AskedColumns {
  readonly result: Read<number>
  readonly after_seq: Read<bigint>
}

export interface LedgerTables {
  readonly 'ledger.head': HeadTable
  readonly 'ledger.account': AccountTable
  readonly 'ledger.posting': PostingTable
  readonly 'ledger.rejection': RejectionTable
}

export interface Tables
  extends
    LedgerTables,
    DocumentTables,
    ArchiveTables,
    ClawbackTables,
    OfficeTables,
    MessageTables,
    MoneyTables,
    FundTables,
    DeskTables,
    EngagementTables,
    ExpertTables,
    CredentialTables,
    SweepTables,
    TakeOverTables,
    RegisterTables,
    SealTables,
    ProjectTables,
    ReviewTables,
    OfferTables,
    TradePaperTables,
    UsageTables,
    PaymentTables,
    DisputeTables,
    PublicTables {}
