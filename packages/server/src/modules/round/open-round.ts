// 公布名单: one officer closes the list of a pool. From here on its numbers, its hash and the draw that will decide are
// public, and nothing of them changes.
import { accept, refuse } from '@suanquan/core'
import { createHash } from 'node:crypto'
import { listHashOf } from '@suanquan/core/voucher'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { lockPool, nextNumber } from '../application/index.ts'
import { ruleOf } from '../pool/index.ts'
import { contendedPool, waitingFor } from './contenders.ts'
import { viewRound } from './view.ts'

/** The hash by which lists and lots are published. */
export const sm3 = (bytes: Uint8Array): Uint8Array => createHash('sm3').update(bytes).digest()

export function openRound(world: World): Command<'openRound'> {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      const adoption = await tx
        .selectFrom('adoption')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!adoption) return notFound('adoption')
      if (!mayTouch(person, 'round.open', adoption)) return outOfScope('round.open', 'adoption')
      await lockPool(tx, adoption.id)
      const inForce = await world.programmes.inForce(tx, adoption.id)
      const rule = ruleOf(inForce.programme)
      if (rule === 'first_come') return refuse('round.first_come')
      const { drawName, drawOn = null } = body
      const announced = drawName !== '' && drawOn !== null && drawOn > today
      if (rule === 'lottery' ? !announced : drawName !== '' || drawOn !== null)
        return refuse('round.draw_unannounced')
      const ordered = (inForce.programme.allocation?.order ?? []).length > 0
      if ((rule === 'merit' || rule === 'merit_shared') && !ordered) return refuse('round.no_order')
      const pool = await contendedPool(tx, inForce, body.allotmentId)
      if (pool === null) return notFound('allotment')
      const open = await tx
        .selectFrom('funding_round')
        .select('id')
        .where('adoption_id', '=', adoption.id)
        .where('allotment_id', pool.id === null ? 'is' : '=', pool.id)
        .where('state', 'in', ['announced', 'proposed'])
        .executeTakeFirst()
      if (open) return refuse('round.open_already')
      const id = newId()
      const waiting = await waitingFor(tx, inForce, { pool, id, at, today })
      if (waiting.length === 0) return refuse('round.nobody_waits')
      if (waiting.some(({ shared }) => shared)) return refuse('round.tier_shares')
      const number = await nextNumber(tx, 'FP', adoption, today)
      const list = {
        number,
        rule,
        poolFen: pool.leftFen,
        minimumFen: BigInt(body.minimumFen),
        drawName,
        drawOn,
        lines: waiting,
      }
      const place = { jurisdiction: adoption.jurisdiction, district: pool.key.district }
      await tx
        .insertInto('funding_round')
        .values({
          ...place,
          id,
          adoption_id: adoption.id,
          number,
          allotment_id: pool.id,
          rule,
          minimum_fen: list.minimumFen,
          pool_fen: pool.leftFen,
          list_hash: listHashOf(list, sm3),
          draw_name: drawName,
          draw_on: drawOn,
          state: 'announced',
          opened_by: person!.id,
          opened_at: timestamp(at),
        })
        .execute()
      const lots = waiting.map((each) => ({
        jurisdiction: adoption.jurisdiction,
        district: each.district,
        round_id: id,
        application_id: each.applicationId,
        number: each.number,
        claim_fen: each.claimFen,
        complete_at: timestamp(each.completeAt),
        score: each.score,
      }))
      await tx.insertInto('funding_lot').values(lots).execute()
      touch({ kind: 'round', id })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewRound(world, db, subject, person),
  }
}
