// Reason: money and compute are two scarcities. What a centre has and has sold is stated month by month, each statement a
// version that stays; a round that lets firms buy more than is free is confirmed only with a reason, kept with what was seen.
import { sql, type Kysely } from 'kysely'

const capacity = `
create table centre_capacity (
  id uuid primary key, jurisdiction text not null, district text not null,
  provider_id uuid not null references organisation, month text not null check (month ~ '^\\d{4}-\\d{2}$'),
  version int not null check (version > 0), lines json not null,
  entered_by uuid not null references person, entered_at timestamptz not null, unique (provider_id, month, version));
alter table funding_round add column compute json, add column compute_reason text;
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of capacity.split(';\n'))
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
  await sql.raw('grant select, insert on suanquan.centre_capacity to suanquan_app').execute(database)
}
