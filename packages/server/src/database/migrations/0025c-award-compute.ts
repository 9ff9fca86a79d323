// Reason: where the first come are served there is no round at which money is set beside compute. Each approval keeps what it
// lets its firm buy, what was promised to others before it and what centres had free, as it was seen then.
import { sql, type Kysely } from 'kysely'

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table suanquan.application add column compute jsonb').execute(database)
}
