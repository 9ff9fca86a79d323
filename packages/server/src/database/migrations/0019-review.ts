// Reason: who reviews, and what can be done against a decision. An act done for somebody else says for whom; a delegation
// has its time and ends by itself; of a decision there is at most one appeal; the number of a decision (文号) is given once,
// without gaps for its authority, year and kind. Documents carry the seal of the authority that issues them: an image is
// proposed by one person and put in force by another, from a day on; what is older keeps the one of its own day, so nothing
// is ever replaced or deleted. The database holds each of these.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const review = `
alter table workflow_event add column for_person uuid references person;
create table delegation (
  id uuid primary key, ${place}, from_person uuid not null references person, to_person uuid not null references person,
  district_limit text, starts_on date not null, ends_on date not null, reason text not null,
  made_by uuid not null references person, made_at timestamptz not null, ended_by uuid references person,
  ended_at timestamptz, check (from_person <> to_person), check (ends_on >= starts_on),
  check ((ended_by is null) = (ended_at is null)));
comment on column delegation.reason is 'personal: free text';
create index delegation_to on delegation (to_person, starts_on, ends_on);
create table appeal (
  id uuid primary key, ${place}, number text not null unique, object_kind text not null check (object_kind in ('application', 'claim')),
  object_id uuid not null, decision_position int not null, organisation_id uuid not null references organisation,
  adoption_id uuid not null references adoption, against text not null, grounds text not null,
  attachment_ids jsonb not null, filed_by uuid not null references person, filed_at timestamptz not null,
  state text not null check (state in ('open', 'affirmed', 'changed', 'remanded', 'withdrawn')), reason text,
  amount_fen bigint check (amount_fen > 0), decided_by uuid references person, decided_at timestamptz,
  unique (object_id, decision_position), check ((state = 'open') = (decided_at is null)));
comment on column appeal.grounds is 'personal: free text';
comment on column appeal.reason is 'personal: free text';
create unique index appeal_open on appeal (object_id) where state = 'open';
create index appeal_organisation on appeal (organisation_id);
create table decision_number (
  number text primary key, ${place}, authority text not null, year int not null, kind text not null,
  value int not null check (value > 0), object_kind text not null, object_id uuid not null, position int not null,
  given_at timestamptz not null, unique (authority, year, kind, value), unique (object_id, position));
create index decision_number_pairs on decision_number using gin (search_pairs(number));
create table stamp (
  id uuid primary key, jurisdiction text not null, district text not null, authority text not null,
  sha256 text not null, width int not null, height int not null, valid_from date not null, valid_until date,
  state text not null check (state in ('proposed', 'in_force', 'refused')), proposed_by uuid not null references person,
  proposed_at timestamptz not null, decided_by uuid references person, decided_at timestamptz,
  check (decided_by is null or decided_by <> proposed_by), check ((state = 'proposed') = (decided_at is null)),
  check (valid_until is null or valid_until >= valid_from));
create index stamp_authority on stamp (jurisdiction, authority, valid_from)
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of review.split(';\n')) await sql.raw(statement).execute(database)
  await sql.raw('grant select, insert, update on delegation, appeal, stamp to suanquan_app').execute(database)
  await sql.raw('grant select, insert on decision_number to suanquan_app').execute(database)
}
