export { awardedLot, type AwardedLot } from './decide-round.ts'
export { roundHandlers } from './handlers.ts'
