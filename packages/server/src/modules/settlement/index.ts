export { decideClaim, postingsOf } from './decide-claim.ts'
export { chargedFen, focusRows, type FocusScope } from './focus.ts'
export { settlementHandlers } from './handlers.ts'
export { inputOf } from './input.ts'
export {
  type ClaimRow,
  drawnClaim,
  isOver,
  loadClaim,
  loadVoucher,
  lockClaim,
  paymentTerms,
  storedCaps,
} from './load.ts'
export { matchClaim, paymentCaps, redemptionOf } from './match.ts'
export { rectificationHandlers } from './rectify.ts'
export { storeDecision } from './submit-claim.ts'
export { treasuryHandlers } from './treasury-handlers.ts'
export { type BatchLine, batchLines, viewBatch } from './view-batch.ts'
export { type ClaimView, viewClaim } from './view.ts'
