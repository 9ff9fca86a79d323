// 公布名单: one officer closes the list of a pool. From here on its numbers, its hash and the draw that will decide are
// public, and nothing of them changes.
import { accept, refuse } from '@suanquan/core'
import { createHash } from 'node:crypto'
import type { Instant } from '@suanquan/core/calendar'
import { listHashOf, type RoundList } from '@suanquan/core/voucher'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { lockPool, nextNumber } from '../application/index.ts'
import { ruleOf } from '../pool/index.ts'
import { contendedPool, waitingFor, type ContendedPool, type Waiting } from './contenders.ts'
import { cancelledDraw, redrawFault } from './redraw.ts'
import { viewRound, type RoundRow } from './view.ts'

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
      const again = rule === 'lottery' ? await cancelledDraw(tx, adoption.id, pool.id) : null
      const asked = { reason: body.redrawReason, personId: person!.id }
      const fault = again === null ? null : redrawFault(again, asked)
      if (fault !== null) return fault
      if (again === null && body.redrawReason !== '') return refuse('round.nothing_to_redraw')
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
      const redraw = again === null ? null : { of: again.id, reason: body.redrawReason.trim() }
      await storeRound(tx, { id, list, adoption, pool, at, by: person!.id, redraw })
      touch({ kind: 'round', id })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewRound(world, db, subject, person),
  }
}

interface RoundToStore {
  readonly id: string
  readonly list: Omit<RoundList, 'rule' | 'lines'> & {
    readonly rule: RoundRow['rule']
    readonly lines: readonly Waiting[]
  }
  readonly adoption: { readonly id: string; readonly jurisdiction: string }
  readonly pool: ContendedPool
  readonly at: Instant
  readonly by: string
  /** the cancelled draw that it stands for */
  readonly redraw: { readonly of: string; readonly reason: string } | null
}

async function storeRound(tx: Transaction<Tables>, round: RoundToStore): Promise<void> {
  const { id, list, adoption, pool, at, by, redraw } = round
  const { jurisdiction } = adoption
  await tx
    .insertInto('funding_round')
    .values({
      id,
      jurisdiction,
      district: pool.key.district,
      adoption_id: adoption.id,
      number: list.number,
      allotment_id: pool.id,
      rule: list.rule,
      minimum_fen: list.minimumFen,
      pool_fen: list.poolFen,
      list_hash: listHashOf(list, sm3),
      draw_name: list.drawName,
      draw_on: list.drawOn,
      redraw_of: redraw?.of ?? null,
      redraw_reason: redraw?.reason ?? null,
      state: 'announced',
      opened_by: by,
      opened_at: timestamp(at),
    })
    .execute()
  const lots = list.lines.map((each) => ({
    jurisdiction,
    district: each.district,
    round_id: id,
    application_id: each.applicationId,
    number: each.number,
    claim_fen: each.claimFen,
    complete_at: timestamp(each.completeAt),
    score: each.score,
  }))
  await tx.insertInto('funding_lot').values(lots).execute()
}
