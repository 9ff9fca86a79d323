export { allotmentOf, markFunded } from './allotments.ts'
export { fundingOf, keyOf, nameOfKey, shortOf, type Funding } from './funding.ts'
export { poolHandlers } from './handlers.ts'
