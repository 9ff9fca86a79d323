export { claimUse } from './claim-use.ts'
export { confirmationOf } from './confirmation.ts'
export { contractOf, type ContractRow, loadContract } from './contracts.ts'
export {
  evidenceOf,
  type EvidenceInput,
  papersOf,
  papersUsed,
  type Proofs,
  type UsedPaper,
} from './evidence.ts'
export { meteringHandlers } from './handlers.ts'
export { importUsage, type ImportCounts, type ImportProblem, type ImportRefusal } from './import-usage.ts'
export { viewSettlement } from './view-settlement.ts'
export { lineReasons } from './line-reasons.ts'
