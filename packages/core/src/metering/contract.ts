// The part of a service contract that rating and settlement stand on. Until there are offers, price and chip stand in
// the contract itself.
import type { Day } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import type { CreditCode } from '../party/index.ts'

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
}
