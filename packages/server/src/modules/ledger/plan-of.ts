// How a plan of core goes to the ledger: as the last statement of the command that made it.
import type { Refusal } from '@suanquan/core'
import type { Result } from '@suanquan/core/ledger'
import { decisiveSet, type Books, type Plan } from '@suanquan/core/voucher'
import type { PostingPlan } from '../../database/index.ts'
import { type AdoptionBooks, booksOf } from './books.ts'

/**
 * A plan as the shell carries it out: a refused decisive set becomes what the caller says, by default the command
 * decides anew; a refused grant of a cap's limit means that the cap is there with another limit.
 */
export function planOf<Code extends string = never>(
  adoption: AdoptionBooks,
  make: (books: Books) => Plan,
  refused: (link: number, result: Result) => Refusal<Code> | 'again' = () => 'again',
): PostingPlan<Code> {
  const books = booksOf(adoption)
  const plan = make(books)
  const last = decisiveSet(plan)
  return {
    ledger: books.fund.ledger,
    jurisdiction: books.fund.jurisdiction,
    open: plan.open,
    sets: plan.sets,
    refused: (set, link, result) => {
      // the budget year was closed since it was read: the next one is open
      if (result === 'debit_account_closed' || result === 'credit_account_closed') return 'again'
      if (set !== last) throw new Error(`the limit of a cap cannot be granted: ${result}`)
      return refused(link, result)
    },
  }
}
