export { contractOf, type ContractRow } from './contracts.ts'
export { meteringHandlers } from './handlers.ts'
export { importUsage, type ImportCounts, type ImportProblem, type ImportRefusal } from './import-usage.ts'
