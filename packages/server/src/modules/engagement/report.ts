// 核查报告: what the body found, point by point, and what it recommends. It is given once; or the body stands aside.
import { accept, refuse, type Decision } from '@suanquan/core'
import { timestamp, type Transaction } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { bodyName } from './assign.ts'
import { type Inspection, isAssigned, loadInspection, stateOf, viewInspection } from './inspections.ts'
import { declareRelation, isRelated } from './related.ts'

type Act = Pick<Asked<'reportInspection'>, 'params' | 'person' | 'today'>
type Code = 'request.not_found' | 'request.forbidden' | 'inspection.over'

/** The inspection, locked, while its report is the asker's to give. */
async function myTurn(
  { params, person, today }: Act,
  { tx, touch }: CommandContext,
): Promise<Decision<Inspection, Code>> {
  const found = await loadInspection(tx, params.id, 'lock')
  if (found === undefined) return notFound('inspection')
  const { row } = found
  touch({ kind: 'inspection', id: row.id, organisationId: row.organisation_id })
  const invited = isAssigned(found, person, today)
  if (!mayTouch(person, 'inspection.report', { ...row, organisationIds: [], invited }))
    return outOfScope('inspection.report', 'inspection')
  return stateOf(found, today) === 'assigned' ? accept(found) : refuse('inspection.over')
}

export function reportInspection(world: World): Command<'reportInspection'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const turn = await myTurn(asked, context)
      if (!turn.ok) return turn
      const { row, engagement } = turn.value
      const { body, person, at, today } = asked
      if (await barred(context.tx, turn.value, person))
        return refuse('inspection.body_related', { name: await bodyName(context.tx, engagement.body_id) })
      const known = new Set(row.points.map(({ id }) => id))
      for (const { point } of body.findings)
        if (!known.delete(point)) return refuse('inspection.point_unknown', { point })
      const visited = row.task === 'site' ? body.visitedOn : null
      if (row.task === 'site' && (visited === null || visited > today))
        return refuse('inspection.visit_missing')
      const file = body.attachmentId
      const unknown = await unknownAttachment(context.tx, file === null ? [] : [file], engagement.body_id)
      if (unknown !== undefined) return refuse('attachment.unknown', { id: unknown })
      await context.tx
        .updateTable('inspection')
        .set({
          state: 'reported',
          findings: JSON.stringify(body.findings),
          outcome: body.outcome,
          conclusion: body.conclusion,
          visited_on: visited,
          attachment_id: file,
          closed_by: person!.id,
          closed_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewInspection(world, db, subject, asked),
  }
}

/** Asked again when it reports: the body or its person may have become related since. */
async function barred(
  tx: Transaction['kysely'],
  { engagement, of }: Inspection,
  person: Asked<'reportInspection'>['person'],
): Promise<boolean> {
  if (await isRelated(tx, engagement.body_id, of.parties, [of.id])) return true
  for (const party of of.parties) if (await mustStandAside(tx, person, party, [of.id])) return true
  return false
}

/** Standing aside is the whole body's, and holds for the firm from then on. */
export function standAsideFromInspection(): Command<'standAsideFromInspection'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const turn = await myTurn(asked, context)
      if (!turn.ok) return turn
      const { row, engagement } = turn.value
      const { body, person, at } = asked
      await context.tx
        .updateTable('inspection')
        .set({
          state: 'stood_aside',
          closed_by: person!.id,
          closed_at: timestamp(at),
          closed_reason: body.reason,
        })
        .where('id', '=', row.id)
        .execute()
      if (row.organisation_id !== null)
        await declareRelation(context.tx, {
          id: context.newId(),
          jurisdiction: row.jurisdiction,
          district: row.district,
          personId: person!.id,
          bodyId: engagement.body_id,
          organisationId: row.organisation_id,
          reason: body.reason,
          at: timestamp(at),
        })
      return accept({ subject: row.id })
    },
    view: async () => ({ done: true as const }),
  }
}
