// Prices between their wire form, in which an amount is a text of whole fen, and core's, in which it is a bigint.
import type { BodyOf, Routes } from '@suanquan/api'
import type { PriceTerms } from '@suanquan/core/market'
import type { AgreedPrice, LineTariff } from '@suanquan/core/metering'
import type { StoredAgreed, StoredTariff, StoredTerms } from '../../database/offer-tables.ts'

type WireTerms = BodyOf<Routes['publishPrice']>['terms']

export function termsFrom(stored: StoredTerms | WireTerms): PriceTerms {
  return {
    ...stored,
    priceFen: BigInt(stored.priceFen),
    outputFen: stored.outputFen === null ? null : BigInt(stored.outputFen),
    items: stored.items.map(({ kind, priceFen }) => ({ kind, priceFen: BigInt(priceFen) })),
  }
}

export function agreedFrom(stored: StoredAgreed): AgreedPrice {
  return { ...stored, terms: termsFrom(stored.terms) }
}

export function tariffFrom(stored: StoredTariff): LineTariff {
  return { ...stored, listFen: BigInt(stored.listFen) }
}

/** JSON of a value whose amounts are bigints. */
export function amountsAsText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each))
}
