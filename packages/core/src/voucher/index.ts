export {
  appropriation,
  capAccounts,
  management,
  managementSpent,
  paid,
  payable,
  pool,
  receivable,
  sharedFund,
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
export {
  CREDENTIAL_NOTICE,
  credentialBytes,
  credentialKinds,
  credentialText,
  credentialTypes,
  genuineness,
  readCredential,
  type AttestationPaper,
  type AttestedVoucher,
  type CredentialKind,
  type CredentialPaper,
  type CredentialRules,
  type Genuineness,
  type SignedCredential,
  type VoucherPaper,
} from './credential.ts'
export { claimPostings, type ClaimPostings, type DrawnClaim } from './claim-postings.ts'
export {
  endsOf,
  fundMoves,
  isOfProgramme,
  managementLimit,
  planFundMove,
  sharedCapLine,
  type FundMove,
} from './fund-plans.ts'
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
  type Approval,
  type Books,
  type ClaimTerms,
  type PaymentTerms,
  type Plan,
  type VoucherRest,
} from './plans.ts'
export {
  listHashOf,
  listText,
  replayRound,
  resultOf,
  type ListedLine,
  type PublishedRound,
  type ReplayLine,
  type RoundList,
  type RoundReplay,
  type RoundResult,
} from './public-draw.ts'
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
export {
  compareOpening,
  leftOf,
  openingFaults,
  openingFigures,
  openingTotals,
  type ClosingRow,
  type Comparison,
  type ComparedFigure,
  type OpeningClaimRow,
  type OpeningFault,
  type OpeningFigure,
  type OpeningFigures,
  type OpeningMoneyRow,
  type OpeningRows,
  type OpeningScope,
  type OpeningSheet,
  type OpeningVoucherRow,
} from './opening.ts'
export {
  planOpening,
  type Opening,
  type OpeningClaim,
  type OpeningMoney,
  type OpeningVoucher,
} from './opening-plans.ts'
export {
  planYearEnd,
  type ClosingPlan,
  type MovedApproval,
  type YearEnd,
  type YearPlace,
} from './year-plans.ts'
export { partNumber, type ApprovedPart } from './parts.ts'
export { planSelection } from './selection-plans.ts'
export { planTakeBack, type TakenBack } from './take-back.ts'
