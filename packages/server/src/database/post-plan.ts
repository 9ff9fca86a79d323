import type { Refusal } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import type { Answer, Batch, PostingSet } from '@suanquan/core/ledger'
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
  const answers = await postInParts(tx, { ...batch, moment })
  for (const [set, links] of answers.entries()) {
    const link = links.findIndex(({ result }) => result !== 'posted' && result !== 'linked_failed')
    if (link >= 0) return refused(set, link, links[link]!.result)
    if (links.some(({ result }) => result === 'linked_failed')) return refused(set, 0, 'linked_failed')
  }
  return null
}

/** What one call of `ledger.post` takes. */
const MOST_AT_ONCE = 10_000

/**
 * A plan of more postings than a call takes goes in several, one after the other in the command's own transaction: whole
 * sets each, so that still all of it counts or nothing. Accounts are opened and closed by the first.
 */
async function postInParts(tx: Transaction, batch: Batch): Promise<readonly (readonly Answer[])[]> {
  const { open: _open, close: _close, ...rest } = batch
  const answers: (readonly Answer[])[] = []
  const parts = partsOf(batch.sets)
  for (const [part, sets] of parts.entries()) {
    const followedBy = part === parts.length - 1 ? 'nothing' : 'another part'
    answers.push(...(await post(tx, part === 0 ? { ...batch, sets } : { ...rest, sets }, followedBy)))
  }
  return answers
}

/** Sets in their order, at least one part, none with more postings than a call takes. */
function partsOf(sets: readonly PostingSet[]): readonly (readonly PostingSet[])[] {
  const parts: PostingSet[][] = [[]]
  let count = 0
  for (const set of sets) {
    if (count > 0 && count + set.length > MOST_AT_ONCE) {
      parts.push([])
      count = 0
    }
    parts.at(-1)!.push(set)
    count += set.length
  }
  return parts
}
