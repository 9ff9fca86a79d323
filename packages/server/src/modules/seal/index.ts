export { sealHandlers } from './handlers.ts'
