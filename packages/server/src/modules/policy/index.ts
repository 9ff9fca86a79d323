export { decisionRecord, ENGINE_VERSION, revive, storedText, textHash } from './decision-record.ts'
export { policyHandlers } from './handlers.ts'
export {
  type InForce,
  programmeRegistry,
  type Programmes,
  readInForce,
  windowOn,
  windowsOf,
  workingDaysOf,
} from './programmes.ts'
export { requiredDocuments } from './required-documents.ts'
export { type DeterminationView, viewDetermination } from './view-determination.ts'
