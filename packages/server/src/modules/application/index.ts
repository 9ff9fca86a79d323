export { approvalOf, reservedVoucher, storedApproval, voucherTermsOf } from './approval.ts'
export { assess, balancesByCap, capLine, decided, reviewerFacts } from './assess.ts'
export { applicationHandlers } from './handlers.ts'
export {
  type ApplicationRow,
  loadApplication,
  loadOrganisation,
  loadProvider,
  submissionDay,
  lockOrganisation,
  lockPool,
} from './load.ts'
export { moveCase } from './move.ts'
export { nextNumber } from './number.ts'
export { storeDetermination } from './store-determination.ts'
export { viewEvents } from './view-events.ts'
export { actorsOf, type Reader } from './view.ts'
