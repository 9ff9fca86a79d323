// Reason: a centre's agent sends its use signed, batch by batch. A feed is the key that was enrolled for one cluster of one
// provider; a batch is kept as it was signed, by its number, so that it counts once and a missing one shows; hourly rows of
// devices stand by device and hour, the highest revision of which holds.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
create table usage_feed (
  id uuid primary key, ${place}, provider_id uuid not null references organisation, name text not null,
  cluster text not null, algorithm text not null check (algorithm in ('SM2', 'Ed25519')), public_key bytea not null,
  key_id text not null unique, enrolled_by uuid not null references person, enrolled_at timestamptz not null,
  revoked_by uuid references person, revoked_at timestamptz, heard_at timestamptz, read_until timestamptz,
  check ((revoked_by is null) = (revoked_at is null)));
create index usage_feed_provider on usage_feed (provider_id);
create table usage_batch (
  feed_id uuid not null references usage_feed, number int not null check (number > 0), ${place}, sha256 text not null,
  signature bytea not null check (octet_length(signature) = 64), body text not null,
  import_id uuid references usage_import, made_at timestamptz not null, read_from timestamptz not null,
  read_until timestamptz not null, received_at timestamptz not null, counts jsonb not null,
  primary key (feed_id, number), check (read_from <= read_until));
create table usage_hour (
  provider_id uuid not null references organisation, cluster text not null, device text not null,
  hour_at timestamptz not null, owner text not null, ${place}, feed_id uuid not null, batch int not null,
  revision int not null, samples int not null, covered_seconds int not null check (covered_seconds between 0 and 3600),
  hour jsonb not null, primary key (provider_id, cluster, hour_at, device, owner),
  foreign key (feed_id, batch) references usage_batch);
grant select, insert, update on usage_feed to suanquan_app;
grant select, insert on usage_batch to suanquan_app;
grant select, insert, delete on usage_hour to suanquan_app;
revoke update, delete on usage_batch from suanquan_app;
revoke delete on usage_feed from suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
