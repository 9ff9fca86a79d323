// What remains in the pool of a round goes back to where it came from, in the tick: what firms gave up or their caps did not
// allow, what expired or was taken back. Money that officers moved into that pool by a document of their own stays there.
import { postingRules } from '@suanquan/core/ledger'
import { idOf, planMove, pool, type PoolKey } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import type { PostingPlan, Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { booksOf, planOf, poolsLeft } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { contendedPool } from './contenders.ts'

/** Confirmed rounds whose awards are all reserved, or given up before they were. */
export async function roundsAtEnd(db: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('funding_round')
    .select('id')
    .where('state', '=', 'confirmed')
    .where(
      sql<boolean>`not exists (select from funding_lot lot join application on application.id = lot.application_id
        where lot.round_id = funding_round.id and lot.award_fen > 0 and lot.funded_at is null
          and application.state = 'waiting')`,
    )
    .orderBy('opened_at')
    .execute()
  return rows.map(({ id }) => id)
}

/** @returns null when nothing remains */
export async function planOfRest(
  world: World,
  tx: Kysely<Tables>,
  roundId: string,
): Promise<PostingPlan<never> | null> {
  const row = await tx
    .selectFrom('funding_round')
    .select(['adoption_id', 'district', 'number', 'allotment_id'])
    .where('id', '=', roundId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const inForce = await world.programmes.inForce(tx, row.adoption_id)
  const from: PoolKey = { kind: 'batch', district: row.district, reference: row.number }
  const [leftFen] = await poolsLeft(tx, booksOf(inForce), [from])
  if (leftFen === 0n) return null
  const { broughtFen, returns } = await movesOf(tx, inForce, { roundId, from })
  const amount = leftFen! - broughtFen
  if (amount <= 0n) return null
  const { key } = (await contendedPool(tx, inForce, row.allotment_id ?? undefined))!
  const move = { from: { at: 'pool', pool: from }, to: { at: 'pool', pool: key }, amount } as const
  return planOf<never>(inForce, (books) =>
    planMove(books, roundId, { ...move, name: `rest/${String(returns + 1n)}` }),
  )
}

/** What officers brought into the pool of a round, and how often its rest has gone back. */
async function movesOf(
  tx: Kysely<Tables>,
  inForce: InForce,
  { roundId, from }: { readonly roundId: string; readonly from: PoolKey },
): Promise<{ readonly broughtFen: bigint; readonly returns: bigint }> {
  const { fund, hash } = booksOf(inForce)
  const account = idOf({ fund, hash }, pool(fund, from))
  const { rows } = await sql<{ broughtFen: bigint; returns: bigint }>`
    select coalesce(sum(amount) filter (where credit = ${account}::uuid and document <> ${roundId}::uuid), 0)::bigint
          as "broughtFen",
        count(*) filter (where debit = ${account}::uuid and document = ${roundId}::uuid)::bigint as returns
      from ledger.posting where ledger = ${fund.ledger} and code = ${postingRules.allot.number}
       and (credit = ${account}::uuid or debit = ${account}::uuid)`.execute(tx)
  return rows[0]!
}
