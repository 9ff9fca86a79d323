export { unmaskingHandlers } from './handlers.ts'
