// How the decision on a claim reaches the books, by the way in which the claim drew on its voucher: a hold is settled
// or released, a deduction was posted at billing and stands or is taken back as it was recorded.
import type { Fen } from '../money/index.ts'
import type { CapLine } from './accounts.ts'
import { upTo, withDrawnBack } from './imprest-plans.ts'
import { planRedemption, planReleaseHold, type Books, type ClaimTerms, type Plan } from './plans.ts'
import { planTakeBack, type TakenBack } from './take-back.ts'

export interface DrawnClaim {
  readonly terms: ClaimTerms
  /** held when it was filed, or deducted at billing */
  readonly drawnFen: Fen
  /** the caps that a deduction drew on; a hold draws on none until it is approved */
  readonly drawnCaps: readonly CapLine[]
  /** of what a deduction drew from the provider's imprest, what is neither filled again nor put back */
  readonly imprestFen: Fen
  /** null unless what was left of the voucher has gone back to its pools */
  readonly returned: TakenBack['returned']
}

export interface ClaimPostings {
  /** @param caps those on payments as of the approval; @returns null when the books already say so */
  readonly approve: (books: Books, claim: DrawnClaim, approved: Fen, caps: readonly CapLine[]) => Plan | null
  /**
   * Refused, withdrawn or reversed.
   * @param by who takes a deduction back: what was drawn for it is the provider's to use again, or owed back to the office
   */
  readonly undo: (books: Books, claim: DrawnClaim, by?: 'provider' | 'office') => Plan
}

export const claimPostings: Readonly<Record<'hold' | 'deduction', ClaimPostings>> = {
  hold: {
    approve: (books, { terms }, approved, caps) => planRedemption(books, terms, approved, caps),
    undo: (books, { terms, drawnFen }) => planReleaseHold(books, terms, drawnFen),
  },
  deduction: {
    approve: (books, claim, approved) =>
      approved === claim.drawnFen ? null : takeBack(books, claim, approved),
    undo: (books, claim, by) => takeBack(books, claim, 0n, by),
  },
}

/** What stays with the provider is what was drawn first: only what goes beyond it is put back or owed back. */
function takeBack(
  books: Books,
  { terms, drawnFen, drawnCaps, imprestFen, returned }: DrawnClaim,
  keptFen: Fen,
  by: 'provider' | 'office' = 'office',
): Plan {
  const plan = planTakeBack(books, terms, { deductedFen: drawnFen, caps: drawnCaps, keptFen, returned })
  const amount = imprestFen - upTo(imprestFen, keptFen)
  return withDrawnBack(books, plan, terms, { amount, document: terms.id, by })
}
