// Reason: a programme's money comes in tranches and is allotted by district and by batch, moved and taken back by two
// people; a district may add its own to what the city pays. An allotment is a pool of its own from its first money on.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'
const twoPeople = `proposed_by uuid not null references person, proposed_at timestamptz not null,
  decided_by uuid references person, decided_at timestamptz, decision_reason text,
  check (decided_by is null or decided_by <> proposed_by), check ((decided_by is null) = (decided_at is null)),
  check ((state = 'proposed') = (decided_by is null))`

const pools = `
create table allotment (
  id uuid primary key, ${place}, adoption_id uuid not null references adoption,
  kind text not null check (kind in ('district', 'batch', 'tier')), reference text not null, name text not null,
  city_share_numerator int, city_share_denominator int, rest_paid_by text check (rest_paid_by in ('city', 'district')),
  opened_by uuid not null references person, opened_at timestamptz not null, funded_at timestamptz,
  unique (adoption_id, kind, district, reference), check ((kind = 'batch') = (reference <> '')),
  check ((kind = 'tier') = (city_share_numerator is not null)),
  check ((kind = 'tier') = (city_share_denominator is not null)), check ((kind = 'tier') = (rest_paid_by is not null)),
  check (city_share_numerator between 1 and city_share_denominator - 1));
alter table appropriation add column document_on date, add column tier_id uuid references allotment;
create table pool_move (
  id uuid primary key, ${place}, adoption_id uuid not null references adoption,
  from_kind text not null check (from_kind in ('appropriation', 'pool', 'allotment')),
  from_id uuid references allotment,
  to_kind text not null check (to_kind in ('appropriation', 'pool', 'allotment', 'treasury')),
  to_id uuid references allotment, amount_fen bigint not null check (amount_fen > 0),
  document_number text not null, document_on date not null, reason text not null,
  state text not null check (state in ('proposed', 'approved', 'refused')), ${twoPeople},
  unique (adoption_id, document_number), check ((from_kind = 'allotment') = (from_id is not null)),
  check ((to_kind = 'allotment') = (to_id is not null)));
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of pools.split(';\n'))
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
  await sql
    .raw('grant select, insert, update on suanquan.allotment, suanquan.pool_move to suanquan_app')
    .execute(database)
}
