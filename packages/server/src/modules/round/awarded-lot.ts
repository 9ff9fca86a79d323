// What a confirmed round holds for an application until the tick reserves it.
import type { PoolKey } from '@suanquan/core/voucher'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface AwardedLot {
  readonly roundId: string
  readonly awardFen: bigint
  readonly pool: PoolKey
}

/** What a confirmed round awarded to an application and has not been reserved for it yet. */
export async function awardedLot(db: Kysely<Tables>, applicationId: string): Promise<AwardedLot | null> {
  const row = await db
    .selectFrom('funding_lot')
    .innerJoin('funding_round', 'funding_round.id', 'funding_lot.round_id')
    .select(['round_id', 'award_fen', 'funding_round.district', 'funding_round.number'])
    .where('application_id', '=', applicationId)
    .where('funding_round.state', '=', 'confirmed')
    .where('funding_lot.funded_at', 'is', null)
    .where('award_fen', '>', 0n)
    .orderBy('funding_round.opened_at')
    .executeTakeFirst()
  if (row === undefined) return null
  const pool: PoolKey = { kind: 'batch', district: row.district, reference: row.number }
  return { roundId: row.round_id, awardFen: row.award_fen!, pool }
}
