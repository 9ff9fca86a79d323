export {
  appropriation,
  capAccounts,
  paid,
  payable,
  pool,
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
export { listHashOf, listText, publicDraw, type Entry, type PublicDraw } from './public-draw.ts'
export {
  shareOut,
  shortageRules,
  type AwardLine,
  type AwardReason,
  type Contender,
  type ShareOut,
  type ShortageRule,
  type ShortageTerms,
} from './shortage.ts'
export { ownPool, sharedAward, sourcesOf, spentOf, totalOf, type Source, type Tier } from './sources.ts'
