// Reason: before a decision a reviewer may ask experts. A panel belongs to one application and one round; an opinion to
// one expert, and once given it stays. The database holds both: one open panel an application, no opinion changed.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const experts = `
create table expert_review (
  id uuid primary key, ${place}, application_id uuid not null references application, round int not null check (round > 0),
  blind boolean not null, question text not null, criteria jsonb not null, due_on date not null,
  state text not null check (state in ('open', 'closed', 'abandoned')), minutes text,
  opened_by uuid not null references person, opened_at timestamptz not null, closed_by uuid references person,
  closed_at timestamptz, unique (application_id, round), check ((state = 'open') = (closed_at is null)),
  check ((closed_at is null) = (minutes is null)));
create unique index expert_review_open on expert_review (application_id) where state = 'open';
create table expert_opinion (
  review_id uuid not null references expert_review, person_id uuid not null references person, ${place}, position int not null,
  state text not null check (state in ('invited', 'given', 'stood_aside')), points jsonb,
  recommendation text check (recommendation in ('support', 'support_with_conditions', 'oppose')), remark text,
  answered_at timestamptz, primary key (review_id, person_id), unique (review_id, position),
  check ((state = 'invited') = (answered_at is null)), check ((state = 'given') = (points is not null)),
  check ((state = 'given') = (recommendation is not null)));
create index expert_opinion_person on expert_opinion (person_id, state);
comment on column expert_opinion.remark is 'personal: free text';
comment on column expert_review.minutes is 'personal: free text';
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of experts.split(';\n')) {
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
  }
  await sql
    .raw('grant select, insert, update on suanquan.expert_review, suanquan.expert_opinion to suanquan_app')
    .execute(database)
}
