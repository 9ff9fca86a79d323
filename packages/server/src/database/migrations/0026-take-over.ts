// Reason: a programme that ran on forms or in another system is taken over in the middle of a year. Its lists are kept as
// they came, checked, compared with the old system's closing statement and confirmed by a second person; what was issued
// keeps its old number, what was paid is history. The ledger learns the opening entries, each act under its own reason.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const documents = `
create table take_over (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  system_name text not null, cut_over_on date not null,
  state text not null check (state in ('open', 'prepared', 'posted', 'abandoned')),
  opened_by uuid not null references person, opened_at timestamptz not null,
  report jsonb, checked_by uuid references person, checked_at timestamptz,
  prepared_by uuid references person, prepared_at timestamptz, statement_number text unique,
  decided_by uuid references person, decided_at timestamptz, decision_reason text,
  check (decided_by is null or decided_by <> prepared_by), check ((report is null) = (checked_at is null)),
  check (state not in ('prepared', 'posted') or (prepared_by is not null and report is not null)),
  check ((state = 'posted') = (statement_number is not null)), check (state <> 'posted' or decided_by is not null));
create unique index take_over_once on take_over (adoption_id) where state <> 'abandoned';
create table take_over_file (
  take_over_id uuid not null references take_over, kind text not null
    check (kind in ('firms', 'money', 'vouchers', 'claims', 'closing', 'statement')), ${place},
  file_name text not null, media_type text not null, size_bytes int not null, sha256 text not null, sm3 text not null,
  uploaded_by uuid not null references person, uploaded_at timestamptz not null, primary key (take_over_id, kind));
alter table application add column take_over_id uuid references take_over;
alter table voucher add column take_over_id uuid references take_over, add column old_number text,
  add check ((take_over_id is null) = (old_number is null));
create unique index voucher_old_number on voucher (adoption_id, old_number) where old_number is not null;
create index voucher_old_number_pairs on voucher using gin (search_pairs(old_number)) where old_number is not null;
alter table appropriation add column take_over_id uuid references take_over;
create table opening_claim (
  claim_id uuid primary key references claim, ${place}, take_over_id uuid not null references take_over,
  old_number text not null, paid_on date, bank_reference text, unique (take_over_id, old_number),
  check ((paid_on is null) = (bank_reference is null)));
grant select, insert, update on take_over to suanquan_app;
grant select, insert, update, delete on take_over_file to suanquan_app;
grant select, insert on opening_claim to suanquan_app
`

/** What a claim was matched by stands with it only where this platform matched it. */
const matched = `
do $$
declare v_name text;
begin
  select conname into strict v_name from pg_constraint where conrelid = 'suanquan.claim'::regclass and contype = 'c'
    and pg_get_constraintdef(oid) like '%contract_id IS NULL%matched IS NULL%';
  execute format('alter table suanquan.claim drop constraint %I', v_name);
  alter table suanquan.claim add constraint claim_matched_on_contract check (contract_id is not null or matched is null);
end $$`

/** The rules as they stand, and these beside them. */
const ledger = `
do $$
declare
  v_triples int[] := ledger.triples() || array[
    12013056, 22023056, 4003057, 4003058, 5006059, 4005060, 3004061, 2003062, 1002063];
  v_returns smallint[] := ledger.return_codes() || array[57, 58, 60]::smallint[];
begin
  execute format('create or replace function ledger.triples() returns int[] immutable parallel safe
    set search_path = pg_catalog, pg_temp return %L::int[]', v_triples);
  execute format('create or replace function ledger.return_codes() returns smallint[] immutable parallel safe
    set search_path = pg_catalog, pg_temp return %L::smallint[]', v_returns);
end $$`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of documents.split(';\n'))
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
  await sql.raw(matched).execute(database)
  await sql.raw(ledger).execute(database)
}
