// A selection as it was proposed, and the line as it would be drawn today.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { SelectedLine, Tables } from '../../database/index.ts'
import type { Person, Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { isBehind } from '../../identity/acting.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import type { ApplicationRow, Reader } from '../application/index.ts'
import { fieldOf, openSelection, rankedIn } from './candidates.ts'

type View = AnswerOf<Routes['readSelection']>
type Line = View['items'][number]

export function readCandidates(world: World): Query<'readCandidates'> {
  return {
    kind: 'query',
    run: async ({ params, query, person, at, today }, { db, touch }) => {
      const known = await db
        .selectFrom('adoption')
        .select(['id', 'jurisdiction'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!known) return notFound('adoption')
      touch({ kind: 'adoption', id: known.id })
      const place = { jurisdiction: known.jurisdiction, district: known.jurisdiction }
      if (!mayTouch(person, 'selection.read', place)) return outOfScope('selection.read', 'adoption')
      const inForce = await world.programmes.inForce(db, known.id)
      if (inForce.way.project === null) return refuse('project.way_selects_nothing')
      const field = await fieldOf(db, { inForce, on: today, at })
      const ranked = rankedIn(field, query).map(({ candidate, rank, place: to, because }): Unnamed => {
        const { id, meanTenths, lowestTenths, experts, amountFen } = candidate
        const score = { meanTenths, lowestTenths, experts }
        return { applicationId: id, rank, ...score, amountFen: amountFen.toString(), place: to, because }
      })
      const unscored = field.unscored.map((row): Unnamed => ({
        applicationId: row.id,
        rank: null,
        meanTenths: null,
        lowestTenths: null,
        experts: 0,
        amountFen: row.approved_fen!.toString(),
        place: 'unscored',
        because: null,
      }))
      return accept({
        adoptionId: inForce.id,
        programmeTitle: inForce.programme.title,
        leastTenths: query.leastTenths,
        reserves: query.reserves,
        leftFen: field.poolFen.toString(),
        most: field.most,
        items: await named(db, [...ranked, ...unscored]),
        open: (await openSelection(db, inForce.id))?.id ?? null,
      })
    },
  }
}

type Unnamed = Omit<Line, 'applicationNumber' | 'organisationName' | 'title' | 'state'>

async function named(db: Kysely<Tables>, lines: readonly Unnamed[]): Promise<Line[]> {
  if (lines.length === 0) return []
  const rows = await db
    .selectFrom('application')
    .innerJoin('organisation', 'organisation.id', 'application.organisation_id')
    .select(['application.id', 'number', 'state', 'draft', 'organisation.name'])
    .where(
      'application.id',
      'in',
      lines.map(({ applicationId }) => applicationId),
    ) // prettier-ignore
    .execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  return lines.map((line) => {
    const { number, state, draft, name } = known.get(line.applicationId)!
    const title = (draft as ApplicationRow['draft']).project?.title ?? ''
    return { ...line, applicationNumber: number, organisationName: name, title, state }
  })
}

export async function viewSelection(
  world: World,
  db: Kysely<Tables>,
  id: string,
  reader: Reader,
): Promise<View> {
  const row = await db.selectFrom('selection').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return viewRow(world, db, row, reader)
}

/** Proposed by the reader, or by or for somebody whose duty the reader does. */
export function isOwn(
  row: Pick<Selectable<Tables['selection']>, 'proposed_by' | 'proposed_for'>,
  person: Person | null,
): boolean {
  return person !== null && isBehind(person, { actorId: row.proposed_by, forPersonId: row.proposed_for })
}

async function viewRow(
  world: World,
  db: Kysely<Tables>,
  row: Selectable<Tables['selection']>,
  { person }: Pick<Reader, 'person'>,
): Promise<View> {
  const { programme } = await world.programmes.inForce(db, row.adoption_id)
  return {
    id: row.id,
    number: row.number,
    adoptionId: row.adoption_id,
    programmeTitle: programme.title,
    leastTenths: row.least_tenths,
    reserves: row.reserves,
    leftFen: row.left_fen.toString(),
    most: row.most,
    items: await named(db, row.lines satisfies readonly SelectedLine[]),
    state: row.state,
    reason: row.reason,
    proposedByMe: isOwn(row, person),
    proposedAt: new Date(row.proposed_at).toISOString(),
    decisionReason: row.decision_reason,
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
  }
}

export function readSelection(world: World): Query<'readSelection'> {
  return {
    kind: 'query',
    run: async (asked, { db, touch }) => {
      const row = await db
        .selectFrom('selection')
        .selectAll()
        .where('id', '=', asked.params.id)
        .executeTakeFirst()
      if (!row) return notFound('selection')
      touch({ kind: 'selection', id: row.id })
      if (!mayTouch(asked.person, 'selection.read', row)) return outOfScope('selection.read', 'selection')
      return accept(await viewRow(world, db, row, asked))
    },
  }
}

export function listSelections(world: World): Query<'listSelections'> {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'selection', id: null })
      let found = db.selectFrom('selection').where(visibleRows(person!, 'selection.read', 'selection'))
      if (query.adoptionId !== undefined) found = found.where('adoption_id', '=', query.adoptionId)
      const { total } = await found.select(sql<bigint>`count(*)`.as('total')).executeTakeFirstOrThrow()
      const rows = await found
        .selectAll()
        .orderBy('proposed_at', 'desc')
        .orderBy('number', 'desc')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      const items: View[] = []
      for (const row of rows) items.push(await viewRow(world, db, row, { person }))
      return accept({ total: Number(total), items })
    },
  }
}
