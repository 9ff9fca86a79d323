// Reason: the public appraises the steps that were done for it (好差评, GB/T 39734) and asks or complains; both are kept
// with their answers. A step is appraised once; neither an appraisal nor a question is ever changed, only answered.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const tables = `
create table appraisal (
  id uuid primary key, ${place}, step text not null check (step in ('review', 'claim_review', 'payment')),
  object_id uuid not null, number text not null, organisation_id uuid not null references organisation,
  grade int not null check (grade between 1 and 5), reason text not null, made_by uuid not null references person,
  made_at timestamptz not null, reply text, replied_by uuid references person, replied_at timestamptz,
  unique (object_id, step), check (grade > 2 or reason <> ''));
comment on column appraisal.reason is 'personal: free text';
create index appraisal_at on appraisal (made_at);
create table inquiry (
  id uuid primary key, ${place}, number text not null unique,
  kind text not null check (kind in ('question', 'complaint', 'suggestion')), text text not null,
  contact_name text not null, contact_phone text not null, filed_at timestamptz not null,
  answer text, answered_by uuid references person, answered_at timestamptz);
comment on column inquiry.text is 'personal: free text';
comment on column inquiry.contact_name is 'personal: name';
comment on column inquiry.contact_phone is 'personal: telephone';
create index inquiry_at on inquiry (filed_at);
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of tables.split(';\n')) {
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
  }
  await sql
    .raw('grant select, insert on suanquan.appraisal, suanquan.inquiry to suanquan_app')
    .execute(database)
  await sql
    .raw('grant update (reply, replied_by, replied_at) on suanquan.appraisal to suanquan_app')
    .execute(database)
  await sql
    .raw('grant update (answer, answered_by, answered_at) on suanquan.inquiry to suanquan_app')
    .execute(database)
}
