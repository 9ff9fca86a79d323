// Before money is divided: what it would let firms buy, against what centres have free.
import { accept } from '@suanquan/core'
import { shareOut } from '@suanquan/core/voucher'
import type { Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { centresStated } from '../capacity/index.ts'
import { ruleOf } from '../pool/index.ts'
import { computeFor } from './compute.ts'
import { contendedPool, waitingFor } from './contenders.ts'

export function planCompute(world: World): Query<'planCompute'> {
  return {
    kind: 'query',
    run: async ({ params, query, person, at, today }, { db, touch }) => {
      touch({ kind: 'pool', id: params.id })
      const row = await db
        .selectFrom('adoption')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!row) return notFound('adoption')
      if (!mayTouch(person, 'pool.read', row)) return outOfScope('pool.read', 'adoption')
      const inForce = await world.programmes.inForce(db, row.id)
      const pool = await contendedPool(db, inForce, query.allotmentId)
      if (pool === null) return notFound('allotment')
      const waiting = await waitingFor(db, inForce, { pool, id: inForce.id, at, today })
      const asked = query.rule ?? ruleOf(inForce.programme)
      const rule = asked === 'lottery' ? 'pro_rata' : asked
      const out = shareOut(waiting, { rule, poolFen: pool.leftFen, minimumFen: BigInt(query.minimumFen) })
      const awards = out.lines.map(({ number, awardFen: fen }) => ({
        applicationId: waiting.find((each) => each.number === number)!.applicationId,
        fen,
      }))
      const bought = await computeFor(db, inForce, { awards, at, today })
      const months = [...new Set(bought.lines.map(({ month }) => month))]
      return accept({
        adoptionId: inForce.id,
        title: inForce.programme.title,
        rule,
        awardedFen: out.awardedFen.toString(),
        spentFen: bought.spentFen.toString(),
        lines: [...bought.lines],
        unpriced: [...bought.unpriced],
        centres: [...(await centresStated(db, row.jurisdiction, months))],
      })
    },
  }
}
