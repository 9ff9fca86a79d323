// Proofs that are kept: the ledger verified or every decision replayed, started by a person, carried out beside the
// running platform, and stored with its numbers. A run whose server died is seen by its silence.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler, Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { carryOutProof } from './carry-out-proof.ts'

type View = AnswerOf<Routes['readProof']>
type Row = Selectable<Tables['proof_run']> & { readonly display_name: string | null }
type Result = Pick<View, 'funds' | 'agreement' | 'decisions' | 'differences'>

const SILENT_MS = 5 * 60_000
const empty: Result = { funds: [], agreement: [], decisions: [], differences: [] }

export function proofHandlers(world: World): Handlers<'startProof' | 'listProofs' | 'readProof'> {
  return {
    startProof: startProof(world),
    listProofs: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'proof', id: null })
        const kind = query.kind === undefined ? sql`true` : sql`kind = ${query.kind}`
        const rows = await runsOf(db, sql`${kind} and ${visibleRows(person!, 'ledger.verify', 'proof_run')}`)
        const start = (query.page - 1) * query.size
        const items = rows.slice(start, start + query.size).map((row) => viewRun(world, row))
        return accept({ total: rows.length, items })
      },
    },
    readProof: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        touch({ kind: 'proof', id: params.id })
        const [row] = await runsOf(db, sql`proof_run.id = ${params.id}`)
        if (row === undefined) return notFound('proof')
        if (!mayTouch(person, 'ledger.verify', row)) return outOfScope('ledger.verify', 'proof')
        return accept({ ...viewRun(world, row), ...empty, ...(row.result as Result | null) })
      },
    },
  }
}

function startProof(world: World): Handler<'startProof'> {
  const running = new Set<string>()
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      await sql`lock table proof_run in share row exclusive mode`.execute(tx)
      const rows = await runsOf(tx, sql`state = 'running' and kind = ${body.kind}`)
      const other = rows.find((row) => stateOf(row, world) === 'running')
      if (other !== undefined) {
        const startedAt = new Date(other.started_at).toISOString()
        return refuse('ledger.proof_running', { startedBy: other.display_name ?? '', startedAt })
      }
      const id = newId()
      const { jurisdiction } = world.site
      await tx
        .insertInto('proof_run')
        .values({
          id,
          jurisdiction,
          district: jurisdiction,
          kind: body.kind,
          state: 'running',
          done_steps: 0n,
          total_steps: await stepsOf(tx, body.kind),
          started_by: person!.id,
          started_at: timestamp(at),
          seen_at: timestamp(world.wallClock()),
        })
        .execute()
      touch({ kind: 'proof', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }, { body }) => {
      const [row] = await runsOf(db, sql`proof_run.id = ${subject}`)
      if (row!.state === 'running' && !running.has(subject)) {
        running.add(subject)
        void carryOutProof(world, subject, body.kind).finally(() => running.delete(subject))
      }
      return viewRun(world, row!)
    },
  }
}

/** Runs with whoever started them, the newest first. */
async function runsOf(db: Kysely<Tables>, where: RawBuilder<unknown>): Promise<Row[]> {
  return db
    .selectFrom('proof_run')
    .leftJoin('person', 'person.id', 'proof_run.started_by')
    .selectAll('proof_run')
    .select('person.display_name')
    .where(sql<boolean>`${where}`)
    .orderBy('started_at', 'desc')
    .orderBy('proof_run.id', 'desc')
    .execute()
}

function stateOf(row: Row, world: World): Row['state'] {
  return row.state === 'running' && world.wallClock() - row.seen_at > SILENT_MS ? 'broken_off' : row.state
}

function viewRun(world: World, row: Row): AnswerOf<Routes['startProof']> {
  return {
    id: row.id,
    kind: row.kind,
    state: stateOf(row, world),
    done: Number(row.done_steps),
    total: Number(row.total_steps),
    clean: row.clean,
    startedBy: row.display_name,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
  }
}

async function stepsOf(db: Kysely<Tables>, kind: Row['kind']): Promise<bigint> {
  const table = kind === 'verification' ? sql`ledger.posting` : sql`decision`
  const { rows } = await sql<{ steps: bigint }>`select count(*) as steps from ${table}`.execute(db)
  return rows[0]!.steps
}
