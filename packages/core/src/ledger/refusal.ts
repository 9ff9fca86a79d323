// From the ledger's answers to the refusal that people read: the link that refused, never one that fell with it.
import type { Refusal } from '../refusal.ts'
import type { Answer } from './journal.ts'
import type { PostingSet } from './posting.ts'
import type { RefusingResult } from './result.ts'

export type LedgerRefusalCode = `ledger.${RefusingResult}`

/**
 * Why a set was refused, or null when it posted.
 * @param set the links as asked, so that the refusal can name accounts and amount
 */
export function refusalOf(set: PostingSet, answers: readonly Answer[]): Refusal<LedgerRefusalCode> | null {
  const refused = answers.flatMap(({ result }, link) => (result === 'posted' ? [] : [{ result, link }]))
  const first = refused.find(({ result }) => result !== 'linked_failed') ?? refused[0]
  if (first === undefined) return null
  const { id, debit, credit, amount } = set[first.link]!
  return {
    code: `ledger.${first.result}`,
    params: { posting: id, debit, credit, amount, link: first.link + 1, links: set.length },
  }
}
