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
export { LEGS, type ClaimEvidence, type Invoice, type Leg, type Payment } from './evidence.ts'
export type { Cause, CauseCode, ReckonedLeg } from './legs.ts'
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
