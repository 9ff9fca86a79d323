// Builders for offers: a chip by the card-hour at a plain price, changed as a test needs it.
import type { BodyOf, Routes } from '@suanquan/api'
import { must, type TestCity } from './test-city.ts'

type Body = BodyOf<Routes['publishOffer']>

export const plainTerms: Body['terms'] = {
  priceFen: '2800',
  outputFen: null,
  items: [],
  minimumSeconds: 0,
  stepSeconds: 1,
  minimumMonths: 0,
  proration: 'by_day',
  discount: 0,
  committed: [],
  bands: [],
}

export function testOffer(
  startsOn: string,
  terms: Partial<Body['terms']> = {},
): Omit<Body, 'providerId'> & { cardsPerDevice: number; slicesPerCard: number } {
  return {
    name: 'A100 按卡时',
    mode: 'card_hour',
    chip: 'a100',
    cardsPerDevice: 1,
    slicesPerCard: 1,
    startsOn,
    terms: { ...plainTerms, ...terms },
  }
}

/** What the provider sells, at a price that starts later than anything that happens in a test. */
export async function offered(city: TestCity): Promise<{ offer_id: string; price_id: string }> {
  const body = { providerId: city.provider.id, ...testOffer('2030-01-01') }
  const { id, prices } = must(await city.as('provider').publishOffer({ body }))
  return { offer_id: id, price_id: prices[0]!.id }
}
