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
export { LEGS, type ClaimEvidence, type Invoice, type Leg, type Payment } from './evidence.ts'
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
export type { Cause, CauseCode, ReckonedLeg } from './legs.ts'
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
