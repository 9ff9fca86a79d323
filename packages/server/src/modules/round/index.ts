export { awardedLot, type AwardedLot } from './awarded-lot.ts'
export { roundHandlers } from './handlers.ts'
export { planOfRest, roundsAtEnd } from './return-rest.ts'
