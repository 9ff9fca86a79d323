// Builders for offers: a chip by the card-hour at a plain price, changed as a test needs it.
import type { BodyOf, Routes } from '@suanquan/api'

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
