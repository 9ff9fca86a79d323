// Reason: what is closed is archived (归档): a file number, a term by law, and a catalogue of its papers with their digests, so
// that what is altered later shows. Each file keeps the term and its source as they were applied. After the term two people
// dispose (鉴定销毁): papers and personal columns go, postings and decisions stay.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
create table archive_disposal (
  id uuid primary key, ${place}, number text not null unique, reason text not null,
  state text not null check (state in ('proposed', 'approved', 'rejected')), proposed_by uuid not null references person,
  proposed_at timestamptz not null, decided_by uuid references person, decided_at timestamptz, decision_reason text,
  check (decided_by is null or decided_by <> proposed_by), check ((decided_by is null) = (decided_at is null)),
  check ((state = 'proposed') = (decided_by is null)));
comment on column archive_disposal.reason is 'personal: free text';
comment on column archive_disposal.decision_reason is 'personal: free text';
create table archive_file (
  id uuid primary key, ${place}, number text not null unique, kind text not null, object_id uuid not null unique,
  object_number text not null, title text not null, organisation_id uuid references organisation,
  application_id uuid references application, adoption_id uuid references adoption, year int not null,
  category text not null, years int, source_zh text not null, source_en text not null, closed_on date not null,
  archived_at timestamptz not null, papers int not null, digest text not null, ends_on date,
  disposal_id uuid references archive_disposal, disposed_at timestamptz,
  check ((years is null) = (ends_on is null)), check (disposed_at is null or disposal_id is not null));
create index archive_file_year on archive_file (jurisdiction, year, kind);
create index archive_file_application on archive_file (application_id);
create index archive_file_ends on archive_file (ends_on) where disposed_at is null;
create table archive_paper (
  file_id uuid not null references archive_file, position int not null, ${place}, kind text not null, source_id text not null,
  label text not null, made_on date not null, bytes int not null, sm3 text not null, primary key (file_id, position));
create index archive_paper_attachment on archive_paper (source_id) where kind = 'attachment';
create table archive_hold (
  id uuid primary key, ${place}, file_id uuid not null references archive_file, reason text not null,
  placed_by uuid not null references person, placed_at timestamptz not null,
  released_by uuid references person, released_at timestamptz, release_reason text,
  check ((released_by is null) = (released_at is null)));
create unique index archive_hold_open on archive_hold (file_id) where released_at is null;
comment on column archive_hold.reason is 'personal: free text';
comment on column archive_hold.release_reason is 'personal: free text';
create table archive_disposed_attachment (
  attachment_id uuid primary key references attachment, ${place}, file_id uuid not null references archive_file,
  at timestamptz not null, removed_at timestamptz);
grant select, insert on archive_paper to suanquan_app;
grant select, insert, update on archive_disposal, archive_file, archive_hold, archive_disposed_attachment to suanquan_app;
revoke update, delete on archive_paper from suanquan_app;
revoke delete on archive_file, archive_hold, archive_disposal from suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
