export { allotmentOf, markFunded } from './allotments.ts'
export { fundingOf, keyOf, nameOfKey, shortOf, type Funding } from './funding.ts'
export { sharedCapOf, sharedLimitOf, type SharedCap } from './shared-cap.ts'
export { poolHandlers } from './handlers.ts'
