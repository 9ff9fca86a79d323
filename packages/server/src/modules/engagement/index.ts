export { engagementHandlers } from './handlers.ts'
