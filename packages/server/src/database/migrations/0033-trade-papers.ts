// Reason: invoices, payment slips and delivery certificates are things of their own: registered once, checked by themselves,
// asked about at the tax authority, and used by claims of any programme up to what they say. An invoice that nobody has
// verified is paid on by a recorded decision only. Where an operator resells what a centre runs, its purchase stands beside
// the firm's contract, and what a claim takes of that purchase is kept.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
create table trade_paper (
  id uuid primary key, ${place}, organisation_id uuid not null references organisation,
  kind text not null check (kind in ('invoice', 'payment', 'delivery_certificate')), number text not null,
  from_code text not null, to_code text not null, amount_fen bigint, dated_on date not null, red_letter_of text,
  contract_id uuid references service_contract,
  origin text not null check (origin in ('file', 'list', 'entered', 'case')), detail jsonb not null,
  excluded_fen bigint not null check (excluded_fen >= 0), attachment_id uuid references attachment,
  standing text not null check (standing in ('unverified', 'verified', 'not_found', 'voided')),
  registered_by uuid not null references person, registered_at timestamptz not null,
  unique (organisation_id, kind, number), check ((amount_fen is null) = (kind = 'delivery_certificate')));
create index trade_paper_number on trade_paper (kind, number);
create table trade_paper_answer (
  trade_paper_id uuid not null references trade_paper, position int not null, ${place},
  outcome text not null check (outcome in ('verified', 'not_found', 'voided')), source text not null,
  answered_on date not null, attachment_id uuid references attachment, recorded_by uuid not null references person,
  recorded_at timestamptz not null, primary key (trade_paper_id, position));
create table trade_paper_file (
  id uuid primary key, ${place}, organisation_id uuid references organisation,
  kind text not null check (kind in ('e_invoice', 'invoice_list', 'payment_list', 'answers')), file_name text not null,
  sha256 text not null, source text not null, head jsonb not null, rows jsonb not null, attachment_id uuid references attachment,
  checked_by uuid not null references person, checked_at timestamptz not null, taken_by uuid references person,
  taken_at timestamptz, check ((taken_by is null) = (taken_at is null)));
create table unverified_decision (
  id uuid primary key, ${place}, claim_id uuid not null references claim, numbers text[] not null, reason text not null,
  decided_by uuid not null references person, decided_at timestamptz not null);
create index unverified_decision_claim on unverified_decision (claim_id);
create table upstream_contract (
  id uuid primary key, ${place}, operator_id uuid not null references organisation,
  centre_id uuid not null references organisation, number text not null, signed_on date not null, starts_on date not null,
  ends_on date not null, amount_fen bigint not null check (amount_fen > 0), prices jsonb not null,
  attachment_id uuid references attachment, stated_by uuid not null references person, stated_at timestamptz not null,
  confirmed_by uuid references person, confirmed_at timestamptz, unique (operator_id, centre_id, number),
  check (operator_id <> centre_id), check (starts_on <= ends_on), check ((confirmed_by is null) = (confirmed_at is null)));
create index upstream_contract_centre on upstream_contract (centre_id);
create table contract_upstream (
  contract_id uuid primary key references service_contract, ${place},
  upstream_id uuid not null references upstream_contract, linked_by uuid not null references person,
  linked_at timestamptz not null);
create index contract_upstream_upstream on contract_upstream (upstream_id);
alter table claim_evidence drop constraint claim_evidence_kind_check, add constraint claim_evidence_kind_check
  check (kind in ('invoice', 'payment', 'upstream_contract', 'upstream_invoice', 'upstream_payment'));
alter table application_evidence drop constraint application_evidence_kind_check,
  add constraint application_evidence_kind_check
  check (kind in ('invoice', 'payment', 'upstream_contract', 'upstream_invoice', 'upstream_payment'));
grant select, insert, update on trade_paper, trade_paper_file, upstream_contract to suanquan_app;
grant select, insert on trade_paper_answer, unverified_decision to suanquan_app;
grant select, insert, delete on contract_upstream to suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
