// 登记开奖、复核: the result follows from the published list, the rule and the draw; who enters the draw does not confirm it.
// A confirmed round gets a pool of its own with exactly what it awards: two rounds never promise the same fen.
import { accept, assert, refuse } from '@suanquan/core'
import { isDrawText, planMove, resultOf, type PoolKey, type RoundResult } from '@suanquan/core/voucher'
import type { Transaction } from 'kysely'
import { timestamp, type SeenCompute, type Tables } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { planOf } from '../ledger/index.ts'
import { tell } from '../message/index.ts'
import { computeFor } from './compute.ts'
import { contendedPool } from './contenders.ts'
import { sm3 } from './open-round.ts'
import { listOf, lotsOf, viewRound, type LotRow, type RoundRow } from './view.ts'

async function locked(tx: Transaction<Tables>, id: string): Promise<RoundRow | undefined> {
  return tx.selectFrom('funding_round').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export function drawRound(world: World): Command<'drawRound'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, touch }) => {
      const row = await locked(tx, params.id)
      if (!row) return notFound('round')
      touch({ kind: 'round', id: row.id })
      if (!mayTouch(person, 'round.open', row)) return outOfScope('round.open', 'round')
      if (row.state !== 'announced') return refuse('round.wrong_state', { state: row.state })
      const lots = await lotsOf(tx, row.id)
      const byLot = row.rule === 'lottery'
      if (byLot && row.draw_on! > today) return refuse('round.draw_too_early', { drawOn: row.draw_on! })
      if (byLot && body.shown.trim() === '') return refuse('round.draw_empty')
      if (byLot && !isDrawText(body.shown.trim())) return refuse('round.draw_unfit')
      if (byLot && body.source === '') return refuse('round.source_missing')
      const result = resultFrom(row, lots, body.shown)
      await storeResult(tx, row, result)
      await tx
        .updateTable('funding_round')
        .set({
          state: 'proposed',
          proposed_by: person!.id,
          proposed_at: timestamp(at),
          ...(byLot ? { shown: body.shown.trim(), source: body.source, seed: result.seed } : {}),
        })
        .where('id', '=', row.id)
        .execute()
      tell(tx, {
        kind: 'round_to_decide',
        cause: `round ${row.id}`,
        about: 'round',
        aboutId: row.id,
        params: { number: row.number },
        place: { jurisdiction: row.jurisdiction, district: row.jurisdiction },
        except: [person!.id],
      })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewRound(world, db, subject, person),
  }
}

function resultFrom(row: RoundRow, lots: readonly LotRow[], shown: string): RoundResult {
  const made = resultOf(listOf(row, lots), { listHash: row.list_hash, shown }, sm3)
  assert(made.ok, 'the lots of a round are the list that was published')
  return made.value
}

async function storeResult(tx: Transaction<Tables>, row: RoundRow, { out }: RoundResult): Promise<void> {
  for (const { number, place, awardFen, why } of out.lines)
    await tx
      .updateTable('funding_lot')
      .set({ turn: place, award_fen: awardFen, why })
      .where('round_id', '=', row.id)
      .where('number', '=', number)
      .execute()
  await tx
    .updateTable('funding_round')
    .set({ left_fen: out.leftFen, left_why: out.leftWhy })
    .where('id', '=', row.id)
    .execute()
}

export function decideRound(world: World): Command<'decideRound'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const row = await locked(tx, params.id)
      if (!row) return notFound('round')
      touch({ kind: 'round', id: row.id })
      if (!mayTouch(person, 'round.decide', row)) return outOfScope('round.decide', 'round')
      const confirms = body.decision === 'confirm'
      const open = confirms ? row.state === 'proposed' : row.state === 'announced' || row.state === 'proposed'
      if (!open) return refuse('round.wrong_state', { state: row.state })
      if ((row.proposed_by ?? row.opened_by) === person!.id) return refuse('round.own_proposal')
      if (!confirms && body.reason === '') return refuse('round.reason_missing')
      const decided = { decided_by: person!.id, decided_at: timestamp(at), decision_reason: body.reason }
      if (!confirms) {
        await tx
          .updateTable('funding_round')
          .set({ ...decided, state: 'cancelled' })
          .where('id', '=', row.id)
          .execute()
        return accept({ subject: row.id })
      }
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const lots = await lotsOf(tx, row.id)
      const awards = lots.map((lot) => ({ applicationId: lot.application_id, fen: lot.award_fen! }))
      const { lines: compute } = await computeFor(tx, inForce, { awards, at, today })
      const short = compute.find(({ standing }) => standing === 'short')
      if (short && body.computeReason === '') return refuse('round.compute_short', paramsOf(short))
      const batch = await openBatch(tx, row, { id: newId(), at, by: person!.id })
      await tx
        .updateTable('funding_round')
        .set({
          ...decided,
          state: 'confirmed',
          batch_id: batch.id,
          compute: JSON.stringify(compute),
          compute_reason: short === undefined ? null : body.computeReason,
        })
        .where('id', '=', row.id)
        .execute()
      tellPassedOver(tx, row.id, lots)
      const amount = row.pool_fen - row.left_fen!
      if (amount === 0n) return accept({ subject: row.id })
      const from = (await contendedPool(tx, inForce, row.allotment_id ?? undefined))!
      const move = {
        from: { at: 'pool' as const, pool: from.key },
        to: { at: 'pool' as const, pool: batch.key },
        amount,
      }
      const plan = planOf<'round.pool_short'>(
        inForce,
        (books) => planMove(books, row.id, move),
        () => refuse('round.pool_short').refusal,
      )
      return accept({ subject: row.id, plan })
    },
    view: (subject, { db }, { person }) => viewRound(world, db, subject, person),
  }
}

function paramsOf(line: SeenCompute): Record<string, string> {
  const { chip, month, wantedCardHours, freeCardHours } = line
  return { chip, month, wanted: String(wantedCardHours), free: String(freeCardHours) }
}

/** Who is reached hears of it when the money is reserved; the others hear that they wait on. */
function tellPassedOver(tx: Transaction<Tables>, roundId: string, lots: readonly LotRow[]): void {
  for (const { application_id: aboutId, award_fen: fen } of lots)
    if (fen === 0n)
      tell(tx, {
        kind: 'round_not_reached',
        cause: `round ${roundId} ${aboutId}`,
        about: 'application',
        aboutId,
      })
}

/** The pool of a round is an allotment that carries its number. */
async function openBatch(
  tx: Transaction<Tables>,
  row: RoundRow,
  made: { readonly id: string; readonly at: number; readonly by: string },
): Promise<{ readonly id: string; readonly key: PoolKey }> {
  const { district, number: reference } = row
  await tx
    .insertInto('allotment')
    .values({
      id: made.id,
      jurisdiction: row.jurisdiction,
      district,
      adoption_id: row.adoption_id,
      kind: 'batch',
      reference,
      name: reference,
      opened_by: made.by,
      opened_at: timestamp(made.at),
      funded_at: timestamp(made.at),
    })
    .execute()
  return { id: made.id, key: { kind: 'batch', district, reference } }
}
