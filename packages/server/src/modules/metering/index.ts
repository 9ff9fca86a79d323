export { contractOf, type ContractRow } from './contracts.ts'
export { meteringHandlers } from './handlers.ts'
