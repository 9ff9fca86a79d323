// The journal is the truth, so it comes first: funds, accounts, postings, refusals, and one function that writes them.
// Written for PostgreSQL 15 to 18 and for sharding by `ledger`: it leads every key, there are no triggers, nothing
// takes the time or a random number from the server. The constraints are the second line; the first is `ledger.post`.
import { sql, type Kysely } from 'kysely'
import { accountTermsSql } from './0001-ledger-account.ts'
import { postSql } from './0001-ledger-post.ts'

const tables = `
create schema ledger;

-- One row per fund. Its row lock is the only lock of the ledger: one writer at a time, hence one order without gaps.
create table ledger.head (
  ledger int primary key,
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6}$'),
  next_seq bigint not null check (next_seq >= 1),
  at timestamptz not null,
  chain bytea not null check (octet_length(chain) = 32)
);

create table ledger.account (
  ledger int not null,
  id uuid generated always as (ledger.account_id(ledger, jurisdiction, district, code, programme, year, kind, holder,
    reference, usable_until)) stored,
  jurisdiction text not null,
  district text not null check (district ~ '^[0-9]{6}$'),
  code smallint not null,
  programme text not null,
  year smallint,
  kind text not null,
  holder text not null,
  reference text not null,
  usable_until date,
  -- 1: debits within credits; 2: credits within debits; a code without a floor does not exist
  floor smallint not null generated always as (case when code in (2, 3, 4, 5, 6, 7, 12, 13, 22, 23) then 1
    when code in (1, 11, 21) then 2 end) stored,
  closed_seq bigint,
  debits_pending bigint not null check (debits_pending >= 0),
  debits_posted bigint not null check (debits_posted >= 0),
  credits_pending bigint not null check (credits_pending >= 0),
  credits_posted bigint not null check (credits_posted >= 0),
  primary key (ledger, id),
  constraint debits_within_credits check (floor <> 1 or debits_pending + debits_posted <= credits_posted),
  constraint credits_within_debits check (floor <> 2 or credits_pending + credits_posted <= debits_posted)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
create index account_holder on ledger.account (ledger, holder) where holder <> '';
comment on column ledger.account.holder is 'personal: a sole proprietor''s credit code names a person';
comment on column ledger.account.reference is 'personal: may be a contract number';

create table ledger.posting (
  ledger int not null,
  seq bigint not null,
  id uuid not null,
  kind smallint not null check (kind between 0 and 3),
  debit uuid not null,
  credit uuid not null,
  amount bigint not null check (amount between 1 and 1000000000000000),
  reservation uuid,
  code smallint not null,
  expires_at timestamptz,
  at timestamptz not null,
  document uuid not null,
  jurisdiction text not null,
  district text not null check (district ~ '^[0-9]{6}$'),
  link smallint not null,
  links smallint not null,
  set_hash bytea not null check (octet_length(set_hash) = 32),
  chain bytea not null check (octet_length(chain) = 32),
  primary key (ledger, seq),
  constraint posting_id unique (ledger, id),
  constraint two_accounts check (debit <> credit),
  constraint settles_a_reservation check ((kind >= 2) = (reservation is not null)),
  constraint only_reservations_expire check (kind = 1 or expires_at is null),
  constraint place_in_set check (link >= 0 and link < links)
);
-- A reservation is settled or released once.
create unique index posting_resolves_once on ledger.posting (ledger, reservation) where reservation is not null;
create index posting_debit on ledger.posting (ledger, debit, seq);
create index posting_credit on ledger.posting (ledger, credit, seq);

-- What was refused, and why: the first answer to an id is its answer for good.
create table ledger.rejection (
  ledger int not null,
  id uuid not null,
  result smallint not null check (result not in (0, 2)),
  after_seq bigint not null,
  at timestamptz not null,
  kind smallint not null,
  debit uuid not null,
  credit uuid not null,
  amount bigint not null,
  reservation uuid,
  code smallint not null,
  expires_at timestamptz,
  document uuid not null,
  jurisdiction text not null,
  district text not null,
  link smallint not null,
  links smallint not null,
  set_hash bytea not null check (octet_length(set_hash) = 32),
  primary key (ledger, id)
);
`

// Nobody but the owner writes; the application asks `ledger.post`.
const rights = `
revoke all on all functions in schema ledger from public;
grant usage on schema ledger to suanquan_app;
grant select on all tables in schema ledger to suanquan_app;
grant execute on function ledger.post to suanquan_app;
`

export async function up(db: Kysely<never>): Promise<void> {
  const [before, after] = tables.split('create table ledger.head')
  await sql.raw(before! + accountTermsSql).execute(db)
  await sql.raw(`create table ledger.head${after}`).execute(db)
  await sql.raw(postSql).execute(db)
  await sql.raw(rights).execute(db)
}
