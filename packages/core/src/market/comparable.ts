// One price by which offers of different modes can be set side by side: fen for a card and hour, and for an hour of P_d16
// (dense FP16, the only unit of compute that adds up). What cannot be compared is null, never guessed. Only the discount
// that everybody gets is in it; a month of a lease counts as 730 hours (8,760 ÷ 12).
import { countedFp16, findAccelerator } from '../capacity/index.ts'
import { rate, type Fen } from '../money/index.ts'
import { afterOffs, invoiced, type Offer, type PriceTerms } from './offer.ts'

export const HOURS_OF_A_MONTH = 730n

export interface ComparablePrice {
  /** null for tokens: no card stands behind them that we know of */
  readonly fenPerCardHour: Fen | null
  /** null also where nothing trustworthy says what the chip computes */
  readonly fenPerPetaflopHour: Fen | null
}

export function comparablePrice(
  offer: Pick<Offer, 'mode' | 'chip' | 'cardsPerDevice'>,
  terms: Pick<PriceTerms, 'priceFen' | 'discount'>,
): ComparablePrice {
  if (offer.mode === 'tokens') return { fenPerCardHour: null, fenPerPetaflopHour: null }
  const price = afterOffs(terms.priceFen, [terms.discount])
  const hours = offer.mode === 'whole_device' ? BigInt(offer.cardsPerDevice) * HOURS_OF_A_MONTH : 1n
  const hourly = rate(price.numerator, price.denominator * hours)
  const card = findAccelerator(offer.chip)
  const teraflops = card === undefined ? undefined : countedFp16(card)
  return {
    fenPerCardHour: invoiced(hourly),
    fenPerPetaflopHour:
      teraflops === undefined
        ? null
        : // teraflops of the table have at most three decimals
          invoiced(
            rate(hourly.numerator * 1_000_000n, hourly.denominator * BigInt(Math.round(teraflops * 1_000))),
          ),
  }
}
