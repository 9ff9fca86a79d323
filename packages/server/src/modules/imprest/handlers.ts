import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { untilOf } from '../ledger/index.ts'
import { imprestLines, imprestRows, viewImprest } from './view.ts'

type Names = 'listImprests' | 'readImprest'

export function imprestHandlers(world: World): Handlers<Names> {
  return {
    listImprests: {
      kind: 'query',
      run: async ({ query, person, at }, { db, touch }) => {
        touch({ kind: 'imprest', id: null })
        const until = untilOf(query, at)
        if (!until.ok) return until
        const rows = await imprestRows(db, visibleRows(person!, 'imprest.read', 'a', 'o.id'))
        const seen = { until: until.value, at }
        return accept({
          items: await Promise.all(rows.map(async (row) => viewImprest(world, db, row, seen))),
        })
      },
    },
    readImprest: {
      kind: 'query',
      run: async ({ params, query, person, at }, { db, touch }) => {
        touch({ kind: 'imprest', id: params.id })
        const [row] = await imprestRows(db, sql<boolean>`a.id = ${params.id}::uuid`)
        if (row === undefined) return notFound('imprest')
        if (!mayTouch(person, 'imprest.read', { ...row, organisationIds: [row.providerId] }))
          return outOfScope('imprest.read', 'imprest')
        const until = untilOf(query, at)
        if (!until.ok) return until
        const { page, size } = query
        const shown = { until: until.value, offset: (page - 1) * size, most: size }
        const imprest = await viewImprest(world, db, row, { until: until.value, at })
        return accept({ ...imprest, ...(await imprestLines(db, row, shown)) })
      },
    },
  }
}
