// Reason: providers publish what they offer and at what price. A price version is dated and never changed: the application
// may insert and read it, nothing else. A contract keeps the versions that it agreed, whole, and a rated line says with
// which one it was made.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
create table offer (
  id uuid primary key, ${place}, provider_id uuid not null references organisation, number text not null unique,
  name text not null, mode text not null check (mode in ('whole_device', 'container', 'slice', 'card_hour', 'tokens')),
  chip text not null, cards_per_device int not null check (cards_per_device > 0),
  slices_per_card int not null check (slices_per_card > 0), published_by uuid not null references person,
  published_at timestamptz not null, withdrawn_by uuid references person, withdrawn_on date,
  check ((withdrawn_by is null) = (withdrawn_on is null)));
create index offer_provider on offer (provider_id);
create table offer_price (
  id uuid primary key, ${place}, offer_id uuid not null references offer, version int not null check (version > 0),
  starts_on date not null, terms jsonb not null, published_by uuid not null references person,
  published_at timestamptz not null, unique (offer_id, version), unique (offer_id, starts_on));
alter table service_contract add column agreed jsonb;
alter table rated_line add column tariff jsonb;
grant select, insert, update on offer to suanquan_app;
grant select, insert on offer_price to suanquan_app;
revoke delete on offer from suanquan_app;
revoke update, delete on offer_price from suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
