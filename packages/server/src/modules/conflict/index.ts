export { conflictHandlers } from './handlers.ts'
