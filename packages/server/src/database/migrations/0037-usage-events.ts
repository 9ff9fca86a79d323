// Reason: use is told event by event, too, each once by its source and id; and the raw samples that stay at a centre can be
// asked for by the digest that its signed batch names: who asked why, and what the centre's agent answered, is kept.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
create table usage_event (
  provider_id uuid not null references organisation, source text not null, event_id text not null, ${place},
  feed_id uuid not null references usage_feed, sha256 text not null,
  outcome text not null check (outcome in ('added', 'superseded', 'unchanged', 'conflict')), body text not null,
  import_id uuid not null references usage_import, received_at timestamptz not null,
  primary key (provider_id, source, event_id));
create table raw_request (
  id uuid primary key, ${place}, feed_id uuid not null references usage_feed,
  provider_id uuid not null references organisation, batch int not null, sm3 text not null, name text not null,
  bytes bigint not null, reason text not null, asked_by uuid not null references person, asked_at timestamptz not null,
  state text not null default 'asked' check (state in ('asked', 'sent', 'gone', 'changed', 'too_large')),
  answered_at timestamptz, signature bytea, sha256 text, unique (feed_id, sm3),
  check ((state = 'asked') = (answered_at is null)), check ((state = 'sent') = (sha256 is not null)),
  foreign key (feed_id, batch) references usage_batch);
grant select, insert on usage_event to suanquan_app;
grant select, insert, update on raw_request to suanquan_app;
revoke update, delete on usage_event from suanquan_app;
revoke delete on raw_request from suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
