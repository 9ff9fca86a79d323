export { upstreamTaken, type ChainCauseCode, type UpstreamLink } from './chain.ts'
export {
  LEGS,
  UPSTREAM_LEGS,
  type ClaimEvidence,
  type Invoice,
  type Leg,
  type Payment,
  type Upstream,
  type UpstreamLeg,
} from './evidence.ts'
export {
  EXCLUDED_KINDS,
  excludedFenOf,
  excludedItems,
  type ExcludedItem,
  type ExcludedKind,
} from './excluded-items.ts'
export {
  checkInvoice,
  type InvoiceFault,
  type InvoiceLine,
  type InvoiceParty,
  type InvoiceRead,
} from './invoice-check.ts'
export {
  conserve,
  WAITING_CODES,
  type Charge,
  type ClaimedUse,
  type ConservationFault,
  type Conserved,
  type ConservedMonth,
  type UnpaidCode,
  type UsedDay,
  type WaitingCode,
} from './conserve.ts'
export {
  answererOf,
  DISPUTE_ANSWER_DAYS,
  DISPUTE_DAYS,
  DISPUTED_STATES,
  disputeUntil,
  heldFen,
  type DisputeSide,
  type HeldDispute,
} from './dispute.ts'
export {
  creditRow,
  usageRow,
  type FocusContract,
  type FocusCredit,
  type FocusParty,
  type FocusUse,
} from './focus.ts'
export { focusHead, focusLine } from './focus-csv.ts'
export {
  FOCUS_COLUMNS,
  FOCUS_SUPPORTS,
  type FocusColumnName,
  type FocusKind,
  type FocusRow,
} from './focus-columns.ts'
export {
  amountOf,
  answerTemplate,
  dayIn,
  outcomeOf,
  readAnswerTable,
  type AnswerDefaults,
  type AnswerRow,
} from './answer-table.ts'
export { doubtOf, isAccount, type AccountDoubt } from './account-check.ts'
export {
  judgeAnswers,
  type AnswerFault,
  type AnswerLine,
  type AnswerRules,
  type Instructed,
  type JudgedLine,
  type Outcome,
} from './bank-answer.ts'
export type { Cause, CauseCode, PaperEvidence, ReckonedLeg } from './legs.ts'
export { invoiceFault, paymentFault } from './paper-legs.ts'
export { isIban, plainAccount, writePain001, type PainRefusal } from './pain001.ts'
export {
  approvalBytes,
  batchRecord,
  instructionIdOf,
  recordDigest,
  totalOfBatch,
  type Approved,
  type PaymentBatch,
  type PaymentLine,
} from './payment-batch.ts'
export {
  settle,
  settledFee,
  type SettledFee,
  type Settlement,
  type SettlementFacts,
  type SettlementRefusal,
  type Shortfall,
  type ShortfallCode,
} from './settle.ts'
export {
  missingFor,
  NO_PROFILE,
  type PaymentFile,
  type TreasuryField,
  type TreasuryProfile,
} from './treasury-profile.ts'
