export { appealHandlers } from './handlers.ts'
