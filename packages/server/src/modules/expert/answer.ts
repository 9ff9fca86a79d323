// An expert's answer: an opinion, or standing aside. Either stays; what a firm's panel heard is not rewritten afterwards.
import { accept, refuse, type Decision } from '@suanquan/core'
import { timestamp } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { loadPanel, type OpinionRow, type Panel, stateOf } from './load.ts'
import { viewPanel } from './view.ts'

type Code = 'request.not_found' | 'request.forbidden' | 'expert_review.over' | 'expert_review.answered'

interface Turn {
  readonly panel: Panel
  readonly mine: OpinionRow
}

/** The panel, locked, and the asker's own place in it, still empty. */
async function myTurn(
  { params, person }: Pick<Asked<'giveOpinion'>, 'params' | 'person'>,
  { tx, touch }: CommandContext,
): Promise<Decision<Turn, Code>> {
  const panel = await loadPanel(tx, params.id, 'lock')
  if (panel === undefined) return notFound('expert_review')
  const { row, organisationId, opinions } = panel
  touch({ kind: 'expert_review', id: row.id, organisationId })
  const mine = opinions.find(({ person_id }) => person_id === person?.id)
  const target = { ...row, organisationIds: [organisationId], invited: mine !== undefined }
  if (mine === undefined || !mayTouch(person, 'expert_review.judge', target))
    return outOfScope('expert_review.judge', 'expert_review')
  if (stateOf(panel) !== 'open') return refuse('expert_review.over')
  return mine.state === 'invited' ? accept({ panel, mine }) : refuse('expert_review.answered')
}

export function giveOpinion(world: World): Command<'giveOpinion'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const turn = await myTurn(asked, context)
      if (!turn.ok) return turn
      const { row, organisationId } = turn.value.panel
      const { body, person, at } = asked
      // asked again: an expert may have come to act for one of the parties since
      for (const party of [organisationId, ...turn.value.panel.providerIds])
        if (await mustStandAside(context.tx, person, party, [row.application_id]))
          return refuse('application.conflict_of_interest')
      const counts = { criteria: row.criteria.length, points: body.points.length }
      if (counts.criteria !== counts.points) return refuse('expert_review.points_missing', counts)
      await context.tx
        .updateTable('expert_opinion')
        .set({
          state: 'given',
          points: JSON.stringify(body.points),
          recommendation: body.recommendation,
          remark: body.remark,
          answered_at: timestamp(at),
        })
        .where('review_id', '=', row.id)
        .where('person_id', '=', person!.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewPanel(world, db, subject, asked),
  }
}

/** 回避 of an expert is a declared conflict as well: it holds for later rounds of the case. */
export function standAside(): Command<'standAside'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const turn = await myTurn(asked, context)
      if (!turn.ok) return turn
      const { row, organisationId } = turn.value.panel
      const { body, person, at } = asked
      await context.tx
        .updateTable('expert_opinion')
        .set({ state: 'stood_aside', remark: body.reason, answered_at: timestamp(at) })
        .where('review_id', '=', row.id)
        .where('person_id', '=', person!.id)
        .execute()
      await context.tx
        .insertInto('conflict_declaration')
        .values({
          id: context.newId(),
          jurisdiction: row.jurisdiction,
          district: row.district,
          person_id: person!.id,
          organisation_id: organisationId,
          object_kind: 'application',
          object_id: row.application_id,
          reason: body.reason,
          declared_at: timestamp(at),
        })
        .onConflict((conflict) => conflict.columns(['person_id', 'object_id']).doNothing())
        .execute()
      return accept({ subject: row.id })
    },
    view: async () => ({ done: true as const }),
  }
}
