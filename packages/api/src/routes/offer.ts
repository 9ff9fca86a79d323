// Offers of providers and their published prices. A price is never changed: the next one starts on a later day.
import { z } from 'zod'
import { priceRefusals } from '../refusals/market.ts'
import { route } from '../route.ts'
import {
  dayText,
  done,
  idParams,
  idText,
  instantText,
  pageOf,
  pageQuery,
  plainText,
  priceFenText,
} from '../wire.ts'

/** Hundredths of a per cent: 1250 is 12.5 % off. */
const off = z.number().int().min(0).max(9_999)

export const priceTerms = z
  .object({
    /** of the compute: a card-hour, a device and month, or a million tokens put in */
    priceFen: priceFenText,
    /** a million tokens given out; null for every other mode */
    outputFen: priceFenText.nullable(),
    items: z
      .array(z.object({ kind: z.enum(['storage', 'network', 'security']), priceFen: priceFenText }))
      .max(3),
    minimumSeconds: z.number().int().min(0).max(2_678_400),
    stepSeconds: z.union([z.literal(1), z.literal(60), z.literal(3_600)]),
    minimumMonths: z.number().int().min(0).max(60),
    proration: z.enum(['by_day', 'whole_month']),
    discount: off,
    committed: z.array(z.object({ months: z.number().int().min(1).max(120), off })).max(10),
    bands: z.array(z.object({ aboveHours: z.number().int().min(1).max(100_000_000), off })).max(10),
  })
  .meta({ id: 'PriceTerms' })

export const offerMode = z.enum(['whole_device', 'container', 'slice', 'card_hour', 'tokens'])

export const offerPrice = z
  .object({
    id: idText,
    version: z.number().int(),
    startsOn: dayText,
    terms: priceTerms,
    /** fen for a card and hour after the discount that everybody gets; null where no card is known behind it */
    fenPerCardHour: z.string().nullable(),
    /** fen for an hour of a P of dense FP16; null also where nothing trustworthy says what the chip computes */
    fenPerPetaflopHour: z.string().nullable(),
  })
  .meta({ id: 'OfferPrice' })

export const publishedOffer = z
  .object({
    id: idText,
    number: z.string(),
    providerId: idText,
    providerName: z.string(),
    name: z.string(),
    mode: offerMode,
    chip: z.string(),
    cardsPerDevice: z.number().int(),
    slicesPerCard: z.number().int(),
    publishedAt: instantText,
    withdrawnOn: dayText.nullable(),
    prices: z.array(offerPrice),
  })
  .meta({ id: 'PublishedOffer' })

export const offerRoutes = {
  publishOffer: route('POST /api/offers', {
    summary: { zh: '发布报价', en: 'publish an offer' },
    access: 'offer.publish',
    body: z.object({
      providerId: idText,
      name: plainText(80, 1),
      mode: offerMode,
      chip: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/),
      cardsPerDevice: z.number().int().min(1).max(1_000).default(1),
      slicesPerCard: z.number().int().min(1).max(1_000).default(1),
      startsOn: dayText,
      terms: priceTerms,
    }),
    answer: publishedOffer,
    refusals: priceRefusals,
  }),
  publishPrice: route('POST /api/offers/:id/prices', {
    summary: { zh: '发布新价格', en: 'publish the next price of an offer' },
    access: 'offer.publish',
    params: idParams,
    body: z.object({ startsOn: dayText, terms: priceTerms }),
    answer: publishedOffer,
    refusals: [...priceRefusals, 'market.offer_ended'],
  }),
  withdrawOffer: route('POST /api/offers/:id/withdrawal', {
    summary: { zh: '停用报价', en: 'withdraw an offer' },
    access: 'offer.publish',
    params: idParams,
    answer: done,
  }),
  listOffers: route('GET /api/offers', {
    summary: { zh: '本单位的报价', en: 'offers of one’s own' },
    access: 'offer.publish',
    query: pageQuery,
    answer: pageOf(publishedOffer),
  }),
} as const
