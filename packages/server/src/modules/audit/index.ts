export { agreementOf, type Agreement } from './agreement.ts'
export { auditHandlers } from './handlers.ts'
export { replayDecisions, type Replayed, type ReplayDifference } from './replay.ts'
export { thingsOf } from './things.ts'
