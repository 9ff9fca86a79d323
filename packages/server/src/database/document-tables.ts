// The columns of the documents as TypeScript sees them; migrations/0002-documents.ts is their definition.
import type { SeenCompute } from './money-tables.ts'
import type { UpperAward } from './sweep-tables.ts'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { TreasuryProfile } from '@suanquan/core/settlement'
import type { CapLine, PoolKey } from '@suanquan/core/voucher'
import type { StoredAgreed, StoredTariff } from './offer-tables.ts'
import type { ColumnType, JSONColumnType } from 'kysely'

/** timestamptz: read as an `Instant`, written as `timestamp(instant)` */
type At = ColumnType<Instant, string, string>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>
type Json<Shape extends object> = JSONColumnType<Shape, string, string>
type Sequence = ColumnType<bigint, never, never>

interface Placed {
  jurisdiction: string
  district: string
}

/** What an approval lets its firm buy, beside what was promised before it and what centres had free at that moment. */
export interface AwardCompute {
  readonly at: string
  readonly lines: readonly (SeenCompute & { readonly promisedCardHours: number })[]
}

export interface StoredApproval {
  readonly id: string
  readonly amountFen: string
  readonly caps: readonly (Omit<CapLine, 'limit'> & { readonly limit: string })[]
  /** the pools that pay; the programme's own pays all when left out */
  readonly sources?: readonly { readonly pool: PoolKey; readonly amountFen: string }[]
  /** what is paid in parts, each with its pools; paid whole when left out */
  readonly parts?: readonly {
    readonly amountFen: string
    readonly sources?: readonly { readonly pool: PoolKey; readonly amountFen: string }[]
  }[]
}

