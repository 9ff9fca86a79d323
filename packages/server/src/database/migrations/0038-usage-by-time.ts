// Reason: with every delivery a contract is rated anew for the months that it touches, so the records that reach into a
// month are asked for by their last moment; a whole contract is read only where its terms change.
import { sql, type Kysely } from 'kysely'

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  await sql`
    create index usage_record_until on usage_record (contract_id, (coalesce((record ->> 'endedAt')::bigint,
      (record ->> 'startedAt')::bigint
        + ((record ->> 'elapsedSeconds')::bigint + (record ->> 'suspendedSeconds')::bigint) * 1000)))`.execute(
    database,
  )
  // the index above leads with the contract too
  await sql`drop index usage_record_contract`.execute(database)
}
