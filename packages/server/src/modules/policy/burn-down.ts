// What was left in the pool for everybody to see: one point a week, so that no single approval can be read out of it
// before its notice says whose it is.
import { accept } from '@suanquan/core'
import { daysBetween } from '@suanquan/core/calendar'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound } from '../../identity/scope.ts'
import { booksOf } from '../ledger/index.ts'
import { burnDownOf } from './pool.ts'

const WEEK = 7

export function readBurnDown(world: World): Handler<'readBurnDown'> {
  return {
    kind: 'query',
    run: async ({ params, at, today }, { db }) => {
      const row = await db.selectFrom('adoption').select('id').where('id', '=', params.id).executeTakeFirst()
      if (!row) return notFound('adoption')
      const inForce = await world.programmes.inForce(db, row.id)
      const { series, exhaustion } = await burnDownOf(db, booksOf(inForce), { until: { moment: at }, today })
      const first = series[0]?.day ?? today
      const weekOf = (day: string): number => Math.floor(daysBetween(first, day) / WEEK)
      const weekly = series.filter(
        ({ day }, index) => index === 0 || weekOf(day) !== weekOf(series[index + 1]?.day ?? '9999-12-31'),
      )
      return accept({ series: weekly, exhaustion, endsOn: inForce.closesOn })
    },
  }
}
