// What an auditor sees first: what was proved last and what came since, and the trail of the last days in numbers.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { addDays, startOf } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import { visibleRows } from '../../identity/scope.ts'
import { spoken } from './spoken.ts'

type View = AnswerOf<Routes['readOversight']>

const DAYS = 7
const MOST_SHOWN = 5

export function readOversight(): Handler<'readOversight'> {
  return {
    kind: 'query',
    run: async ({ today, person }, { db, touch }) => {
      touch({ kind: 'audit', id: null })
      const since = addDays(today, 1 - DAYS)
      const mine = visibleRows(person!, 'audit.read', 'audit_event', 'audit_event.organisation_id')
      const recent = sql<boolean>`${mine} and at >= ${timestamp(startOf(since))}::timestamptz`
      const counts = await sql<Record<'postings' | 'today' | 'decisions' | 'acts' | 'reads', bigint>>`
        select (select count(*) from ledger.posting) as postings,
          (select count(*) from ledger.posting where at >= ${timestamp(startOf(today))}::timestamptz) as today,
          (select count(*) from decision) as decisions,
          (select count(*) from audit_event where ${recent} and not reads and outcome = 'done') as acts,
          (select count(*) from audit_event where ${recent} and reads and outcome = 'done') as reads`.execute(
        db,
      )
      const { postings, today: fresh, decisions, acts, reads } = counts.rows[0]!
      return accept({
        postings: Number(postings),
        postingsToday: Number(fresh),
        decisions: Number(decisions),
        proofs: await lastProofs(db, {
          visible: visibleRows(person!, 'audit.read', 'proof_run'),
          now: { verification: Number(postings), replay: Number(decisions) },
        }),
        since,
        acts: Number(acts),
        reads: Number(reads),
        refused: await refusedOften(db, recent),
        busiest: await busiestReaders(db, recent),
      })
    },
  }
}

async function lastProofs(
  db: Kysely<Tables>,
  {
    visible,
    now,
  }: {
    readonly visible: RawBuilder<boolean>
    readonly now: Readonly<Record<'verification' | 'replay', number>>
  },
): Promise<View['proofs']> {
  const { rows } = await sql<{ id: string; kind: string; clean: boolean; ended_at: number; steps: bigint }>`
    select distinct on (kind) id, kind, clean, ended_at, done_steps as steps from proof_run
    where state = 'done' and ${visible} order by kind, started_at desc, id desc`.execute(db)
  return (['verification', 'replay'] as const).map((kind) => {
    const last = rows.find((row) => row.kind === kind)
    if (last === undefined) return { kind, id: null, clean: null, endedAt: null, since: now[kind] }
    const endedAt = new Date(last.ended_at).toISOString()
    return { kind, id: last.id, clean: last.clean, endedAt, since: now[kind] - Number(last.steps) }
  })
}

async function refusedOften(db: Kysely<Tables>, recent: RawBuilder<boolean>): Promise<View['refused']> {
  const { rows } = await sql<{ code: string; count: bigint }>`
    select outcome as code, count(*) as count from audit_event where ${recent} and outcome <> 'done'
    group by outcome order by count(*) desc, outcome limit ${MOST_SHOWN}`.execute(db)
  return rows.map(({ code, count }) => ({ code, count: Number(count), sentence: spoken(code) }))
}

/** Of the offices' people: who read how many firms' data. */
async function busiestReaders(db: Kysely<Tables>, recent: RawBuilder<boolean>): Promise<View['busiest']> {
  const { rows } = await sql<{
    id: string
    name: string
    role: string
    reads: bigint
    organisations: bigint
  }>`
    select person.id, person.display_name as name, min(role) as role, count(*) as reads,
      count(distinct organisation_id) as organisations
    from (select * from audit_event where ${recent}) audit_event join person on person.id = person_id
    where reads and organisation_id is not null and role not in ('clerk', 'provider')
    group by person.id order by count(*) desc, person.id limit ${MOST_SHOWN}`.execute(db)
  return rows.map((row) => ({
    personId: row.id,
    personName: row.name,
    role: row.role,
    reads: Number(row.reads),
    organisations: Number(row.organisations),
  }))
}
