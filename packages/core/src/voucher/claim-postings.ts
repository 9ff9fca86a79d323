// How the decision on a claim reaches the books, by the way in which the claim drew on its voucher: a hold is settled
// or released, a deduction was posted at billing and stands or is taken back as it was recorded.
import type { Fen } from '../money/index.ts'
import type { CapLine } from './accounts.ts'
import { planRedemption, planReleaseHold, type Books, type ClaimTerms, type Plan } from './plans.ts'
import { planTakeBack, type TakenBack } from './take-back.ts'

export interface DrawnClaim {
  readonly terms: ClaimTerms
  /** held when it was filed, or deducted at billing */
  readonly drawnFen: Fen
  /** the caps that a deduction drew on; a hold draws on none until it is approved */
  readonly drawnCaps: readonly CapLine[]
  /** null unless what was left of the voucher has gone back to its pools */
  readonly returned: TakenBack['returned']
}

export interface ClaimPostings {
  /** @param caps those on payments as of the approval; @returns null when the books already say so */
  readonly approve: (books: Books, claim: DrawnClaim, approved: Fen, caps: readonly CapLine[]) => Plan | null
  /** refused, withdrawn or reversed */
  readonly undo: (books: Books, claim: DrawnClaim) => Plan
}

export const claimPostings: Readonly<Record<'hold' | 'deduction', ClaimPostings>> = {
  hold: {
    approve: (books, { terms }, approved, caps) => planRedemption(books, terms, approved, caps),
    undo: (books, { terms, drawnFen }) => planReleaseHold(books, terms, drawnFen),
  },
  deduction: {
    approve: (books, claim, approved) =>
      approved === claim.drawnFen ? null : takeBack(books, claim, approved),
    undo: (books, claim) => takeBack(books, claim, 0n),
  },
}

function takeBack(books: Books, { terms, drawnFen, drawnCaps, returned }: DrawnClaim, keptFen: Fen): Plan {
  return planTakeBack(books, terms, { deductedFen: drawnFen, caps: drawnCaps, keptFen, returned })
}
