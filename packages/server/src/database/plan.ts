// What a command asks of the ledger: accounts to open, linked sets to post, and what it means when a set is refused.
// The shell executes the plan as the last statement of the command's transaction.
import type { Refusal } from '@suanquan/core'
import type { Batch, Result } from '@suanquan/core/ledger'

export interface PostingPlan<Code extends string = string> extends Omit<Batch, 'moment'> {
  /**
   * The refusal to answer with when a set is refused, or `again` when the command should decide anew because the
   * balances have moved since it read them.
   * @param set the index of the refused set
   * @param link the index of the link that refused
   */
  readonly refused: (set: number, link: number, result: Result) => Refusal<Code> | 'again'
}
