// Reason: measures let a bureau entrust an outside body with examining, checking on site, verifying and evaluating. An
// engagement is proposed by one and confirmed by another; what a body examines is assigned case by case, and its report,
// once given, stays. A body that declared a relation to a firm, or stood aside, is barred as a whole.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
create table engagement (
  id uuid primary key, ${place}, body_id uuid not null references organisation, adoption_id uuid not null references adoption,
  tasks text[] not null check (tasks <@ array['materials', 'site', 'claims', 'performance'] and cardinality(tasks) > 0),
  contract_number text not null, starts_on date not null, ends_on date not null check (ends_on >= starts_on),
  reason text not null, state text not null check (state in ('proposed', 'confirmed', 'rejected')),
  proposed_by uuid not null references person, proposed_at timestamptz not null,
  decided_by uuid references person, decided_at timestamptz, decision_reason text,
  ended_by uuid references person, ended_at timestamptz, end_reason text,
  check (decided_by is null or decided_by <> proposed_by), check ((decided_by is null) = (decided_at is null)),
  check ((state = 'proposed') = (decided_by is null)), check ((ended_by is null) = (ended_at is null)),
  check (ended_at is null or state = 'confirmed'), unique (body_id, contract_number, adoption_id));
create index engagement_adoption on engagement (adoption_id);
comment on column engagement.reason is 'personal: free text';
comment on column engagement.decision_reason is 'personal: free text';
comment on column engagement.end_reason is 'personal: free text';
create table inspection (
  id uuid primary key, ${place}, number text not null unique, engagement_id uuid not null references engagement,
  about text not null check (about in ('application', 'claim', 'project', 'adoption')), object_id uuid not null,
  organisation_id uuid references organisation,
  task text not null check (task in ('materials', 'site', 'claims', 'performance')), question text not null,
  points jsonb not null, due_on date not null,
  state text not null check (state in ('assigned', 'reported', 'stood_aside', 'recalled')),
  assigned_by uuid not null references person, assigned_at timestamptz not null,
  findings jsonb, outcome text check (outcome in ('support', 'support_with_conditions', 'oppose')), conclusion text,
  visited_on date, attachment_id uuid references attachment, closed_by uuid references person, closed_at timestamptz,
  closed_reason text, check ((state = 'assigned') = (closed_at is null)), check ((closed_at is null) = (closed_by is null)),
  check ((state = 'reported') = (findings is not null)), check ((state = 'reported') = (outcome is not null)),
  check ((state = 'reported') = (conclusion is not null)),
  check ((state in ('stood_aside', 'recalled')) = (closed_reason is not null)),
  check ((about = 'adoption') = (organisation_id is null)), check ((about = 'adoption') = (task = 'performance')));
create unique index inspection_open on inspection (object_id, task) where state = 'assigned';
create index inspection_object on inspection (object_id);
create index inspection_engagement on inspection (engagement_id);
comment on column inspection.conclusion is 'personal: free text';
comment on column inspection.findings is 'personal: free text';
comment on column inspection.closed_reason is 'personal: free text';
alter table conflict_declaration add column body_id uuid references organisation;
create index conflict_declaration_body on conflict_declaration (body_id, object_id) where body_id is not null;
grant select, insert, update on engagement, inspection to suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
