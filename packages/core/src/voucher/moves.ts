// Public money before it is granted: it moves between the treasury, the appropriation and the pools, by a document each.
import { assert } from '../assert.ts'
import type { PostingCode, Uuid } from '../ledger/index.ts'
import type { Fen } from '../money/index.ts'
import { appropriation, pool, treasury, type Fund, type PoolKey, type Terms } from './accounts.ts'
import { posting, type Books, type Plan } from './plans.ts'

/** Where public money is before it is granted: still with the treasury, appropriated, or in a pool. */
export type MoneyPlace =
  | { readonly at: 'treasury' }
  | { readonly at: 'appropriation' }
  | { readonly at: 'pool'; readonly pool: PoolKey }

/** What a move from one place to another is called; null when there is no such move. */
export function moveCode(from: MoneyPlace, to: MoneyPlace): PostingCode | null {
  if (to.at === 'pool') return from.at === 'treasury' ? null : 'allot'
  if (to.at === 'appropriation') return from.at === 'pool' ? 'take_back' : null
  return from.at === 'appropriation' ? 'withdraw' : null
}

interface Moved {
  readonly from: MoneyPlace
  readonly to: MoneyPlace
  readonly amount: Fen
  /** tells several moves of one document apart */
  readonly name?: string
}

/** Money moved between two places by one document; what is not there cannot move. */
export function planMove(books: Books, document: Uuid, { from, to, amount, name }: Moved): Plan {
  const code = moveCode(from, to)
  assert(code !== null, 'money moves only between places that the chart joins')
  const [debit, credit] = [placeTerms(books.fund, from), placeTerms(books.fund, to)]
  const { district } = credit.code === 'pool' ? credit : debit
  const move = posting(books, { document, name: name ?? code, code, debit, credit, amount, district })
  return { open: [debit, credit], sets: [[move]] }
}

function placeTerms(fund: Fund, place: MoneyPlace): Terms {
  if (place.at === 'pool') return pool(fund, place.pool)
  return place.at === 'treasury' ? treasury(fund) : appropriation(fund)
}
