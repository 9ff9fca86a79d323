// Reason: the offices that watch and run a programme need their own records. Auditors keep what they proved and when;
// administrators what happened to people, hand-overs, the site's particulars and the platform's own work; reviewers the
// conflicts they declare; policy authors the measures before anybody adopts them, and adoptions being answered.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const audit = `
create table proof_run (
  id uuid primary key, ${place}, kind text not null check (kind in ('verification', 'replay')),
  state text not null check (state in ('running', 'done', 'broken_off')), done_steps bigint not null,
  total_steps bigint not null, result jsonb, clean boolean, started_by uuid references person,
  started_at timestamptz not null, seen_at timestamptz not null, ended_at timestamptz);
create index proof_run_kind on proof_run (kind, started_at);
create index audit_event_at on audit_event (at, sequence);
`

const people = `
create table person_event (
  person_id uuid not null references person, position bigint not null, ${place}, at timestamptz not null,
  event text not null, detail jsonb not null, reason text, done_by uuid, primary key (person_id, position));
comment on column person_event.reason is 'personal: free text';
create table hand_over (
  id uuid primary key, ${place}, organisation_id uuid not null references organisation, from_person uuid not null references person,
  to_person uuid not null references person, items jsonb not null, reason text not null, done_by uuid not null,
  at timestamptz not null, check (from_person <> to_person));
create table conflict_declaration (
  id uuid primary key, ${place}, person_id uuid not null references person, organisation_id uuid not null references organisation,
  object_kind text not null check (object_kind in ('organisation', 'application', 'claim')), object_id uuid not null,
  reason text not null, declared_at timestamptz not null, unique (person_id, object_id));
comment on column conflict_declaration.reason is 'personal: free text';
create table site_setting (
  jurisdiction text primary key, district text not null, particulars jsonb not null, administrators_apart boolean not null,
  changed_by uuid, changed_at timestamptz not null);
create table job_state (
  name text primary key, ${place}, runs bigint not null, last_at timestamptz not null, last_count int not null,
  last_work_at timestamptz, last_work_count int not null, failures bigint not null, last_failed_at timestamptz, last_error text);
`

const policy = `
create table programme_companion (
  programme_hash text not null references programme_file, kind text not null check (kind in ('cases', 'clauses')),
  ${place}, text text not null, stored_at timestamptz not null, primary key (programme_hash, kind));
create table adoption_draft (
  id uuid primary key, ${place}, programme_hash text not null references programme_file, terms jsonb not null,
  answers jsonb not null, opened_by uuid not null references person, opened_at timestamptz not null,
  changed_by uuid not null references person, changed_at timestamptz not null, signed_by uuid references person,
  signed_at timestamptz, adoption_id uuid references adoption, discarded_at timestamptz,
  check ((signed_by is null) = (adoption_id is null)));
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of [audit, people, policy].join('\n').split(';\n')) {
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
  }
  await sql
    .raw('grant select, insert, update, delete on all tables in schema suanquan to suanquan_app')
    .execute(database)
  for (const table of [
    'audit_event',
    'workflow_event',
    'decision',
    'person_event',
    'hand_over',
    'conflict_declaration',
  ]) {
    await sql.raw(`revoke update, delete on suanquan.${table} from suanquan_app`).execute(database)
  }
  // which migrations ran is shown to administrators
  await sql.raw('grant usage on schema migration to suanquan_app').execute(database)
  await sql.raw('grant select on all tables in schema migration to suanquan_app').execute(database)
}
