// Reason: documents carry the seal of the authority that issues them. An image is proposed by one person and put in force by
// another, from a day on; what is older keeps the one of its own day, so nothing is ever replaced or deleted.
import { sql, type Kysely } from 'kysely'

const stamps = `
create table stamp (
  id uuid primary key, jurisdiction text not null, district text not null, authority text not null,
  sha256 text not null, width int not null, height int not null, valid_from date not null, valid_until date,
  state text not null check (state in ('proposed', 'in_force', 'refused')), proposed_by uuid not null references person,
  proposed_at timestamptz not null, decided_by uuid references person, decided_at timestamptz,
  check (decided_by is null or decided_by <> proposed_by), check ((state = 'proposed') = (decided_at is null)),
  check (valid_until is null or valid_until >= valid_from));
create index stamp_authority on stamp (jurisdiction, authority, valid_from)
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of stamps.split(';\n')) await sql.raw(statement).execute(database)
  await sql.raw('grant select, insert, update on stamp to suanquan_app').execute(database)
}
