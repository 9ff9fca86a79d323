export { disclosureHandlers } from './handlers.ts'
export { loadNotice } from './load.ts'
