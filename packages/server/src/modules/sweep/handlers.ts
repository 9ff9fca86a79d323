import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { answerOffer } from './answer-offer.ts'
import { checkSweep, makeSweep } from './make-sweep.ts'
import { viewReadiness } from './readiness.ts'
import { sweepRows, viewSweep, viewSweepRow } from './view.ts'

type Names = 'checkSweep' | 'makeSweep' | 'readSweepReadiness' | 'listSweeps' | 'readSweep' | 'answerOffer'

export function sweepHandlers(world: World): Handlers<Names> {
  return {
    checkSweep: checkSweep(world),
    makeSweep: makeSweep(world),
    answerOffer: answerOffer(world),
    readSweepReadiness: {
      kind: 'query',
      run: async ({ person, at, today }, { db, touch }) => {
        touch({ kind: 'sweep', id: null })
        return accept(await viewReadiness(world, db, { person: person!, on: today, at }))
      },
    },
    listSweeps: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'sweep', id: null })
        const visible = visibleRows(person!, 'sweep.read', 'sweep')
        const rows = await sweepRows(db)
          .where(visible)
          .orderBy('made_at', 'desc')
          .orderBy('sweep.number', 'desc')
          .limit(query.size)
          .offset((query.page - 1) * query.size)
          .execute()
        const { total } = await db
          .selectFrom('sweep')
          .select(sql<bigint>`count(*)`.as('total'))
          .where(visible)
          .executeTakeFirstOrThrow()
        const items = []
        for (const row of rows) items.push(await viewSweepRow(world, db, row, person!))
        return accept({ total: Number(total), items })
      },
    },
    readSweep: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        const row = await db
          .selectFrom('sweep')
          .select(['id', 'jurisdiction', 'district'])
          .where('id', '=', params.id)
          .executeTakeFirst()
        if (!row) return notFound('sweep')
        touch({ kind: 'sweep', id: row.id })
        if (!mayTouch(person, 'sweep.read', row)) return outOfScope('sweep.read', 'sweep')
        return accept(await viewSweep(world, db, row.id, person!))
      },
    },
  }
}
