import { accept } from '@suanquan/core'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayRead, notFound, outOfScope } from '../../identity/scope.ts'
import { loadApplication } from '../application/index.ts'
import { decideRound, drawRound } from './decide-round.ts'
import { openRound } from './open-round.ts'
import { planRound } from './plan.ts'
import { planCompute } from './plan-compute.ts'
import { viewRound, viewRoundRow } from './view.ts'

type Names =
  | 'planRound'
  | 'planCompute'
  | 'openRound'
  | 'drawRound'
  | 'decideRound'
  | 'listRounds'
  | 'readRound'
  | 'listOwnLots'

export function roundHandlers(world: World): Handlers<Names> {
  return {
    planRound: planRound(world),
    planCompute: planCompute(world),
    openRound: openRound(world),
    drawRound: drawRound(world),
    decideRound: decideRound(world),
    listRounds: {
      kind: 'query',
      run: async (_asked, { db }) => {
        const rows = await db
          .selectFrom('funding_round')
          .selectAll()
          .orderBy('opened_at', 'desc')
          .limit(MOST_SHOWN)
          .execute()
        return accept({ items: await Promise.all(rows.map(async (row) => viewRoundRow(world, db, row))) })
      },
    },
    readRound: {
      kind: 'query',
      run: async ({ params, person }, { db }) => {
        const row = await db
          .selectFrom('funding_round')
          .select('id')
          .where('id', '=', params.id)
          .executeTakeFirst()
        return row === undefined ? notFound('round') : accept(await viewRound(world, db, row.id, person))
      },
    },
    listOwnLots: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        const row = await loadApplication(db, params.id)
        if (!row) return notFound('application')
        touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
        if (!mayRead(person, { ...row, organisationIds: [row.organisation_id] }))
          return outOfScope('application.read', 'application')
        const lots = await db
          .selectFrom('funding_lot')
          .innerJoin('funding_round', 'funding_round.id', 'funding_lot.round_id')
          .select(['funding_round.id', 'funding_round.number as round', 'funding_lot.number'])
          .where('application_id', '=', row.id)
          .orderBy('funding_round.opened_at')
          .execute()
        return accept({
          items: lots.map(({ id, round, number }) => ({ roundId: id, roundNumber: round, number })),
        })
      },
    },
  }
}

const MOST_SHOWN = 200
