export {
  balancesOf,
  booksOf,
  capsUsed,
  poolLeft,
  type VoucherAmounts,
  voucherAmounts,
  voucherTerms,
} from './books.ts'
export { planOf } from './plan-of.ts'
