// What falls out under each rule, side by side, before anything is decided. Nobody knows the order of a lottery before its
// draw: only how many it reaches at least and at most.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { shareOut, type Contender, type ShareOut, type ShortageRule } from '@suanquan/core/voucher'
import type { Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { ruleOf } from '../pool/index.ts'
import { contendedPool, waitingFor } from './contenders.ts'
import { cancelledDraw } from './redraw.ts'

type Plan = AnswerOf<Routes['planRound']>

const KNOWN = ['first_come', 'merit', 'merit_shared', 'pro_rata'] as const

export function planRound(world: World): Query<'planRound'> {
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
      const minimumFen = BigInt(query.minimumFen)
      const again = await cancelledDraw(db, inForce.id, pool.id)
      const outs = KNOWN.map((rule) => ({
        rule,
        out: shareOut(waiting, { rule, poolFen: pool.leftFen, minimumFen }),
      }))
      return accept({
        adoptionId: inForce.id,
        title: inForce.programme.title,
        named: ruleOf(inForce.programme),
        hasOrder: (inForce.programme.allocation?.order ?? []).length > 0,
        pool: { id: pool.id, kind: pool.key.kind || 'own', name: pool.name, district: pool.key.district },
        redraws: again === null ? null : { id: again.id, number: again.number },
        poolFen: pool.leftFen.toString(),
        claimsFen: totalOf(waiting).toString(),
        minimumFen: minimumFen.toString(),
        rules: [...outs.map(({ rule, out }) => lineOf(rule, out)), lotteryLine(waiting, pool.leftFen)],
        lines: waiting.map((each) => ({
          applicationId: each.applicationId,
          number: each.applicationNumber,
          organisationName: each.organisationName,
          claimFen: each.claimFen.toString(),
          completeAt: new Date(each.completeAt).toISOString(),
          score: each.score,
          awards: outs.map(({ rule, out }) => ({
            rule,
            awardFen: out.lines.find(({ number }) => number === each.number)!.awardFen.toString(),
          })),
        })),
      })
    },
  }
}

function totalOf(contenders: readonly Contender[]): bigint {
  return contenders.reduce((sum, { claimFen }) => sum + claimFen, 0n)
}

function lineOf(rule: ShortageRule, out: ShareOut): Plan['rules'][number] {
  const count = (test: (why: string) => boolean): number => out.lines.filter(({ why }) => test(why)).length
  return {
    rule,
    awardedFen: out.awardedFen.toString(),
    leftFen: out.leftFen.toString(),
    leftWhy: out.leftWhy,
    whole: count((why) => why === 'whole'),
    inPart: count((why) => why === 'in_part'),
    nothing: count((why) => why !== 'whole' && why !== 'in_part'),
    fewest: null,
    most: null,
  }
}

/** The largest first reach the fewest, the smallest first the most. */
function lotteryLine(contenders: readonly Contender[], poolFen: bigint): Plan['rules'][number] {
  const rising = contenders.map(({ claimFen }) => claimFen).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const reached = (claims: readonly bigint[]): number => {
    let left = poolFen
    const end = claims.findIndex((fen) => (left -= fen) < 0n)
    return end < 0 ? claims.length : end
  }
  const unknown = { awardedFen: null, leftFen: null, leftWhy: null, whole: null, inPart: null, nothing: null }
  return { rule: 'lottery', ...unknown, fewest: reached(rising.toReversed()), most: reached(rising) }
}
