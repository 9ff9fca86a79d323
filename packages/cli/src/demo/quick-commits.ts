// While the demo lives its year the database answers a commit before the disk has it. A year that a crash cuts short is
// emptied and lived anew (`folder.ts`), so nothing hangs on the last second of it; what comes after waits for the disk.
import { connect, sql, type Address } from '@suanquan/server'

/** @param address of a database of the demo's own: the setting is the whole server's */
export async function withQuickCommits<Value>(address: Address, live: () => Promise<Value>): Promise<Value> {
  await setting(address, 'alter system set synchronous_commit = off')
  try {
    return await live()
  } finally {
    await setting(address, 'alter system reset synchronous_commit')
  }
}

async function setting(address: Address, statement: string): Promise<void> {
  const admin = connect({ ...address, connections: 1 })
  try {
    await sql.raw(statement).execute(admin.kysely)
    await sql`select pg_reload_conf()`.execute(admin.kysely)
    // Flushes all that was committed before.
    await sql`checkpoint`.execute(admin.kysely)
  } finally {
    await admin.close()
  }
}
