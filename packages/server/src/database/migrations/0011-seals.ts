// Reason: a hash chain inside a database proves only that its owner was consistent. Seals sign the journal's Merkle tree
// from time to time, so that whoever kept one of them can see that nothing before it was rewritten. `ledger.append_seal`
// holds the second line: ranges without gap or overlap, never past the journal's end, moments in order; nobody changes
// a seal. Keys are published for good: what an old one signed stays verifiable. Private keys are never here.
import { sql, type Kysely } from 'kysely'

const keys = `
create table suanquan.signing_key (
  id text primary key check (id ~ '^[0-9a-f]{32}$'), jurisdiction text not null, district text not null,
  algorithm text not null check (algorithm in ('SM2', 'Ed25519')), public_key bytea not null unique,
  valid_from timestamptz not null, replaces text unique references suanquan.signing_key, endorsement bytea,
  check (octet_length(public_key) = case algorithm when 'SM2' then 65 else 32 end),
  check ((replaces is null) = (endorsement is null)), check (replaces <> id))`

const seals = `
create table ledger.seal (
  ledger int not null,
  number bigint not null check (number >= 1),
  first_seq bigint not null check (first_seq >= 1),
  -- the tree's size: it holds every posting from the first to this one
  last_seq bigint not null check (last_seq >= first_seq),
  root bytea not null check (octet_length(root) = 32),
  -- the roots of the perfect subtrees of which the tree is made, the largest first: where the next seal goes on
  peaks bytea not null check (octet_length(peaks) % 32 = 0),
  previous bytea not null check (octet_length(previous) = 32),
  at timestamptz not null,
  key_id text not null,
  signature bytea not null check (octet_length(signature) = 64),
  primary key (ledger, number),
  constraint sealed_once unique (ledger, first_seq),
  constraint begins_with_the_first check ((number = 1) = (first_seq = 1))
)`

// Roots of the perfect subtrees of 256 postings and more; what is below is hashed anew from the postings themselves.
const nodes = `
create table ledger.seal_node (
  ledger int not null,
  level smallint not null check (level between 8 and 62),
  position bigint not null check (position >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (ledger, level, position)
)`

const appendSeal = `
create function ledger.append_seal(p_ledger int, p_number bigint, p_first bigint, p_last bigint, p_root bytea, p_peaks bytea,
  p_previous bytea, p_at timestamptz, p_key_id text, p_signature bytea, p_levels smallint[], p_positions bigint[], p_hashes bytea[])
returns boolean language plpgsql security definer set search_path = ledger, pg_catalog, pg_temp as $$
declare v_before seal%rowtype; v_rows int;
begin
  select * into v_before from seal where seal.ledger = p_ledger and seal.number = p_number - 1;
  if p_number > 1 and (v_before.number is null or p_first <> v_before.last_seq + 1 or p_at < v_before.at)
  then raise exception 'a seal goes on where the one before it ended'; end if;
  if not exists (select from posting where posting.ledger = p_ledger and posting.seq = p_last and posting.at <= p_at)
  then raise exception 'a seal covers postings that are there, and is not older than they'; end if;
  insert into seal (ledger, number, first_seq, last_seq, root, peaks, previous, at, key_id, signature)
    values (p_ledger, p_number, p_first, p_last, p_root, p_peaks, p_previous, p_at, p_key_id, p_signature)
    on conflict do nothing;
  get diagnostics v_rows = row_count;
  if v_rows = 0 then return false; end if;
  insert into seal_node (ledger, level, position, hash)
    select p_ledger, n.level, n.position, n.hash from unnest(p_levels, p_positions, p_hashes) n(level, position, hash);
  return true;
end $$`

const rights = [
  'grant select, insert on suanquan.signing_key to suanquan_app',
  'revoke all on function ledger.append_seal from public',
  'grant select on ledger.seal, ledger.seal_node to suanquan_app',
  'grant execute on function ledger.append_seal to suanquan_app',
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [keys, seals, nodes, appendSeal, ...rights]) {
    await sql.raw(statement).execute(database)
  }
}
