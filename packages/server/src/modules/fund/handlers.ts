import { accept } from '@suanquan/core'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { decideFundAct, proposeFundAct } from './acts.ts'
import { loadFund, placeOf, programmesOf } from './load.ts'
import { viewFund } from './view.ts'
import { decideYearClose, proposeYearClose } from './year-close.ts'

type Names =
  | 'listFunds'
  | 'readFund'
  | 'proposeFundAct'
  | 'decideFundAct'
  | 'proposeYearClose'
  | 'decideYearClose'

export function fundHandlers(world: World): Handlers<Names> {
  return {
    listFunds: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'fund', id: null })
        const rows = await db
          .selectFrom('fund')
          .selectAll()
          .where(visibleRows(person!, 'fund.list', 'fund'))
          .orderBy('number')
          .execute()
        const items = await Promise.all(
          rows.map(async (fund) => ({
            id: fund.id,
            number: fund.number,
            programmes: (await programmesOf(world, db, fund)).map(({ id, programme }) => ({
              adoptionId: id,
              title: programme.title,
            })),
          })),
        )
        return accept({ items })
      },
    },
    readFund: {
      kind: 'query',
      run: async ({ params, person, at, today }, { db, touch }) => {
        touch({ kind: 'fund', id: params.id })
        const fund = await loadFund(db, params.id)
        if (fund === undefined) return notFound('fund')
        if (!mayTouch(person, 'fund.read', placeOf(fund))) return outOfScope('fund.read', 'fund')
        return accept(await viewFund(world, db, fund, { person, at, today }))
      },
    },
    proposeFundAct: proposeFundAct(world),
    decideFundAct: decideFundAct(world),
    proposeYearClose: proposeYearClose(world),
    decideYearClose: decideYearClose(world),
  }
}
