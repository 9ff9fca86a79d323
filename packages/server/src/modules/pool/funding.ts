// Which pools an application draws on: the allotment of its district once that has money, else the programme's own; and
// beside it what the district adds, where city and district share. Shares are exact; one tier's is rounded down to whole
// fen and the other pays the rest.
import { rate } from '@suanquan/core/money'
import { ownPool, sharedAward, type PoolKey, type Source } from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { booksOf, poolsLeft, type AdoptionBooks } from '../ledger/index.ts'

export type AllotmentRow = Selectable<Tables['allotment']>

export interface Funding {
  /** every pool that pays, with what is left in it */
  readonly pools: readonly { readonly pool: PoolKey; readonly leftFen: bigint }[]
  /** who pays how much of an award */
  readonly sourcesOf: (amountFen: bigint) => readonly Source[]
}

export function keyOf({ kind, district, reference }: AllotmentRow): PoolKey {
  return { kind, district, reference }
}

export function nameOfKey({ kind, district, reference }: PoolKey): string {
  return [kind, district, reference].join('/')
}

/** @param district of the application */
export async function fundingOf(
  db: Kysely<Tables>,
  adoption: AdoptionBooks & { readonly id: string },
  district: string,
): Promise<Funding> {
  const books = booksOf(adoption)
  const rows = await db
    .selectFrom('allotment')
    .selectAll()
    .where('adoption_id', '=', adoption.id)
    .where('district', '=', district)
    .where('kind', 'in', ['district', 'tier'])
    .where('funded_at', 'is not', null)
    .execute()
  const own = rows.find(({ kind }) => kind === 'district')
  const tier = rows.find(({ kind }) => kind === 'tier')
  const city = own === undefined ? ownPool(books.fund) : keyOf(own)
  const keys = tier === undefined ? [city] : [city, keyOf(tier)]
  const left = await poolsLeft(db, books, keys)
  return {
    pools: keys.map((pool, index) => ({ pool, leftFen: left[index]! })),
    sourcesOf: (amountFen) =>
      tier === undefined ? [{ pool: city, amountFen }] : shared(amountFen, city, tier),
  }
}

/** One pool pays all: that of a round. */
export async function fundingFrom(
  db: Kysely<Tables>,
  adoption: AdoptionBooks,
  pool: PoolKey,
): Promise<Funding> {
  const [leftFen] = await poolsLeft(db, booksOf(adoption), [pool])
  return { pools: [{ pool, leftFen: leftFen! }], sourcesOf: (amountFen) => [{ pool, amountFen }] }
}

function shared(amountFen: bigint, city: PoolKey, tier: AllotmentRow): readonly Source[] {
  const whole = BigInt(tier.city_share_denominator!)
  const ofCity = BigInt(tier.city_share_numerator!)
  return tier.rest_paid_by === 'district'
    ? sharedAward(amountFen, { pool: city, share: rate(ofCity, whole) }, keyOf(tier))
    : sharedAward(amountFen, { pool: keyOf(tier), share: rate(whole - ofCity, whole) }, city)
}

/** The first pool that cannot pay its part of an award; null when all can. */
export function shortOf({ pools, sourcesOf }: Funding, amountFen: bigint): PoolKey | null {
  const part = sourcesOf(amountFen).find(({ pool, amountFen: asked }) => {
    const found = pools.find((each) => nameOfKey(each.pool) === nameOfKey(pool))
    return found === undefined || asked > found.leftFen
  })
  return part?.pool ?? null
}
