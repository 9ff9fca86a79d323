export { appealOpenUntil } from './appeal-open.ts'
export { approvalOf, grantNumbers, grantTermsOf, reservedGrant, storedApproval } from './approval.ts'
export { awaitedReport } from './awaited-report.ts'
export { approvalFault, decideApplication, othersWait, sharedCapReached } from './decide.ts'
export {
  type Assessment,
  assessCase,
  balancesByCap,
  capLine,
  decided,
  factsOf,
  reviewerFacts,
  takenAsFound,
  statedFacts,
} from './assess.ts'
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
export { contractUsedBy, otherUseOf } from './missing.ts'
export { moveCase } from './move.ts'
export { decidedProof, type Proof, proofOf, settledFacts } from './proof.ts'
export { awardCompute, purchaseOf } from './compute.ts'
export { giveNumber } from './decision-number.ts'
export { nextNumber, nextNumbers } from './number.ts'
export { storeDetermination } from './store-determination.ts'
export type { Draft } from './draft.ts'
export { viewEvents } from './view-events.ts'
export { actorsOf, appealableActs, type ApplicationView, type Reader, viewApplication } from './view.ts'
export { viewStanding } from './view-standing.ts'
