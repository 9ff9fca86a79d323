export { fundHandlers } from './handlers.ts'
