// What a fund asks of the ledger beside its programmes: money that several programmes share, and the cost of managing
// them (管理费), which is set aside from the appropriation, never taken out of a pool.
import { assert } from '../assert.ts'
import type { PostingCode, Uuid } from '../ledger/index.ts'
import type { Fen, Rate } from '../money/index.ts'
import {
  appropriation,
  management,
  managementSpent,
  pool,
  sharedFund,
  treasury,
  type CapLine,
  type Fund,
  type Terms,
} from './accounts.ts'
import { posting, type Books, type Plan } from './plans.ts'

/** Moves of money of a fund; those of one programme name it in the books. */
export const fundMoves = [
  'appropriate',
  'withdraw',
  'allot',
  'take_back',
  'set_aside',
  'put_back',
  'spend',
] as const satisfies readonly PostingCode[]

export type FundMove = (typeof fundMoves)[number]

/** True for moves between what the fund shares and the pool of one of its programmes. */
export function isOfProgramme(move: FundMove): boolean {
  return move === 'allot' || move === 'take_back'
}

/** From where to where a move goes. */
export function endsOf(fund: Fund, move: FundMove): readonly [debit: Terms, credit: Terms] {
  assert(
    isOfProgramme(move) === (fund.programme !== ''),
    'a move of one programme names it, others name none',
  )
  const shared = appropriation(sharedFund(fund))
  const ends: Readonly<Record<FundMove, readonly [Terms, Terms]>> = {
    appropriate: [treasury(fund), shared],
    withdraw: [shared, treasury(fund)],
    allot: [shared, pool(fund)],
    take_back: [pool(fund), shared],
    set_aside: [shared, management(fund)],
    put_back: [management(fund), shared],
    spend: [management(fund), managementSpent(fund)],
  }
  return ends[move]
}

export function planFundMove(books: Books, document: Uuid, move: FundMove, amount: Fen): Plan {
  const { jurisdiction: district } = books.fund
  const [debit, credit] = endsOf(books.fund, move)
  const moved = posting(books, { document, name: move, code: move, debit, credit, amount, district })
  return { open: [debit, credit], sets: [[moved]] }
}

/** The most that may be set aside for management: the share of what was appropriated, rounded down to whole fen. */
export function managementLimit(appropriated: Fen, share: Rate): Fen {
  return (appropriated * share.numerator) / share.denominator
}

/**
 * What one firm may be granted in a calendar year by all programmes of the fund together.
 * @param creditCode of the firm
 */
export function sharedCapLine(creditCode: string, year: number, limit: Fen): CapLine {
  return {
    key: `fund/granted/${creditCode}/${year}`,
    cap: 'fund',
    counter: 'granted',
    measure: 'fen',
    subjectKey: creditCode,
    periodKey: `${year}`,
    limit,
    shared: true,
  }
}
