// Reason: the documents of the spine (people, organisations, adoptions, applications, notices, vouchers, usage, claims,
// disbursements) and the trail of who did and who read what. Every row carries jurisdiction and district; a column
// with personal data says so in its comment; no column has a clock or a random default: moments and ids come from
// the command. Money is bigint fen, days are dates, instants are timestamptz.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const identity = `
create table person (
  id uuid primary key, ${place},
  login text not null unique, display_name text not null, password_hash text,
  active boolean not null, failed_attempts int not null, locked_until timestamptz, created_at timestamptz not null);
comment on column person.display_name is 'personal: name';
comment on column person.login is 'personal: login';
create table enrolment (code_hash text primary key, person_id uuid not null references person, ${place},
  created_at timestamptz not null, used_at timestamptz);
create table role_grant (
  id uuid primary key, person_id uuid not null references person, ${place},
  role text not null, district_limit text, organisation_id uuid, granted_by uuid, granted_at timestamptz not null);
create index role_grant_person on role_grant (person_id);
create table session (
  token_hash text primary key, person_id uuid not null references person, ${place},
  opened_at timestamptz not null, seen_at timestamptz not null, closed_at timestamptz);
create table setup_token (token_hash text primary key, ${place}, made_at timestamptz not null, used_at timestamptz);
create table request_key (
  person_id uuid not null, key text not null, ${place}, route text not null, body_hash text not null,
  subject text, answer jsonb, at timestamptz not null, primary key (person_id, key));
create table audit_event (
  sequence bigint generated always as identity primary key, ${place},
  at timestamptz not null, person_id uuid, role text, action text not null, reads boolean not null,
  object_kind text not null, object_id text, organisation_id uuid, outcome text not null, request_id text not null);
create index audit_event_object on audit_event (object_id, sequence);
create index audit_event_person on audit_event (person_id, sequence);
create table counter (name text primary key, ${place}, value bigint not null);
`

const party = `
create table organisation (
  id uuid primary key, ${place}, credit_code text not null unique, credit_code_doubt text not null,
  credit_code_evidence text, name text not null, kind text not null, independent_legal_person boolean not null,
  region text not null, status text not null, industry text not null, employees int, revenue_fen bigint,
  assets_fen bigint, size_class text not null, size_table text not null, established_on date not null,
  dishonest boolean, bank_name text not null, bank_account text, roles text[] not null, source text not null,
  as_of date not null, updated_at timestamptz not null);
comment on column organisation.bank_account is 'personal: account';
create index organisation_name on organisation (name);
`

const policy = `
create table programme_file (hash text primary key, ${place}, programme_id text not null, version text not null,
  text text not null, stored_at timestamptz not null);
create table adoption (
  id uuid primary key, ${place}, fund int not null unique, programme_hash text not null references programme_file,
  programme_id text not null, programme_version text not null, adoption_hash text not null, text text not null,
  authority text not null, opens_on date not null, closes_on date not null, claims_until date not null,
  adopted_by uuid not null, adopted_at timestamptz not null, unique (programme_hash, adoption_hash));
create table appropriation (
  id uuid primary key, ${place}, adoption_id uuid not null references adoption, document_number text not null,
  amount_fen bigint not null check (amount_fen > 0), state text not null, proposed_by uuid not null,
  proposed_at timestamptz not null, approved_by uuid, approved_at timestamptz,
  unique (adoption_id, document_number), check (approved_by is null or approved_by <> proposed_by));
`

const application = `
create table service_contract (
  id uuid primary key, ${place}, organisation_id uuid not null references organisation,
  provider_id uuid not null references organisation, number text not null, signed_on date not null,
  starts_on date not null, ends_on date not null, amount_fen bigint not null check (amount_fen > 0),
  excluded_fen bigint not null check (excluded_fen >= 0 and excluded_fen <= amount_fen), use text not null,
  cluster text not null, account text not null, qos text, prices jsonb not null, shard jsonb);
create index service_contract_account on service_contract (cluster, account);
create table application (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  organisation_id uuid not null references organisation, workflow jsonb not null, state text not null,
  draft jsonb not null, contract_id uuid references service_contract, findings jsonb not null,
  correction_fields jsonb not null, ceiling_fen bigint, eligible text not null, approved_fen bigint,
  approval jsonb, voucher_id uuid, notice_id uuid, complete_at timestamptz, created_at timestamptz not null,
  updated_at timestamptz not null, deadline_on date, deadline_provisional boolean not null,
  check (approved_fen is null or approved_fen > 0));
create index application_state on application (adoption_id, state, complete_at);
create index application_organisation on application (organisation_id);
create unique index application_contract_once on application (contract_id)
  where state not in ('refused', 'withdrawn');
create table workflow_event (
  id uuid primary key, ${place}, object_kind text not null, object_id uuid not null, position int not null,
  at timestamptz not null, event text not null, from_state text not null, to_state text not null,
  actor_id uuid, actor_role text not null, reason text, detail jsonb not null, unique (object_id, position));
create table decision (
  id uuid primary key, ${place}, kind text not null, object_id uuid not null, adoption_id uuid references adoption,
  programme_hash text, adoption_hash text, engine_version text not null, decided_at timestamptz not null,
  decided_on date not null, input jsonb not null, result jsonb not null, result_hash text not null);
