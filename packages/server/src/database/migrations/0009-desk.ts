// Reason: daily work at a desk. A correction keeps the draft as it stood, so that only the fields asked for can change
// and the difference is seen; people keep views of tables; one reason can settle many cases and a lost answer is given
// again; personal data is shown unmasked for one record, one purpose and a short time; names and numbers are found by any
// part of them. A Chinese name has no word boundaries: every pair of neighbouring symbols is indexed (GIN over an array,
// which PostgreSQL has without extensions), and a search reads only rows that hold all pairs of what was typed.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const desk = `
alter table application add column corrected_from jsonb;
create table saved_view (
  id uuid primary key, ${place}, person_id uuid not null references person, page text not null, name text not null,
  search text not null, saved_at timestamptz not null, unique (person_id, page, name));
create table bulk_act (
  id uuid primary key, ${place}, person_id uuid not null references person,
  kind text not null check (kind in ('application', 'claim')), body_hash text not null, at timestamptz not null);
create table bulk_item (
  bulk_id uuid not null references bulk_act, position int not null, ${place}, object_id uuid not null, refusal jsonb,
  primary key (bulk_id, position));
create table unmasking (
  id uuid primary key, ${place}, person_id uuid not null references person,
  about text not null check (about in ('application', 'claim', 'objection', 'organisation', 'disbursement')),
  object_id uuid not null, organisation_id uuid references organisation, purpose text not null, reason text not null,
  granted_at timestamptz not null, valid_until timestamptz not null, check (valid_until > granted_at));
comment on column unmasking.reason is 'personal: free text';
create index unmasking_object on unmasking (object_id, granted_at);
create index unmasking_at on unmasking (granted_at);
create index application_contract on application (contract_id);
create index application_notice on application (notice_id);
create index claim_organisation on claim (organisation_id);
create function search_pairs(value text) returns text[] language sql immutable strict parallel safe
  return array(select distinct substr(lower(value), i, 2) from generate_series(1, greatest(char_length(value) - 1, 1)) i);
create index organisation_pairs on organisation using gin (search_pairs(name));
create index organisation_code_pairs on organisation using gin (search_pairs(credit_code));
create index application_pairs on application using gin (search_pairs(number));
create index contract_pairs on service_contract using gin (search_pairs(number));
create index voucher_pairs on voucher using gin (search_pairs(number));
create index claim_pairs on claim using gin (search_pairs(number));
create index notice_pairs on notice using gin (search_pairs(number))
`

const ADDED_ONLY = ['bulk_act', 'bulk_item', 'unmasking']

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of desk.split(';\n')) await sql.raw(statement).execute(database)
  for (const table of ['saved_view', ...ADDED_ONLY]) {
    await sql.raw(`grant select, insert, update, delete on ${table} to suanquan_app`).execute(database)
  }
  for (const table of ADDED_ONLY) {
    await sql.raw(`revoke update, delete on ${table} from suanquan_app`).execute(database)
  }
}
