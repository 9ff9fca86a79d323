export { sweepHandlers } from './handlers.ts'
