// What each job did last. One row a job, written after each run.
import type { Instant } from '@suanquan/core/calendar'
import { sql } from 'kysely'
import { timestamp } from '../database/index.ts'
import type { World } from '../http/world-options.ts'

const LONGEST_ERROR = 500

interface Run {
  readonly name: string
  readonly at: Instant
  readonly count: number
}

export async function recordRun(world: World, { name, at, count }: Run): Promise<void> {
  const { jurisdiction } = world.site
  const worked = count > 0 ? { last_work_at: timestamp(at), last_work_count: count } : {}
  await world.db
    .insertInto('job_state')
    .values({
      name,
      jurisdiction,
      district: jurisdiction,
      runs: 1n,
      last_at: timestamp(at),
      last_count: count,
      last_work_count: 0,
      failures: 0n,
      ...worked,
    })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        runs: sql<bigint>`job_state.runs + 1`,
        last_at: timestamp(at),
        last_count: count,
        ...worked,
      }),
    )
    .execute()
}

interface Failure {
  readonly name: string
  readonly at: Instant
  readonly error: unknown
}

export async function recordFailure(world: World, { name, at, error }: Failure): Promise<void> {
  const { jurisdiction } = world.site
  const said = {
    last_at: timestamp(at),
    last_failed_at: timestamp(at),
    last_error: String(error).slice(0, LONGEST_ERROR),
  }
  await world.db
    .insertInto('job_state')
    .values({
      ...said,
      name,
      jurisdiction,
      district: jurisdiction,
      runs: 1n,
      last_count: 0,
      last_work_count: 0,
      failures: 1n,
    })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        ...said,
        runs: sql<bigint>`job_state.runs + 1`,
        last_count: 0,
        failures: sql<bigint>`job_state.failures + 1`,
      }),
    )
    .execute()
}
