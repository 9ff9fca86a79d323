export { approvalOf, grantNumbers, grantTermsOf, reservedGrant, storedApproval } from './approval.ts'
export { type Assessment, assessCase, balancesByCap, capLine, decided, reviewerFacts } from './assess.ts'
export { decideApplication } from './decide.ts'
export { applicationHandlers } from './handlers.ts'
export {
  type ApplicationRow,
  loadApplication,
  loadOrganisation,
  lockOrganisation,
  lockPool,
  submissionDay,
} from './load.ts'
export { dueIn, limitOf } from './clock.ts'
export { mayApply } from './may-apply.ts'
export { otherUseOf } from './missing.ts'
export { moveCase } from './move.ts'
export { decidedProof, type Proof, proofOf, settledFacts } from './proof.ts'
export { nextNumber } from './number.ts'
export { storeDetermination } from './store-determination.ts'
export { viewEvents } from './view-events.ts'
export { actorsOf, type ApplicationView, type Reader, viewApplication } from './view.ts'
export { viewStanding } from './view-standing.ts'
