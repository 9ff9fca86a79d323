import type { Refusal } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import type { PostingPlan } from './plan.ts'
import { post } from './postings.ts'
import type { Transaction } from './transaction.ts'

/**
 * Carries a plan out, as the last statement of a command.
 * @returns null when every set was posted; else what the plan says of the first refused link
 */
export async function postPlan(
  tx: Transaction,
  plan: PostingPlan,
  moment: Instant,
): Promise<Refusal | 'again' | null> {
  const { refused, ...batch } = plan
  const answers = await post(tx, { ...batch, moment })
  for (const [set, links] of answers.entries()) {
    const link = links.findIndex(({ result }) => result !== 'posted' && result !== 'linked_failed')
    if (link >= 0) return refused(set, link, links[link]!.result)
    if (links.some(({ result }) => result === 'linked_failed')) return refused(set, 0, 'linked_failed')
  }
  return null
}
