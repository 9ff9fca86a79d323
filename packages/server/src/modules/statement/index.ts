export { conservedContract } from './conserved.ts'
export { statementHandlers } from './handlers.ts'
