// A real database for each test file, in tens of milliseconds: one server for all test files, one migrated template,
// a clone for each file. The server's folder is kept between runs, so that only the very first run makes it.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { watchLocks } from './lock-watch.ts'
import { connect, migrate, sql, startPostgres, type Address, type Database } from '@suanquan/server'

export interface TestDatabase {
  /** acts as the application's role */
  readonly database: Database
  /** where it is, signing in as the cluster's superuser: for `connect` with another role */
  readonly address: Address
  /** drops the database and lets go of the server */
  readonly drop: () => Promise<void>
}

export interface KeepableDatabase extends TestDatabase {
  /** keeps it as a template instead of dropping it */
  readonly keep: (as: string) => Promise<void>
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** What tests keep between files and runs. */
export const testCache = join(root, 'node_modules', '.cache', 'suanquan-test')

/** The PostgreSQL under test: `SUANQUAN_PG=15` or `18`, 18 when unset. */
export function testPostgresVersion(): 15 | 18 {
  const version = process.env['SUANQUAN_PG'] ?? '18'
  if (version !== '15' && version !== '18') throw new Error('SUANQUAN_PG is 15 or 18')
  return version === '15' ? 15 : 18
}

/**
 * A fresh database with all migrations; call `drop` in `afterAll`.
 * @param template what is copied instead: the name that `keep` gave
 */
export async function testDatabase(
  version = testPostgresVersion(),
  template?: string,
): Promise<KeepableDatabase> {
  watchLocks()
  const folder = join(testCache, `postgres-${version}`)
  const server = await startPostgres({ folder, version })
  const cluster: Address = { host: server.socketFolder, port: server.port, user: server.user }
  const admin = connect({ ...cluster, database: 'postgres', connections: 1 })
  const from = template ?? (await ensureTemplate(admin, cluster))
  const name = `test_${process.pid}_${nextNumber++}`
  await sql.raw(`create database ${name} template ${from}`).execute(admin.kysely)
  const address = { ...cluster, database: name }
  const database = connect({ ...address, role: 'app' })
  return {
    database,
    address,
    drop: async () => {
      await database.close()
      await sql.raw(`drop database ${name} with (force)`).execute(admin.kysely)
      await admin.close()
      await server.stop()
    },
    keep: async (as) => {
      await database.close()
      await sql.raw(`alter database ${name} rename to ${as}`).execute(admin.kysely)
      await sql.raw(`alter database ${as} with is_template true`).execute(admin.kysely)
      await admin.close()
      await server.stop()
    },
  }
}

let nextNumber = 1

/** The template is named after the text of the migrations: a changed migration makes a new one. */
async function ensureTemplate(admin: Database, cluster: Address): Promise<string> {
  const name = `template_${migrationsHash()}`
  await admin.kysely.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(7278262)`.execute(connection)
    const { rows } = await sql<{ name: string; ready: boolean }>`
      select datname as name, datistemplate as ready from pg_database
      where datname like 'template\\_%' or datname like 'test\\_%' or datname like 'city\\_%'`.execute(
      connection,
    )
    const ready = rows.some((row) => row.name === name && row.ready)
    for (const left of rows.filter((row) => isLeftOver(row.name) || (row.name === name && !row.ready))) {
      await sql.raw(`alter database ${left.name} with is_template false`).execute(connection)
      await sql.raw(`drop database if exists ${left.name} with (force)`).execute(connection)
    }
    if (!ready) {
      await sql.raw(`create database ${name}`).execute(connection)
      await migrate({ ...cluster, database: name })
      await sql.raw(`alter database ${name} with is_template true`).execute(connection)
    }
    await sql`select pg_advisory_unlock(7278262)`.execute(connection)
  })
  return name
}

/** Databases of runs and test processes that have ended. */
function isLeftOver(name: string): boolean {
  const owner = /^(?:test|city)_(\d+)_/.exec(name)?.[1]
  if (owner === undefined) return false
  try {
    process.kill(Number(owner), 0)
    return false
  } catch {
    return true
  }
}

function migrationsHash(): string {
  const database = join(root, 'packages', 'server', 'src', 'database')
  const folder = join(database, 'migrations')
  const hash = createHash('sha256').update(readFileSync(join(database, 'migrate.ts')))
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 16)
}
