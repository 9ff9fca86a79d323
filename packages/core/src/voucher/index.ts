export {
  appropriation,
  capAccounts,
  paid,
  payable,
  pool,
  receivable,
  treasury,
  voucher,
  type CapLine,
  type Fund,
  type GrantTerms,
  type PayableTerms,
  type PoolKey,
  type Terms,
  type VoucherTerms,
} from './accounts.ts'
export { claimPostings, type ClaimPostings, type DrawnClaim } from './claim-postings.ts'
export { moveCode, planMove, type MoneyPlace } from './moves.ts'
export { moneyFlow, type FlowAccount, type FlowSum, type GrantedFates, type MoneyFlow } from './flow.ts'
export {
  sumsOfParts,
  voucherParts,
  voucherPieces,
  type VoucherLine,
  type VoucherPart,
  type VoucherPiece,
} from './pieces.ts'
export {
  decisiveSet,
  idOf,
  planAppropriation,
  planApproval,
  planDeduction,
  planExpiry,
  planHold,
  planGrant,
  planPayment,
  planRedemption,
  planRelease,
  planReleaseHold,
  planTakeBack,
  type Approval,
  type Books,
  type ClaimTerms,
  type PaymentTerms,
  type Plan,
  type TakenBack,
  type VoucherRest,
} from './plans.ts'
export { ownPool, sharedAward, sourcesOf, spentOf, totalOf, type Source, type Tier } from './sources.ts'
export {
  planClawback,
  planCancelClawback,
  planRecovery,
  planRectification,
  planRefund,
  planSetOff,
  planUndemand,
  type ClawbackTerms,
  type PaidByPools,
  type Payback,
  type Rectified,
} from './recovery-plans.ts'
