// Reason: people are told what they must know. A message is written in the transaction of the act that it tells of, one row
// a person and cause; what leaves by mail, SMS or 企业微信 is a delivery, written with it and sent after the commit under a
// lease, each attempt recorded before it is made. Addresses are personal data and verified by a code before use.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'
const channel = `channel text not null check (channel in ('email', 'sms', 'wecom'))`

const script = `
create table message (
  id uuid primary key, ${place}, person_id uuid not null references person, cause text not null, kind text not null,
  about text not null, about_id uuid not null, organisation_id uuid, params jsonb not null, deadline_on date,
  in_portal boolean not null, at timestamptz not null, read_at timestamptz, unique (person_id, cause));
comment on column message.params is 'personal: free text';
create index message_person on message (person_id, at desc, id) where in_portal;
create index message_unread on message (person_id) where read_at is null and in_portal;
create index message_about on message (about_id);
create table contact (
  person_id uuid not null references person, ${channel}, ${place}, address text not null, verified_at timestamptz,
  code_hash text, code_sent_at timestamptz, code_tries int not null, codes_on date, codes int not null,
  primary key (person_id, channel));
comment on column contact.address is 'personal: address';
create table message_setting (
  person_id uuid primary key references person, ${place}, language text not null check (language in ('zh', 'en')),
  kinds jsonb not null, changed_at timestamptz not null);
create table delivery (
  id uuid primary key, ${place}, message_id uuid references message, person_id uuid not null references person, ${channel},
  kind text not null, code text, state text not null
    check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain', 'cancelled')),
  attempts int not null, fence bigint not null, next_at timestamptz not null, lease_until timestamptz,
  created_at timestamptz not null, first_tried_at timestamptz, ended_at timestamptz, reference text, error text,
  retried_by uuid references person, retry_reason text, unique (message_id, channel),
  check ((message_id is null) = (kind = 'code')), check ((lease_until is not null) = (state = 'sending')));
comment on column delivery.code is 'personal: code, taken away once it is sent';
comment on column delivery.retry_reason is 'personal: free text';
create index delivery_due on delivery (channel, next_at) where state in ('waiting', 'sending');
create index delivery_state on delivery (state, created_at desc);
create index role_grant_organisation on role_grant (organisation_id) where organisation_id is not null;
create index role_grant_role on role_grant (role)
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of script.split(';\n')) await sql.raw(statement).execute(database)
  await sql
    .raw('grant select, insert, update on message, contact, message_setting, delivery to suanquan_app')
    .execute(database)
  await sql.raw('grant delete on contact to suanquan_app').execute(database)
}
