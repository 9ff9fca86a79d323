export {
  balancesUntil,
  lastCounted,
  movedAsOf,
  untilOf,
  type AsOfAsked,
  type Moved,
  type Until,
} from './as-of.ts'
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
export {
  accountsNamed,
  statementLines,
  statementsOf,
  type FundStatement,
  type StatementAsked,
  type StatementLine,
} from './statement.ts'
export { heldBy, postedUnder, sumsAsOf, type MoneySum } from './sums.ts'