create index decision_object on decision (object_id, decided_at);
create table attachment (
  id uuid primary key, ${place}, organisation_id uuid not null references organisation, kind text not null,
  file_name text not null, media_type text not null, size_bytes int not null, sha256 text not null,
  uploaded_by uuid not null, uploaded_at timestamptz not null);
`

const disclosure = `
create table notice (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  opens_on date not null, closes_on date not null, working_days int not null, provisional boolean not null, published_by uuid not null,
  published_at timestamptz not null);
create table notice_line (
  notice_id uuid not null references notice, application_id uuid not null references application, ${place},
  amount_fen bigint not null, primary key (notice_id, application_id));
create table objection (
  id uuid primary key, ${place}, number text not null unique, notice_id uuid not null references notice,
  application_id uuid not null references application, statement text not null, contact_name text not null,
  contact_phone text not null, filed_at timestamptz not null, outcome text not null, answer text,
  answered_by uuid, answered_at timestamptz);
comment on column objection.contact_name is 'personal: name';
comment on column objection.contact_phone is 'personal: phone';
comment on column objection.statement is 'personal: free text';
create table voucher (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  application_id uuid not null references application, contract_id uuid not null references service_contract,
  holder_id uuid not null references organisation, holder_credit_code text not null, amount_fen bigint not null,
  issued_on date not null, usable_until date not null, returned_at timestamptz);
create index voucher_holder on voucher (holder_id);
create index voucher_due on voucher (usable_until) where returned_at is null;
`

const metering = `
create table usage_import (
  id uuid primary key, ${place}, provider_id uuid not null references organisation, file_name text not null,
  sha256 text not null, shape text not null, counts jsonb not null, problems jsonb not null,
  imported_by uuid, imported_at timestamptz not null);
create table usage_record (
  provider_id uuid not null references organisation, identity text not null, submission text not null,
  ${place}, contract_id uuid,
  import_id uuid not null references usage_import, content_hash text not null, record jsonb not null,
  primary key (provider_id, identity));
create index usage_record_submission on usage_record (provider_id, submission);
create index usage_record_contract on usage_record (contract_id);
create table rated_line (
  id uuid primary key, ${place}, provider_id uuid not null, identity text not null, contract_id uuid not null,
  month text not null, started_at timestamptz not null, ended_at timestamptz not null, seconds int not null,
  suspended_seconds int not null, unit_seconds bigint not null, chip text not null, units int not null,
  units_per_card int not null, price_fen_per_card_hour bigint not null, value_fen bigint not null,
  amount_fen bigint not null check (amount_fen between 0 and value_fen), reason text not null,
  open boolean not null, job jsonb not null);
create index rated_line_contract on rated_line (contract_id, started_at);
create index rated_line_record on rated_line (provider_id, identity);
`

const settlement = `
create table claim (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  voucher_id uuid not null references voucher, application_id uuid not null references application,
  contract_id uuid not null references service_contract, organisation_id uuid not null references organisation,
  state text not null, period_from date not null, period_to date not null, body jsonb not null,
  matched jsonb not null, base_fen bigint not null, payable_fen bigint not null check (payable_fen > 0), approved_fen bigint,
  batch_id uuid, submitted_at timestamptz not null, deadline_on date,
  deadline_provisional boolean not null, check (approved_fen is null or approved_fen between 1 and payable_fen));
create index claim_state on claim (adoption_id, state, submitted_at);
create index claim_contract on claim (contract_id);
create table claim_evidence (
  claim_id uuid not null references claim, kind text not null check (kind in ('invoice', 'payment')),
  number text not null, ${place}, used_fen bigint not null check (used_fen >= 0),
  primary key (claim_id, kind, number));
create index claim_evidence_number on claim_evidence (kind, number);
create table disbursement (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  state text not null, prepared_by uuid not null, prepared_at timestamptz not null, approved_by uuid,
  approved_at timestamptz, paid_on date, bank_reference text, file_text text not null, file_sha256 text not null,
  check (approved_by is null or approved_by <> prepared_by));
create table disbursement_line (
  disbursement_id uuid not null references disbursement, claim_id uuid not null references claim, ${place},
  amount_fen bigint not null check (amount_fen > 0), payee_name text not null, bank_name text not null,
  bank_account text not null, state text not null, return_reason text, primary key (disbursement_id, claim_id));
comment on column disbursement_line.bank_account is 'personal: account';
comment on column disbursement.file_text is 'personal: account';
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create schema if not exists suanquan`.execute(database)
  await sql`set local search_path = suanquan`.execute(database)
  const script = [identity, party, policy, application, disclosure, metering, settlement].join('\n')
  for (const statement of script.split(';\n')) {
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
  }
  await sql.raw('grant usage on schema suanquan to suanquan_app').execute(database)
  await sql
    .raw('grant select, insert, update, delete on all tables in schema suanquan to suanquan_app')
    .execute(database)
  for (const table of ['audit_event', 'workflow_event', 'decision']) {
    await sql.raw(`revoke update, delete on suanquan.${table} from suanquan_app`).execute(database)
  }
}
