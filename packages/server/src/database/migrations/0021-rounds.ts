// Reason: a programme may divide what there is by merit, in proportion or by lot. A round closes the list and says by which
// rule and which public draw; its lots carry numbers that name nobody. One round of a pool is open at a time, and who
// entered the result does not confirm it.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const rounds = `
create table funding_round (
  id uuid primary key, ${place}, adoption_id uuid not null references adoption, number text not null unique,
  allotment_id uuid references allotment, batch_id uuid references allotment,
  rule text not null check (rule in ('merit', 'merit_shared', 'pro_rata', 'lottery')),
  minimum_fen bigint not null check (minimum_fen > 0), pool_fen bigint not null check (pool_fen >= 0),
  list_hash text not null, draw_name text not null, draw_on date, shown text, source text, seed text,
  left_fen bigint, left_why text,
  state text not null check (state in ('announced', 'proposed', 'confirmed', 'cancelled')),
  opened_by uuid not null references person, opened_at timestamptz not null,
  proposed_by uuid references person, proposed_at timestamptz, decided_by uuid references person,
  decided_at timestamptz, decision_reason text, check (decided_by is null or decided_by <> proposed_by),
  check ((rule = 'lottery') = (draw_on is not null)), check ((state = 'confirmed') <= (proposed_by is not null)));
create unique index funding_round_open on funding_round (adoption_id, coalesce(allotment_id, adoption_id))
  where state in ('announced', 'proposed');
create table funding_lot (
  round_id uuid not null references funding_round, application_id uuid not null references application, ${place},
  number text not null, claim_fen bigint not null check (claim_fen > 0), complete_at timestamptz not null,
  score int not null, turn int, award_fen bigint check (award_fen between 0 and claim_fen), why text,
  funded_at timestamptz, primary key (round_id, application_id), unique (round_id, number));
create index funding_lot_application on funding_lot (application_id);
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of rounds.split(';\n'))
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
  await sql
    .raw('grant select, insert, update on suanquan.funding_round, suanquan.funding_lot to suanquan_app')
    .execute(database)
}
