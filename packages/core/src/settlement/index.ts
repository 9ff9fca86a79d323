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
