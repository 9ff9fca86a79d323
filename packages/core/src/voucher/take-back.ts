// What a reversed or corrected deduction asks of the ledger: all that was recorded of it is unwound.
import type { Fen } from '../money/index.ts'
import { capAccounts, payable, voucher, type CapLine } from './accounts.ts'
import { posting, returnsTo, type Books, type ClaimTerms, type Plan } from './plans.ts'
import type { Source } from './sources.ts'

/** What was recorded of a deduction, and where it goes back to: the voucher, or its pools once that was swept. */
export interface TakenBack {
  readonly deductedFen: Fen
  readonly caps: readonly CapLine[]
  /** what stays with the provider; nothing when the deduction is reversed */
  readonly keptFen: Fen
  /** null while the voucher can still take it back; else its pools, and what all its redemptions drew before this */
  readonly returned: { readonly sources: readonly Source[]; readonly spentFen: Fen } | null
}

/** A deduction undone whole or in part: it posts back what was recorded, the caps included. */
export function planTakeBack(books: Books, claim: ClaimTerms, taken: TakenBack): Plan {
  const { fund } = books
  const amount = taken.deductedFen - taken.keptFen
  const shared = { document: claim.id, district: claim.district }
  const debit = payable(fund, claim)
  const move = { ...shared, name: 'take-back', debit }
  const back =
    taken.returned === null
      ? [posting(books, { ...move, code: 'unredeem', credit: voucher(fund, claim.voucher), amount })]
      : returnsTo(books, { ...move, code: 'unaward' }, { ...taken.returned, amount })
  const freed = taken.caps
    .filter(({ measure }) => measure === 'fen' || taken.keptFen === 0n)
    .map((line) => {
      const { left, used } = capAccounts(fund, line)
      const money = line.measure === 'fen'
      const move = { ...shared, code: 'free' as const, debit: used, credit: left }
      return posting(books, { ...move, name: `free/${line.key}`, amount: money ? amount : 1n })
    })
  return { open: [], sets: [[...back, ...freed]] }
}
