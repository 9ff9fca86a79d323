export { conservedContract, type ConservedContract } from './conserved.ts'
export { statementHandlers } from './handlers.ts'
