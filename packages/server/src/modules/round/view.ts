// A round as anybody may see it: numbers that name nobody, amounts, the rule, the draw and what came of it.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { RoundList } from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import { mayTouch } from '../../identity/scope.ts'
import type { World } from '../../http/world-options.ts'

export type RoundRow = Selectable<Tables['funding_round']>
export type LotRow = Selectable<Tables['funding_lot']>

type Row = AnswerOf<Routes['listRounds']>['items'][number]
type View = AnswerOf<Routes['readRound']>

export async function lotsOf(db: Kysely<Tables>, roundId: string): Promise<LotRow[]> {
  return db.selectFrom('funding_lot').selectAll().where('round_id', '=', roundId).orderBy('number').execute()
}

/** The list as it was published: what its hash is of. */
export function listOf(row: RoundRow, lots: readonly LotRow[]): RoundList {
  return {
    number: row.number,
    rule: row.rule,
    poolFen: row.pool_fen,
    minimumFen: row.minimum_fen,
    drawName: row.draw_name,
    drawOn: row.draw_on,
    lines: lots.map((lot) => ({
      number: lot.number,
      claimFen: lot.claim_fen,
      completeAt: lot.complete_at,
      score: lot.score,
    })),
  }
}

export async function viewRoundRow(world: World, db: Kysely<Tables>, row: RoundRow): Promise<Row> {
  const { programme } = await world.programmes.inForce(db, row.adoption_id)
  const { lots, fen } = await db
    .selectFrom('funding_lot')
    .select(({ fn }) => [fn.countAll<bigint>().as('lots'), fn.sum<bigint>('claim_fen').as('fen')])
    .where('round_id', '=', row.id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    adoptionId: row.adoption_id,
    title: programme.title,
    number: row.number,
    rule: row.rule,
    state: row.state,
    openedAt: new Date(row.opened_at).toISOString(),
    lots: Number(lots),
    claimsFen: String(fen ?? 0n),
    poolFen: row.pool_fen.toString(),
    drawName: row.draw_name,
    drawOn: row.draw_on,
  }
}

export async function viewRound(
  world: World,
  db: Kysely<Tables>,
  id: string,
  reader: Person | null,
): Promise<View> {
  const row = await db.selectFrom('funding_round').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const lots = await lotsOf(db, id)
  const decided = row.proposed_at !== null
  const awarded = lots.reduce((sum, { award_fen: fen }) => sum + (fen ?? 0n), 0n)
  return {
    ...(await viewRoundRow(world, db, row)),
    minimumFen: row.minimum_fen.toString(),
    listHash: row.list_hash,
    ...(await redrawsOf(db, row)),
    hashName: 'SM3',
    shown: row.shown,
    source: row.source,
    seed: row.seed,
    awardedFen: decided ? awarded.toString() : null,
    leftFen: row.left_fen?.toString() ?? null,
    leftWhy: row.left_why,
    confirmedAt:
      row.state === 'confirmed' && row.decided_at !== null ? new Date(row.decided_at).toISOString() : null,
    // of a city with one centre it would tell that centre's sales
    compute: mayTouch(reader, 'pool.read', row) ? row.compute : null,
    computeReason: row.compute_reason,
    proposedByMe: reader !== null && (row.proposed_by ?? row.opened_by) === reader.id,
    lines: lots.map((lot) => ({
      number: lot.number,
      claimFen: lot.claim_fen.toString(),
      completeAt: new Date(lot.complete_at).toISOString(),
      score: lot.score,
      turn: lot.turn,
      awardFen: lot.award_fen?.toString() ?? null,
      why: lot.why,
    })),
  }
}

/** Which cancelled draw it stands for, and which draw stands for it. */
async function redrawsOf(
  db: Kysely<Tables>,
  { id, redraw_of: of, redraw_reason: reason }: RoundRow,
): Promise<Pick<View, 'redrawOf' | 'redrawReason' | 'redrawnBy'>> {
  const rounds = await db
    .selectFrom('funding_round')
    .select(['id', 'number', 'redraw_of'])
    .where((either) => either.or([either('id', '=', of ?? id), either('redraw_of', '=', id)]))
    .orderBy('opened_at', 'desc')
    .execute()
  const named = (row: (typeof rounds)[number] | undefined): View['redrawOf'] =>
    row === undefined ? null : { id: row.id, number: row.number }
  return {
    redrawOf: named(rounds.find((each) => each.id === of)),
    redrawReason: reason,
    redrawnBy: named(rounds.find((each) => each.redraw_of === id)),
  }
}
