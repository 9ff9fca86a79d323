export { delegationHandlers } from './handlers.ts'
