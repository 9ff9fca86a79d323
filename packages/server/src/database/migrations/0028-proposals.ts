// Reason: a measure reaches the library by two signatures. Its author proposes it with what the checks asked of it (why a
// rule that favours some stands, why a planted fault may pass unnoticed), and another person signs that very text.
import { sql, type Kysely } from 'kysely'

const proposals = `
create table programme_proposal (
  id uuid primary key, jurisdiction text not null, district text not null, programme_hash text not null,
  programme_id text not null, version text not null, title jsonb not null, text text not null, cases_text text not null,
  exceptions jsonb not null, survivors jsonb not null, mutants int not null, score_basis_points int not null,
  content_hash text not null, state text not null check (state in ('proposed', 'published', 'withdrawn')),
  proposed_by uuid not null references person, proposed_at timestamptz not null,
  signed_by uuid references person, signed_at timestamptz, withdrawn_at timestamptz,
  check (signed_by is null or signed_by <> proposed_by),
  check ((state = 'published') = (signed_by is not null and signed_at is not null)),
  check ((state = 'withdrawn') = (withdrawn_at is not null)));
create unique index programme_proposal_once on programme_proposal (programme_id, version) where state = 'proposed';
create index programme_proposal_published on programme_proposal (programme_hash) where state = 'published';
grant select, insert, update on programme_proposal to suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of proposals.split(';\n')) await sql.raw(statement).execute(database)
}
