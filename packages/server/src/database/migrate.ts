// From an empty database to this version: roles by set-up, tables by migrations, owned by a role that cannot sign in.
import { Migrator, sql, type Kysely, type Migration } from 'kysely'
import { connect, roles, type Address, type Database } from './connect.ts'
import * as ledger from './migrations/0001-ledger.ts'
import * as documents from './migrations/0002-documents.ts'
import * as ways from './migrations/0003-ways.ts'
import * as offices from './migrations/0004-offices.ts'
import * as publicSide from './migrations/0005-public.ts'
import * as messages from './migrations/0007-messages.ts'
import * as registers from './migrations/0008-registers.ts'
import * as desk from './migrations/0009-desk.ts'
import * as experts from './migrations/0010-experts.ts'
import * as seals from './migrations/0011-seals.ts'
import * as credentials from './migrations/0012-credentials.ts'
import * as sellersAndSweeps from './migrations/0013-sellers-and-sweeps.ts'
import * as clawback from './migrations/0014-clawback.ts'
import * as money from './migrations/0016-money.ts'
import * as ledgerPost from './migrations/0018-ledger-post.ts'
import * as review from './migrations/0019-review.ts'
import * as projects from './migrations/0020-projects.ts'
import * as rounds from './migrations/0021-rounds.ts'
import * as centreCapacity from './migrations/0021b-centre-capacity.ts'
import * as funds from './migrations/0022-funds.ts'
import * as holds from './migrations/0023-holds.ts'
import * as engagements from './migrations/0024-engagements.ts'
import * as archive from './migrations/0024b-archive.ts'
import * as imprest from './migrations/0025-imprest.ts'
import * as redraws from './migrations/0025b-redraws.ts'
import * as awardCompute from './migrations/0025c-award-compute.ts'
import * as takeOver from './migrations/0026-take-over.ts'
import * as proposedFor from './migrations/0027-proposed-for.ts'
import * as proposals from './migrations/0028-proposals.ts'
import * as usageFeeds from './migrations/0030-usage-feeds.ts'
import * as tradePapers from './migrations/0033-trade-papers.ts'
import * as usageEvents from './migrations/0037-usage-events.ts'
import * as payments from './migrations/0034-payments.ts'
import * as usagePeriods from './migrations/0032-usage-periods.ts'
import * as disputes from './migrations/0035-disputes.ts'
import * as usageByTime from './migrations/0038-usage-by-time.ts'
import * as balanceAlerts from './migrations/0036-balance-alerts.ts'
import * as offers from './migrations/0031-offers.ts'
import type { Tables } from './tables.ts'

/** Every migration in order; each is a file whose head says why it exists. They only go up. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-ledger': ledger as Migration,
  '0002-documents': documents as Migration,
  '0003-ways': ways as Migration,
  '0004-offices': offices as Migration,
  '0005-public': publicSide as Migration,
  '0007-messages': messages as Migration,
  '0008-registers': registers as Migration,
  '0009-desk': desk as Migration,
  '0010-experts': experts as Migration,
  '0011-seals': seals as Migration,
  '0012-credentials': credentials as Migration,
  '0013-sellers-and-sweeps': sellersAndSweeps as Migration,
  '0014-clawback': clawback as Migration,
  '0016-money': money as Migration,
  '0018-ledger-post': ledgerPost as Migration,
  '0019-review': review as Migration,
  '0020-projects': projects as Migration,
  '0021-rounds': rounds as Migration,
  '0021b-centre-capacity': centreCapacity as Migration,
  '0022-funds': funds as Migration,
  '0023-holds': holds as Migration,
  '0024-engagements': engagements as Migration,
  '0024b-archive': archive as Migration,
  '0025-imprest': imprest as Migration,
  '0025b-redraws': redraws as Migration,
  '0025c-award-compute': awardCompute as Migration,
  '0026-take-over': takeOver as Migration,
  '0027-proposed-for': proposedFor as Migration,
  '0028-proposals': proposals as Migration,
  '0030-usage-feeds': usageFeeds as Migration,
  '0033-trade-papers': tradePapers as Migration,
  '0037-usage-events': usageEvents as Migration,
  '0034-payments': payments as Migration,
  '0032-usage-periods': usagePeriods as Migration,
  '0035-disputes': disputes as Migration,
  '0038-usage-by-time': usageByTime as Migration,
  '0036-balance-alerts': balanceAlerts as Migration,
  '0031-offers': offers as Migration,
}

/**
 * Makes the roles and lets the signed-in user act as them. Roles belong to the whole cluster, so several set-ups may
 * come at once: whoever is second finds them there.
 */
export async function ensureRoles(database: Database): Promise<void> {
  await database.kysely.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${SETUP_LOCK})`.execute(session)
    for (const role of Object.values(roles)) {
      await unlessThere(session, `create role ${role} nologin`)
      const { rows } = await sql<{ member: boolean }>`
        select pg_has_role(current_user, ${role}, 'member') as member`.execute(session)
      if (!rows[0]!.member) await unlessThere(session, `grant ${role} to current_user`)
    }
    await sql
      .raw(
        `do $$ begin execute format('grant create on database %I to ${roles.owner}', current_database()); end $$`,
      )
      .execute(session)
    await sql`select pg_advisory_unlock(${SETUP_LOCK})`.execute(session)
  })
}

/** One set-up a database at a time: PostgreSQL itself does not queue grants. */
const SETUP_LOCK = 7_278_261n

async function unlessThere(kysely: Kysely<Tables>, statement: string): Promise<void> {
  await sql
    .raw(`do $$ begin ${statement}; exception when duplicate_object or unique_violation then null; end $$`)
    .execute(kysely)
}

/**
 * Brings the database to this version; safe when two servers start at once (the migrator takes a lock).
 * @param address of a user that may create roles, or that set-up made a member of them
 * @param names only these, so that a backup of an earlier version can be loaded; all when left out
 * @returns the names of the migrations that ran now
 */
export async function migrate(address: Address, names?: readonly string[]): Promise<readonly string[]> {
  const admin = connect({ ...address, connections: 1, applicationName: 'suanquan-migrate' })
  try {
    await ensureRoles(admin)
  } finally {
    await admin.close()
  }
  const owner = connect({ ...address, role: 'owner', connections: 1, applicationName: 'suanquan-migrate' })
  const chosen = Object.fromEntries(
    Object.entries(migrations).filter(([name]) => names === undefined || names.includes(name)),
  )
  try {
    const migrator = new Migrator({
      db: owner.kysely,
      provider: { getMigrations: () => Promise.resolve(chosen) },
      migrationTableSchema: 'migration',
    })
    const { error, results } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    return (results ?? []).map(({ migrationName }) => migrationName)
  } finally {
    await owner.close()
  }
}
