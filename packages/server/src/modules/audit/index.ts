export { auditHandlers } from './handlers.ts'
export { replayDecisions, type Replayed, type ReplayDifference } from './replay.ts'
