export { clawbackHandlers } from './handlers.ts'
export { debtOf, loadClawback, paidClaims, placeOf, recoveriesOf } from './load.ts'
export { type ClawbackView, nextDue, viewClawback } from './view.ts'
