// Which rows change, and in whose transaction: triggers of the test's own note every change, and every act that the trail
// calls done. A change whose transaction holds no such act is one that a refused request has left behind.
import { connect, sql, type Database } from '@suanquan/server'
import type { TestDatabase } from '../test-database.ts'

export interface RowChanges {
  /** forgets what was noted so far */
  readonly begin: () => Promise<void>
  /** changes that no act accounts for, but those that are allowed: `UPDATE session (seen_at)` */
  readonly unaccounted: (
    allowed: readonly string[],
  ) => Promise<{ readonly at: number; readonly what: string }[]>
  /** of these requests, those that the trail calls done as acts */
  readonly done: (requestIds: readonly string[]) => Promise<string[]>
  /** as the cluster's superuser, unnoted */
  readonly database: Database
  readonly close: () => Promise<void>
}

const NOTES = `
create schema noted;
create table noted.change (at timestamptz not null, tx xid8 not null, what text not null);
create table noted.act (tx xid8 not null, request_id text not null);
create function noted.note() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  columns text;
begin
  if current_setting('noted.off', true) = 'on' then return null; end if;
  if tg_table_name = 'audit_event' and tg_op = 'INSERT' then
    if new.outcome = 'done' and not new.reads then
      insert into noted.act values (pg_current_xact_id(), new.request_id);
    end if;
    return null;
  end if;
  if tg_op = 'UPDATE' then
    select ' (' || coalesce(string_agg(n.key, ',' order by n.key), '') || ')' into columns
      from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o using (key)
     where n.value is distinct from o.value;
  end if;
  insert into noted.change
    values (clock_timestamp(), pg_current_xact_id(), tg_op || ' ' || tg_table_name || coalesce(columns, ''));
  return null;
end $$;
do $$
declare
  each record;
begin
  for each in select schemaname, tablename from pg_tables where schemaname in ('suanquan', 'ledger') loop
    execute format('create trigger noted after insert or update or delete on %I.%I
      for each row execute function noted.note()', each.schemaname, each.tablename);
  end loop;
end $$`

export async function noteRowChanges(store: TestDatabase): Promise<RowChanges> {
  const database = connect({ ...store.address, connections: 1 })
  await sql.raw(NOTES).execute(database.kysely)
  await sql.raw(`set noted.off = 'on'`).execute(database.kysely)
  return {
    database,
    begin: async () => void (await sql`truncate noted.change, noted.act`.execute(database.kysely)),
    unaccounted: async (allowed) => {
      const { rows } = await sql<{ at: number; what: string }>`
        select at, what from noted.change
         where tx not in (select tx from noted.act) and what <> all (${allowed}) order by at limit 50`.execute(
        database.kysely,
      )
      return rows
    },
    done: async (requestIds) => {
      const { rows } = await sql<{ request_id: string }>`
        select request_id from noted.act where request_id = any (${requestIds})`.execute(database.kysely)
      return rows.map(({ request_id: id }) => id)
    },
    close: () => database.close(),
  }
}
