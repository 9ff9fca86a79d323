// Reason: projects are selected by rank (择优立项), sign an agreement, and are paid in two parts by the result of their
// acceptance. A selection and an acceptance take two people; a project belongs to one application. What a project is paid
// rests on no contract and matches no use, so a claim may be without either; experts may judge an acceptance as well.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
alter table claim alter column contract_id drop not null;
alter table claim alter column matched drop not null;
alter table claim add check ((contract_id is null) = (matched is null));
create table selection (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  state text not null check (state in ('proposed', 'approved', 'rejected')), least_tenths int not null,
  reserves int not null, left_fen bigint not null, most int, lines jsonb not null, reason text not null,
  proposed_by uuid not null references person, proposed_at timestamptz not null, decided_by uuid references person,
  decided_at timestamptz, decision_reason text, check (decided_by is null or decided_by <> proposed_by),
  check ((state = 'proposed') = (decided_at is null)));
create unique index selection_open on selection (adoption_id) where state = 'proposed';
create index selection_adoption on selection (adoption_id, proposed_at);
comment on column selection.reason is 'personal: free text';
comment on column selection.decision_reason is 'personal: free text';
create table project (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  application_id uuid not null unique references application, organisation_id uuid not null references organisation,
  state text not null, created_at timestamptz not null, starts_on date not null, ends_on date not null,
  accept_by date not null, extended_until date, deadline_on date, deadline_provisional boolean not null,
  first_fen bigint not null check (first_fen > 0), second_fen bigint not null check (second_fen >= 0),
  signed_by uuid references person, signed_at timestamptz, countersigned_by uuid references person,
  countersigned_at timestamptz, filing jsonb, filed_by uuid references person, filed_at timestamptz,
  result text check (result in ('excellent', 'qualified', 'failed')), conclusion text,
  concluded_by uuid references person, concluded_at timestamptz, decision text, decided_by uuid references person,
  decided_at timestamptz, check (ends_on >= starts_on),
  check (decided_by is null or decided_by <> concluded_by), check ((filing is null) = (filed_at is null)));
create index project_organisation on project (organisation_id);
create index project_adoption on project (adoption_id, state);
comment on column project.filing is 'personal: free text';
comment on column project.conclusion is 'personal: free text';
comment on column project.decision is 'personal: free text';
alter table expert_review add column project_id uuid references project;
create index expert_review_project on expert_review (project_id) where project_id is not null;
grant select, insert, update on selection, project to suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
