// The published prices that a contract names, copied whole into it when it is registered: its agreed price stands whatever
// the tariff does later. Withdrawal and a price's first day bind by the day of signing.
import type { BodyOf, Routes } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { comparablePrice } from '@suanquan/core/market'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { StoredAgreed } from '../../database/offer-tables.ts'
import { termsFrom } from './terms.ts'

type Contract = NonNullable<BodyOf<Routes['saveDraft']>['contract']>
export type AgreedRefusal =
  | 'market.price_unknown'
  | 'market.offer_withdrawn'
  | 'market.not_metered'
  | 'market.price_differs'
  | 'market.one_offer_a_chip'

export async function agreedPrices(
  db: Kysely<Tables>,
  { agreed, prices }: Pick<Contract, 'agreed' | 'prices'>,
  {
    providerId,
    signedOn,
    endsOn,
  }: { readonly providerId: string; readonly signedOn: Day; readonly endsOn: Day },
): Promise<Decision<StoredAgreed[] | null, AgreedRefusal>> {
  if (agreed === undefined || agreed.length === 0) return accept(null)
  const found: StoredAgreed[] = []
  for (const { priceId, devices } of agreed) {
    const row = await db
      .selectFrom('offer_price')
      .innerJoin('offer', 'offer.id', 'offer_price.offer_id')
      .selectAll('offer')
      .select(['offer_price.version', 'offer_price.starts_on', 'offer_price.terms'])
      .where('offer_price.id', '=', priceId)
      .where('offer.provider_id', '=', providerId)
      .executeTakeFirst()
    if (!row) return refuse('market.price_unknown')
    const offer = row.number
    if (row.mode === 'tokens') return refuse('market.not_metered', { offer })
    // a later version of the same offer may be agreed for its own days
    if (row.starts_on > endsOn || (row.withdrawn_on !== null && row.withdrawn_on <= signedOn))
      return refuse('market.offer_withdrawn', { offer })
    found.push({
      offerNo: offer,
      version: row.version,
      startsOn: row.starts_on,
      mode: row.mode,
      chip: row.chip,
      cardsPerDevice: row.cards_per_device,
      devices: row.mode === 'whole_device' ? devices : 1,
      terms: row.terms,
    })
  }
  const twice = found.find(({ chip, offerNo, version }, index) =>
    found
      .slice(0, index)
      .some((each) => each.chip === chip && (each.offerNo !== offerNo || each.version === version)),
  )
  if (twice) return refuse('market.one_offer_a_chip', { chip: twice.chip })
  for (const [chip, first] of earliest(found)) {
    const price = comparablePrice(first, termsFrom(first.terms)).fenPerCardHour!
    const stated = prices?.find((each) => each.chip === chip)?.priceFenPerCardHour
    if (stated === undefined || BigInt(stated) !== price)
      return refuse('market.price_differs', { chip, offer: first.offerNo, fen: price.toString() })
  }
  return accept(found)
}

/** The version of each chip with which the contract begins. */
function earliest(found: readonly StoredAgreed[]): Map<string, StoredAgreed> {
  const ordered = [...found].sort((a, b) => (a.startsOn > b.startsOn ? -1 : 1))
  return new Map(ordered.map((each) => [each.chip, each]))
}
