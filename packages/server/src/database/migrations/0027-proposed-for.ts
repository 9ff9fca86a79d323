// Reason: a selection that a deputy proposes is proposed for somebody, who then does not decide on it. Every other act of the
// office says so in its event; a proposed selection moves no case yet, so that it says so itself.
import { sql, type Kysely } from 'kysely'

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw('alter table suanquan.selection add column proposed_for uuid references suanquan.person')
    .execute(database)
}
