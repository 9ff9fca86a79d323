export { allotmentOf, markFunded } from './allotments.ts'
export { fundingFrom, fundingOf, keyOf, nameOfKey, shortOf, type Funding } from './funding.ts'
export { ruleOf } from './rule.ts'
export { poolHandlers } from './handlers.ts'
