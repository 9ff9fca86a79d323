// Reason: whoever uses up a contract, a voucher or a pool is told at three quarters, nine tenths and all of it, once each. What
// was told stands by the total it was told of, so that more money begins anew and people's own settings change nothing of it.
import { sql, type Kysely } from 'kysely'

const statements = `
create table balance_alert (
  kind text not null check (kind in ('contract', 'voucher', 'pool')), object_id uuid not null,
  total_fen bigint not null check (total_fen > 0), percent int not null check (percent in (75, 90, 100)),
  jurisdiction text not null, district text not null, used_fen bigint not null,
  days_left int check (days_left >= 0), at timestamptz not null,
  primary key (kind, object_id, total_fen, percent));
grant select, insert on balance_alert to suanquan_app;
revoke update, delete on balance_alert from suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
