export { partyHandlers } from './handlers.ts'
