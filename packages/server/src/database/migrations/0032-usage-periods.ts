// Reason: use is closed by month and provider. A closed month's rated lines stand; what comes later counts in the month that
// follows, under its real month, so a line carries where it is booked, whether it counts and what it corrects. Amounts may be
// below zero where a line unwinds another. What people must know of use (a claim that rests on use that is told otherwise, a
// feed that is silent) is a row until somebody settles it.
import { sql, type Kysely } from 'kysely'

const statements = `
alter table site_setting add column usage_grace_days int not null default 10 check (usage_grace_days between 0 and 60),
  add column usage_late text not null default 'next' check (usage_late in ('next', 'refuse'));
alter table usage_batch add column source text not null default 'runs' check (source in ('runs', 'devices'));
update usage_batch set source = 'devices' where body like '%"of":"devices"%';
create table usage_period (
  provider_id uuid not null references organisation, month text not null, jurisdiction text not null,
  district text not null, state text not null check (state in ('proposed', 'returned', 'closed')),
  proposed_by uuid references person, proposed_at timestamptz not null, decided_by uuid references person,
  decided_at timestamptz, reason text not null, primary key (provider_id, month),
  check ((state = 'proposed') = (decided_at is null)), check (proposed_by is null or proposed_by <> decided_by));
create table usage_alert (
  id uuid primary key, jurisdiction text not null, district text not null, provider_id uuid not null references organisation,
  kind text not null check (kind in ('claimed_use_corrected', 'feed_silent')), feed_id uuid references usage_feed,
  claim_id uuid references claim, organisation_id uuid, amount_fen bigint check (amount_fen > 0), evidence jsonb not null,
  raised_at timestamptz not null, settled_at timestamptz, settled_by uuid references person, note text,
  check ((kind = 'feed_silent') = (feed_id is not null)),
  check ((kind = 'claimed_use_corrected') = (claim_id is not null and amount_fen is not null)));
create unique index usage_alert_claim on usage_alert (claim_id) where settled_at is null;
create unique index usage_alert_feed on usage_alert (feed_id) where settled_at is null;
alter table rated_line drop constraint if exists rated_line_amount_fen_check, drop constraint if exists rated_line_check,
  add column booking text not null default 'regular'
    check (booking in ('regular', 'late', 'refused', 'reversal', 'restated')),
  add column booked_month text, add column booked_at timestamptz, add column counts boolean not null default true,
  add column corrects_at timestamptz;
update rated_line set booked_month = month, booked_at = started_at;
alter table rated_line alter column booked_month set not null, alter column booked_at set not null,
  add constraint rated_line_amount check (case when booking = 'reversal'
    then amount_fen between value_fen and 0 else amount_fen between 0 and value_fen end),
  add constraint rated_line_booked check (booked_month >= month);
create index rated_line_booked_at on rated_line (contract_id, booked_at);
grant select, insert, update on usage_period, usage_alert to suanquan_app;
comment on column usage_period.reason is 'personal: what somebody wrote';
comment on column usage_alert.note is 'personal: what somebody wrote'
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
