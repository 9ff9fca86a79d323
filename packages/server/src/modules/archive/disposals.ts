// 鉴定: one person lists files whose term is over, another decides. Whatever is open in a case forbids it, at the proposal and
// again at the decision.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Command, Handlers, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { nextNumber } from '../application/index.ts'
import { disposeOf } from './dispose.ts'
import { held } from './view.ts'

type View = AnswerOf<Routes['proposeDisposal']>
type Names = 'listDisposals' | 'proposeDisposal' | 'decideDisposal'
type FileRow = Selectable<Tables['archive_file']> & { readonly held: boolean }

export function disposalHandlers(world: World): Handlers<Names> {
  return {
    listDisposals: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'disposal', id: null })
        return accept({ items: await viewDisposals(db, visibleRows(person!, 'archive.read', 'd'), person) })
      },
    },
    proposeDisposal: propose(world),
    decideDisposal: decide(),
  }
}

function propose(world: World): Command<'proposeDisposal'> {
  const { jurisdiction } = world.site
  const place = { jurisdiction, district: jurisdiction }
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      touch({ kind: 'disposal', id: null })
      const files = await lockFiles(tx, sql`f.id = any(${body.fileIds}::uuid[])`)
      const wanted = new Set(body.fileIds)
      const mine = files.filter((file) =>
        mayTouch(person, 'archive.dispose', { ...file, district: jurisdiction }),
      )
      if (mine.length < wanted.size) return outOfScope('archive.dispose', 'archive_file')
      const fault = await faultOf(tx, files, today)
      if (fault !== null) return fault
      const id = newId()
      const number = await nextNumber(tx, 'XH', place, today)
      const proposed = { proposed_by: person!.id, proposed_at: timestamp(at) }
      await tx
        .insertInto('archive_disposal')
        .values({ id, ...place, number, reason: body.reason, state: 'proposed', ...proposed })
        .execute()
      await tx
        .updateTable('archive_file')
        .set({ disposal_id: id })
        .where('id', 'in', [...wanted])
        .execute()
      touch({ kind: 'disposal', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }, { person }) =>
      (await viewDisposals(db, sql<boolean>`d.id = ${subject}`, person))[0]!,
  }
}

type Fault = Decision<never, 'archive.disposed' | 'archive.term_runs' | 'archive.held' | 'archive.listed'>

async function faultOf(tx: Kysely<Tables>, files: readonly FileRow[], today: Day): Promise<Fault | null> {
  for (const file of files) {
    const { number } = file
    if (file.disposed_at !== null) return refuse('archive.disposed', { number })
    if (file.ends_on === null || file.ends_on >= today) return refuse('archive.term_runs', { number })
    if (file.held) return refuse('archive.held', { number })
    if (file.disposal_id === null) continue
    const other = await tx
      .selectFrom('archive_disposal')
      .select('state')
      .where('id', '=', file.disposal_id)
      .executeTakeFirstOrThrow()
    if (other.state === 'proposed') return refuse('archive.listed', { number })
  }
  return null
}

function decide(): Command<'decideDisposal'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await tx
        .selectFrom('archive_disposal')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (row === undefined) return notFound('disposal')
      touch({ kind: 'disposal', id: row.id })
      if (!mayTouch(person, 'archive.dispose', row)) return outOfScope('archive.dispose', 'disposal')
      if (row.state !== 'proposed') return refuse('archive.decided')
      if (row.proposed_by === person!.id) return refuse('archive.own_proposal')
      const files = await lockFiles(tx, sql`f.disposal_id = ${row.id}`)
      if (body.decision === 'approve') {
        const kept = files.find((file) => file.held)
        if (kept !== undefined) return refuse('archive.held', { number: kept.number })
        for (const file of files) await disposeOf(tx, file, at)
      }
      await tx
        .updateTable('archive_disposal')
        .set({
          state: body.decision === 'approve' ? 'approved' : 'rejected',
          decided_by: person!.id,
          decided_at: timestamp(at),
          decision_reason: body.reason,
        })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: async (subject, { db }, { person }) =>
      (await viewDisposals(db, sql<boolean>`d.id = ${subject}`, person))[0]!,
  }
}

async function lockFiles(tx: Kysely<Tables>, which: RawBuilder<unknown>): Promise<readonly FileRow[]> {
  const { rows } = await sql<FileRow>`select f.*, ${held} as held from archive_file f where ${which}
    order by f.id for update of f`.execute(tx)
  return rows
}

const LISTED_AT_MOST = 200

async function viewDisposals(
  db: Kysely<Tables>,
  which: RawBuilder<boolean>,
  person: Person | null,
): Promise<View[]> {
  type Row = Omit<View, 'proposedByMe' | 'proposedAt' | 'decidedAt'> & {
    readonly at: number
    readonly decided: number | null
    readonly proposer: string
  }
  const { rows } = await sql<Row>`select d.id, d.number, d.reason, d.state, p.display_name as "proposedBy",
      d.proposed_by as proposer, d.proposed_at as at, q.display_name as "decidedBy", d.decided_at as decided,
      d.decision_reason as "decisionReason",
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'number', f.number, 'title', f.title, 'endsOn', f.ends_on)
        order by f.number) from archive_file f where f.disposal_id = d.id), '[]') as files
    from archive_disposal d join person p on p.id = d.proposed_by left join person q on q.id = d.decided_by
    where ${which} order by d.proposed_at desc, d.id limit ${LISTED_AT_MOST}`.execute(db)
  return rows.map(({ at, decided, proposer, ...row }) => ({
    ...row,
    proposedByMe: proposer === person?.id,
    proposedAt: new Date(at).toISOString(),
    decidedAt: decided === null ? null : new Date(decided).toISOString(),
  }))
}
