// Reason: a holder shows others that a voucher exists, or what it held on a day. Such a paper is signed once and never
// changes; all that can happen to it is that the firm revokes it. The text that was signed is kept, to be shown again.
// And the voucher that it speaks of keeps its holder: in the ledger the holder is in the account's identity; here a guard
// holds it on the document, against every role.
import { sql, type Kysely } from 'kysely'

const credentials = `
create table suanquan.credential (
  id uuid primary key, jurisdiction text not null, district text not null, organisation_id uuid not null references suanquan.organisation,
  kind text not null check (kind in ('voucher', 'attestation')), voucher_id uuid references suanquan.voucher,
  recipient text not null, purpose text not null, stated_on date not null, text text not null, signature text not null unique,
  issued_by uuid not null references suanquan.person, issued_at timestamptz not null, expires_on date not null,
  revoked_by uuid references suanquan.person, revoked_at timestamptz, revoked_reason text,
  check ((kind = 'voucher') = (voucher_id is not null)),
  check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoked_reason is null)))`

const keepsHolder = `
create function suanquan.voucher_keeps_holder() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin raise exception 'a voucher keeps its holder, number and face amount'; end $$`

const guard = `
create trigger voucher_keeps_holder before update on suanquan.voucher for each row
  when ((new.id, new.number, new.holder_id, new.holder_credit_code, new.amount_fen)
    is distinct from (old.id, old.number, old.holder_id, old.holder_credit_code, old.amount_fen))
  execute function suanquan.voucher_keeps_holder()`

const rest = [
  keepsHolder,
  guard,
  'create index credential_organisation on suanquan.credential (organisation_id, issued_at)',
  "comment on column suanquan.credential.purpose is 'personal: free text'",
  "comment on column suanquan.credential.revoked_reason is 'personal: free text'",
  'grant select, insert on suanquan.credential to suanquan_app',
  'grant update (revoked_by, revoked_at, revoked_reason) on suanquan.credential to suanquan_app',
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [credentials, ...rest]) await sql.raw(statement).execute(database)
}
