export { awardedLot, type AwardedLot } from './awarded-lot.ts'
export { roundHandlers } from './handlers.ts'
