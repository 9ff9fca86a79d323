export { decisionRecord, ENGINE_VERSION, revive, storedText, textHash } from './decision-record.ts'
export { policyHandlers } from './handlers.ts'
export { legsOf } from './legs.ts'
export { appropriatedOf } from './pool.ts'
export {
  type InForce,
  notOpen,
  programmeRegistry,
  type Programmes,
  readInForce,
  silenceOf,
  windowAt,
  windowsOf,
  appealUntil,
  workingDaysOf,
} from './programmes.ts'
export { requiredOf } from './required.ts'
export { type DeterminationView, viewDetermination } from './view-determination.ts'
export { titlesOfFunds } from './fund-titles.ts'
export { filled } from './view.ts'
