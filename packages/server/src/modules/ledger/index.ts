export {
  balancesOf,
  booksOf,
  capsUsed,
  poolLeft,
  type VoucherAmounts,
  voucherAmounts,
  type AdoptionBooks,
  type VoucherRow,
  voucherTerms,
} from './books.ts'
export { planOf } from './plan-of.ts'
