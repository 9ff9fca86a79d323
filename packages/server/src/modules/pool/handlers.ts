import { accept } from '@suanquan/core'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { untilOf } from '../ledger/index.ts'
import { openAllotment } from './allotments.ts'
import { decidePoolMove, proposePoolMove } from './moves.ts'
import { viewPools } from './view.ts'
import { viewMoves } from './view-moves.ts'

type Names = 'readPools' | 'openAllotment' | 'proposePoolMove' | 'decidePoolMove' | 'listPoolMoves'

export function poolHandlers(world: World): Handlers<Names> {
  return {
    readPools: {
      kind: 'query',
      run: async ({ params, query, person, at }, { db, touch }) => {
        touch({ kind: 'pool', id: params.id })
        const row = await db
          .selectFrom('adoption')
          .select(['id', 'jurisdiction', 'district'])
          .where('id', '=', params.id)
          .executeTakeFirst()
        if (!row) return notFound('adoption')
        if (!mayTouch(person, 'pool.read', row)) return outOfScope('pool.read', 'adoption')
        const until = untilOf(query, at)
        if (!until.ok) return until
        return accept(await viewPools(db, await world.programmes.inForce(db, row.id), until.value))
      },
    },
    openAllotment: openAllotment(world),
    proposePoolMove: proposePoolMove(world),
    decidePoolMove: decidePoolMove(world),
    listPoolMoves: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'pool_move', id: null })
        let rows = db
          .selectFrom('pool_move')
          .select('id')
          .where(visibleRows(person!, 'pool_move.list', 'pool_move'))
        if (query.adoptionId !== undefined) rows = rows.where('adoption_id', '=', query.adoptionId)
        const ids = (await rows.execute()).map(({ id }) => id)
        return accept({ items: await viewMoves(db, ids, person) })
      },
    },
  }
}
