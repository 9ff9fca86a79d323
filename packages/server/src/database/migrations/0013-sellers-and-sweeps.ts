// Reason: support for sellers and support that nobody applies for. Buyer and seller may each rest an application on the same
// contract, so a contract is used once by each applicant. A sweep keeps what the bureau found in the data it holds, line by
// line, and each case that came of it knows its sweep and what a higher tier has approved for its contract.
import { sql, type Kysely } from 'kysely'

const statements = [
  `drop index application_contract_once`,
  `create unique index application_contract_once on application (contract_id, organisation_id)
     where state not in ('refused', 'withdrawn')`,
  `create table sweep (
     id uuid primary key, jurisdiction text not null, district text not null, number text not null unique,
     adoption_id uuid not null references adoption, source text not null, lines jsonb not null,
     made_by uuid not null references person, made_at timestamptz not null)`,
  `create index sweep_adoption on sweep (adoption_id, made_at)`,
  `alter table application add column sweep_id uuid references sweep, add column upper_award jsonb`,
  `create index application_sweep on application (sweep_id) where sweep_id is not null`,
  `grant select, insert, update on sweep to suanquan_app`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements) await sql.raw(statement).execute(database)
}
