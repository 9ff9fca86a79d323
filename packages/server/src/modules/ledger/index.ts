export { balancesUntil, lastCounted, movedAsOf, type Moved, type Until } from './as-of.ts'
export {
  balancesOf,
  booksOf,
  capsUsed,
  poolsLeft,
  poolTotals,
  sourcesOfVoucher,
  spentOfVoucher,
  type VoucherAmounts,
  voucherAmounts,
  type AdoptionBooks,
  type VoucherRow,
  voucherTerms,
} from './books.ts'
export { planOf } from './plan-of.ts'