export interface DocumentTables {
  person: Placed & {
    id: string
    login: string
    display_name: string
    password_hash: string | null
    active: boolean
    failed_attempts: number
    locked_until: MaybeAt
    created_at: At
  }
  enrolment: Placed & { code_hash: string; person_id: string; created_at: At; used_at: MaybeAt }
  role_grant: Placed & {
    id: string
    person_id: string
    role: string
    district_limit: string | null
    organisation_id: string | null
    granted_by: string | null
    granted_at: At
  }
  session: Placed & { token_hash: string; person_id: string; opened_at: At; seen_at: At; closed_at: MaybeAt }
  setup_token: Placed & { token_hash: string; made_at: At; used_at: MaybeAt }
  request_key: Placed & {
    person_id: string
    key: string
    route: string
    body_hash: string
    subject: string | null
    answer: ColumnType<object | null, string | null, string | null>
    at: At
  }
  audit_event: Placed & {
    sequence: Sequence
    at: At
    person_id: string | null
    role: string | null
    action: string
    reads: boolean
    object_kind: string
    object_id: string | null
    organisation_id: string | null
    outcome: string
    request_id: string
  }
  counter: Placed & { name: string; value: bigint }
  organisation: Placed & {
    id: string
    credit_code: string
    credit_code_doubt: string
    credit_code_evidence: string | null
    name: string
    kind: string
    independent_legal_person: boolean
    region: string
    status: string
    industry: string
    employees: number | null
    revenue_fen: bigint | null
    assets_fen: bigint | null
    size_class: string
    size_table: string
    established_on: Day
    dishonest: boolean | null
    bank_name: string
    bank_account: string | null
    /** 联行号 (CNAPS) of its bank, where it is known */
    bank_code: string | null
    roles: string[]
    source: string
    as_of: Day
    updated_at: At
  }
  programme_file: Placed & {
    hash: string
    programme_id: string
    version: string
    text: string
    stored_at: At
  }
  adoption: Placed & {
    id: string
    fund: number
    programme_hash: string
    programme_id: string
    programme_version: string
    adoption_hash: string
    text: string
    authority: string
    opens_on: Day
    closes_on: Day
    claims_until: Day
    adopted_by: string
    adopted_at: At
  }
  appropriation: Placed & {
    id: string
    adoption_id: string
    document_number: string
    document_on: Day | null
    /** the pool of a district that adds its own money, when the district's treasury pays */
    tier_id: string | null
    amount_fen: bigint
    state: string
    proposed_by: string
    proposed_at: At
    approved_by: string | null
    approved_at: MaybeAt
    take_over_id: ColumnType<string | null, string | null | undefined, never>
  }
  service_contract: Placed & {
    id: string
    organisation_id: string
    provider_id: string
    number: string
    signed_on: Day
    starts_on: Day
    ends_on: Day
    amount_fen: bigint
    excluded_fen: bigint
    use: string
    cluster: string
    account: string
    qos: string | null
    prices: Json<{ chip: string; priceFenPerCardHour: string }[]>
    shard: ColumnType<{ chip: string; shardsPerCard: number } | null, string | null, string | null>
    /** the price versions that it agreed, whole; null where it only names prices */
    agreed: ColumnType<StoredAgreed[] | null, string | null, string | null>
  }
  application: Placed & {
    id: string
    number: string
    adoption_id: string
    organisation_id: string
    workflow: Json<object>
    state: string
    draft: Json<object>
    contract_id: string | null
    findings: Json<Record<string, boolean | string>>
    correction_fields: Json<{ field: string; remark: string }[]>
    /** the draft as it stood when the correction was asked for */
    corrected_from: ColumnType<object | null, string | null | undefined, string | null>
    ceiling_fen: bigint | null
    eligible: string
    approved_fen: bigint | null
    approval: ColumnType<StoredApproval | null, string | null | undefined, string | null>
    /** of an approval without a round: what it buys beside what is free */
    compute: ColumnType<AwardCompute | null, string | null | undefined, string | null>
    voucher_id: string | null
    notice_id: string | null
    complete_at: MaybeAt
    created_at: At
    updated_at: At
    deadline_on: Day | null
    deadline_provisional: boolean
    /** the sweep that it came of, and what a higher tier has approved, where nobody applied */
    sweep_id: ColumnType<string | null, string | null | undefined, never>
    upper_award: ColumnType<UpperAward | null, string | null | undefined, never>
    take_over_id: ColumnType<string | null, string | null | undefined, never>
  }
  workflow_event: Placed & {
    id: string
    object_kind: string
    object_id: string
    position: number
    at: At
    event: string
    from_state: string
    to_state: string
    actor_id: string | null
    for_person: ColumnType<string | null, string | null | undefined, never>
    actor_role: string
    reason: string | null
    detail: Json<Record<string, unknown>>
  }
  decision: Placed & {
    id: string
    kind: string
    object_id: string
    adoption_id: string | null
    programme_hash: string | null
    adoption_hash: string | null
    engine_version: string
    decided_at: At
    decided_on: Day
    input: Json<object>
    result: Json<object>
    result_hash: string
  }
  attachment: Placed & {
    id: string
    organisation_id: string
    kind: string
    file_name: string
    media_type: string
    size_bytes: number
    sha256: string
    uploaded_by: string
    uploaded_at: At
  }
  notice: Placed & {
    id: string
    number: string
    adoption_id: string
    opens_on: Day
    closes_on: Day
    working_days: number
    provisional: boolean
    published_by: string
    published_at: At
  }
  notice_line: Placed & { notice_id: string; application_id: string; amount_fen: bigint }
  objection: Placed & {
    id: string
    number: string
    notice_id: string
    application_id: string
    statement: string
    contact_name: string
    contact_phone: string
    filed_at: At
    outcome: string
    answer: string | null
    answered_by: string | null
    answered_at: MaybeAt
  }
  voucher: Placed & {
    id: string
    number: string
    adoption_id: string
    application_id: string
    contract_id: string
    holder_id: string
    holder_credit_code: string
    amount_fen: bigint
    issued_on: Day
    usable_until: Day
    returned_at: MaybeAt
    /** what was left of it went back to the pool by a decision */
    revoked_at: MaybeAt
    take_over_id: ColumnType<string | null, string | null | undefined, never>
    /** its number in the system that it was taken over from */
    old_number: ColumnType<string | null, string | null | undefined, never>
  }
  usage_import: Placed & {
    id: string
    provider_id: string
    file_name: string
    sha256: string
    shape: string
    counts: Json<Record<string, number | string>>
    problems: Json<object[]>
    imported_by: string | null
    imported_at: At
  }
  usage_record: Placed & {
    provider_id: string
    identity: string
    submission: string
    contract_id: string | null
    import_id: string
    content_hash: string
    record: Json<object>
  }
  rated_line: Placed & {
    id: string
    provider_id: string
    identity: string
    contract_id: string
    month: string
    started_at: At
    ended_at: At
    seconds: number
    suspended_seconds: number
    unit_seconds: bigint
    chip: string
    units: number
    units_per_card: number
    price_fen_per_card_hour: bigint
    value_fen: bigint
    amount_fen: bigint
    reason: string
    open: boolean
    job: Json<{ jobId: string; cluster: string; state: string }>
    booking: 'regular' | 'late' | 'refused' | 'reversal' | 'restated'
    booked_month: string
    booked_at: At
    counts: boolean
    corrects_at: ColumnType<Instant | null, string | null, string | null>
    /** null where the contract only names prices */
    tariff: ColumnType<StoredTariff | null, string | null, string | null>
  }
  claim: Placed & {
    id: string
    number: string
    adoption_id: string
    voucher_id: string | null
    application_id: string
    contract_id: string | null
    organisation_id: string
    payee_id: string
    payee_credit_code: string
    deducted_fen: bigint | null
    /** the caps that a deduction drew on, as an approval keeps them */
    drawn_caps: ColumnType<StoredApproval['caps'] | null, string | null | undefined, string | null>
    claimed_at: MaybeAt
    state: string
    period_from: Day
    period_to: Day
    body: Json<object>
    matched: ColumnType<object | null, string | null, string>
    base_fen: bigint
    payable_fen: bigint
    approved_fen: bigint | null
    /** of what was approved: paid by bank, or set off */
    settled_fen: ColumnType<bigint, bigint | undefined, bigint>
    /** of what was deducted: drawn from the provider's imprest, and neither filled again nor put back */
    imprest_fen: ColumnType<bigint, bigint | undefined, bigint>
    imprest_left_fen: ColumnType<bigint, bigint | undefined, bigint>
    batch_id: string | null
    submitted_at: At
    /** the last day on which what it holds can be approved; null: until it is decided */
    hold_ends_on: ColumnType<Day | null, Day | null | undefined, Day | null>
    deadline_on: Day | null
    deadline_provisional: boolean
  }
  application_evidence: Placed & { application_id: string; kind: string; number: string; used_fen: bigint }
  claim_evidence: Placed & { claim_id: string; kind: string; number: string; used_fen: bigint }
  disbursement: Placed & {
    id: string
    number: string
    adoption_id: string
    state: string
    prepared_by: string
    prepared_at: At
    approved_by: string | null
    approved_at: MaybeAt
    paid_on: Day | null
    bank_reference: string | null
    file_text: string
    file_sha256: string
    treasury_version: number | null
    treasury: ColumnType<TreasuryProfile | null, string | null, never>
    record_sm3: string | null
    signing_key: string | null
    signature: Uint8Array | null
  }
  disbursement_line: Placed & {
    disbursement_id: string
    claim_id: string
    amount_fen: bigint
    payee_name: string
    bank_name: string
    bank_account: string
    state: string
    return_reason: string | null
    instruction_id: string
    payee_credit_code: string
    bank_code: string | null
  }
}
