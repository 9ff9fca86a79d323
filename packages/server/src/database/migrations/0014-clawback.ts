// Reason: what was granted or paid wrongly is taken back (撤销、追回) by a decision of two people after the firm was heard, and
// an amount that was recorded wrongly is put right by a linked set, never by an edit. A claim keeps how much of it is
// settled, by bank or set off; a voucher when it was revoked.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
alter table voucher add column revoked_at timestamptz;
alter table claim add column settled_fen bigint not null default 0 check (settled_fen >= 0);
update claim set settled_fen = approved_fen where state = 'paid';
create table clawback (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  application_id uuid not null references application, voucher_id uuid references voucher,
  organisation_id uuid not null references organisation, debtor_id uuid not null references organisation,
  debtor_credit_code text not null, state text not null,
  basis text not null check (basis in ('fraud', 'misuse', 'acceptance_failed', 'ineligible')),
  finding text not null, clause text not null, evidence jsonb not null, revokes boolean not null,
  proposed_fen bigint not null check (proposed_fen >= 0), answer_by date not null, answer_provisional boolean not null,
  proposed_by uuid not null references person, proposed_at timestamptz not null,
  statement text, stated_by uuid references person, stated_at timestamptz,
  decided_by uuid references person, decided_at timestamptz, revoked_fen bigint check (revoked_fen >= 0),
  owed_fen bigint check (owed_fen >= 0), fine_fen bigint check (fine_fen > 0), due_on date, instalments jsonb not null,
  ruling text, check (decided_by is null or decided_by <> proposed_by),
  check (revokes or proposed_fen > 0), check ((decided_at is null) = (decided_by is null)));
create unique index clawback_open on clawback (application_id) where state in ('hearing', 'heard');
create index clawback_organisation on clawback (organisation_id);
create index clawback_debtor on clawback (debtor_id);
comment on column clawback.finding is 'personal: free text';
comment on column clawback.statement is 'personal: free text';
comment on column clawback.evidence is 'personal: free text';
create table clawback_line (
  clawback_id uuid not null references clawback, claim_id uuid not null references claim, ${place},
  amount_fen bigint not null check (amount_fen > 0), primary key (clawback_id, claim_id));
create index clawback_line_claim on clawback_line (claim_id);
create table clawback_recovery (
  id uuid primary key, clawback_id uuid not null references clawback, ${place},
  kind text not null check (kind in ('bank', 'set_off', 'write_off', 'refund')),
  state text not null check (state in ('recorded', 'proposed', 'rejected')),
  amount_fen bigint not null check (amount_fen > 0), reference text, on_day date not null, reason text,
  claim_id uuid references claim, recorded_by uuid not null references person, recorded_at timestamptz not null,
  approved_by uuid references person, approved_at timestamptz,
  check (approved_by is null or approved_by <> recorded_by), check ((kind = 'set_off') = (claim_id is not null)),
  check (kind <> 'write_off' or state = 'proposed' or approved_by is not null),
  unique (clawback_id, kind, reference));
create unique index clawback_write_off on clawback_recovery (clawback_id) where state = 'proposed';
comment on column clawback_recovery.reason is 'personal: free text';
create table rectification (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  claim_id uuid not null references claim, organisation_id uuid not null references organisation, state text not null,
  recorded_fen bigint not null check (recorded_fen > 0), settled_fen bigint not null check (settled_fen >= 0),
  right_fen bigint not null check (right_fen >= 0 and right_fen <> recorded_fen), reason text not null, evidence text not null,
  proposed_by uuid not null references person, proposed_at timestamptz not null,
  decided_by uuid references person, decided_at timestamptz, decision_reason text,
  returned_reference text, returned_on date, check (decided_by is null or decided_by <> proposed_by));
create unique index rectification_open on rectification (claim_id) where state in ('proposed', 'returning');
create index rectification_claim on rectification (claim_id);
comment on column rectification.reason is 'personal: free text';
comment on column rectification.evidence is 'personal: free text';
comment on column rectification.decision_reason is 'personal: free text';
create or replace function ledger.triples() returns int[] immutable parallel safe
set search_path = pg_catalog, pg_temp
return array[
  1002001, 2001002, 2003003, 3003003, 3002004, 3004005, 4005006, 3005007, 5006008, 6005009, 5004010, 5003011,
  4003012, 4003013, 4003014, 6007015, 7006016, 7001017, 1007020,
  11012021, 21022021, 12013022, 22023022, 13012023, 23022023, 12011024, 22021024];
grant select, insert, update on clawback, clawback_recovery, rectification to suanquan_app;
grant select, insert on clawback_line to suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
