// The part of a service contract that rating and settlement stand on. Price and chip
// stand in the contract itself; where it agreed a price version of an offer, that stands in it too, whole.
import type { Day } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import type { CreditCode } from '../party/index.ts'
import type { AgreedPrice } from './tariff.ts'

export interface CardPrice {
  /** the scheduler's name of the chip model, lower case */
  readonly chip: string
  /** fen for one whole card and hour, above zero */
  readonly fenPerCardHour: Fen
}

export interface ServiceContract {
  readonly contractNo: string
  readonly buyer: CreditCode
  readonly seller: CreditCode
  /** the whole amount, tax included */
  readonly amountFen: Fen
  readonly signedOn: Day
  readonly termFrom: Day
  /** the last day of the term, included */
  readonly termUntil: Day
  readonly prices: readonly CardPrice[]
  /** how a card is cut into shards, where slices are sold */
  readonly shard: { readonly chip: string; readonly shardsPerCard: number } | null
  /** the price versions that the contract agreed; absent where it only names prices */
  readonly agreed?: readonly AgreedPrice[]
}
