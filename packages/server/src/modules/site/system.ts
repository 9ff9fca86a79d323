// How the installation is: what the platform did by itself and does next, the database, the disk, what waits.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { reviewStates } from '@suanquan/core/application'
import type { Day } from '@suanquan/core/calendar'
import { statfs } from 'node:fs/promises'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { administratorsApart, missingParticulars, particularsOf } from './particulars.ts'

type View = AnswerOf<Routes['readSystem']>

export function readSystem(world: World): Handler<'readSystem'> {
  return {
    kind: 'query',
    run: async (_, { db, touch }) => {
      touch({ kind: 'site', id: null })
      const particulars = await particularsOf(db, world)
      return accept({
        particulars,
        missing: missingParticulars(particulars),
        administratorsApart: await administratorsApart(db, world.site.jurisdiction),
        version: world.version,
        runtime: `Node ${process.versions.node}`,
        database: await databaseOf(db),
        disk: await diskOf(world.dataFolder),
        migrations: await migrationsOf(db),
        queue: await queueOf(db),
        jobs: await jobsOf(db),
      })
    },
  }
}

async function databaseOf(db: Kysely<Tables>): Promise<View['database']> {
  const { rows } = await sql<{ version: string; bytes: bigint; connections: bigint }>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      (select count(*) from pg_stat_activity where datname = current_database()) as connections`.execute(db)
  const { version, bytes, connections } = rows[0]!
  return { version: `PostgreSQL ${version}`, bytes: Number(bytes), connections: Number(connections) }
}

async function diskOf(folder: string): Promise<View['disk']> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

async function migrationsOf(db: Kysely<Tables>): Promise<View['migrations']> {
  const { rows } = await sql<{ name: string; at: string }>`
    select name, timestamp as at from migration.kysely_migration order by name`.execute(db)
  return rows
}

async function queueOf(db: Kysely<Tables>): Promise<View['queue']> {
  const { rows } = await sql<{ id: string; count: bigint }>`
    select 'applications_in_review' as id, count(*) as count from application where state in (${sql.join(reviewStates)})
    union all select 'applications_waiting', count(*) from application where state = 'waiting'
    union all select 'objections_open', count(*) from objection where outcome = 'open'
    union all select 'claims_in_review', count(*) from claim where state = 'submitted'
    union all select 'claims_to_pay', count(*) from claim where state = 'approved'
    union all select 'batches_open', count(*) from disbursement where state in ('prepared', 'approved')
    union all select 'codes_open', count(distinct person_id) from enrolment join person on person.id = person_id
      where used_at is null and active and password_hash is null
    union all select 'proofs_running', count(*) from proof_run where state = 'running'
    union all select 'deliveries_waiting', count(*) from delivery where state in ('waiting', 'sending')
    union all select 'deliveries_failed', count(*) from delivery where state = 'failed'
    union all select 'deliveries_uncertain', count(*) from delivery where state = 'uncertain'`.execute(db)
  return rows.map(({ id, count }) => ({ id, count: Number(count) }))
}

interface Due {
  readonly name: string
  readonly on: Day | null
  readonly count: bigint
}

/** What each job does next: on which day, and for how many. */
async function dueOf(db: Kysely<Tables>): Promise<ReadonlyMap<string, Due>> {
  const { rows } = await sql<Due>`
    with correction as (select deadline_on as day from application
        where state = 'correction' and not deadline_provisional and deadline_on is not null),
      announced as (select n.closes_on as day from application a join notice n on n.id = a.notice_id
        where a.state = 'announced' and not n.provisional),
      hearing as (select answer_by as day from clawback where state = 'hearing' and not answer_provisional),
      disputed as (select answer_by as day from dispute where state = 'opened' and not answer_provisional),
      held as (select hold_ends_on as day from claim where state = 'submitted' and hold_ends_on is not null),
      usable as (select usable_until as day from voucher where returned_at is null)
    select 'lapse_corrections' as name, min(day) as "on", count(*) filter (where day = (select min(day) from correction)) as count
      from correction
    union all select 'lapse_hearings', min(day), count(*) filter (where day = (select min(day) from hearing)) from hearing
    union all select 'lapse_disputes', min(day), count(*) filter (where day = (select min(day) from disputed)) from disputed
    union all select 'end_notices', min(day), count(*) filter (where day = (select min(day) from announced)) from announced
    union all select 'release_holds', min(day), count(*) filter (where day = (select min(day) from held)) from held
    union all select 'expire_vouchers', min(day), count(*) filter (where day = (select min(day) from usable)) from usable
    union all select 'fund_waiting', null, count(*) from application where state = 'waiting'
    union all select 'close_usage_periods', null, 0
    union all select 'tell_silence', null, 0
    union all select 'remind', null, 0
    union all select 'keep_archive', null, 0
    union all select 'deliver', null, count(*) from delivery where state = 'waiting'
    union all select 'seal_journal', null, coalesce(sum(next_seq - 1 - coalesce((select max(last_seq) from ledger.seal s
      where s.ledger = h.ledger), 0)), 0)::bigint from ledger.head h`.execute(db)
  return new Map(rows.map((row) => [row.name, row]))
}

async function jobsOf(db: Kysely<Tables>): Promise<View['jobs']> {
  const due = await dueOf(db)
  const states = await db.selectFrom('job_state').selectAll().execute()
  const names = new Set([...due.keys(), ...states.map(({ name }) => name)])
  const text = (at: number | null | undefined): string | null =>
    at == null ? null : new Date(at).toISOString()
  return [...names].map((name) => {
    const state = states.find((row) => row.name === name)
    const next = due.get(name)
    return {
      name,
      runs: Number(state?.runs ?? 0n),
      lastAt: text(state?.last_at),
      lastCount: state?.last_count ?? 0,
      lastWorkAt: text(state?.last_work_at),
      lastWorkCount: state?.last_work_count ?? 0,
      failures: Number(state?.failures ?? 0n),
      lastFailedAt: text(state?.last_failed_at),
      lastError: state?.last_error ?? null,
      failing: state?.last_failed_at != null && state.last_failed_at >= state.last_at,
      next: { count: Number(next?.count ?? 0n), on: next?.on ?? null },
    }
  })
}
