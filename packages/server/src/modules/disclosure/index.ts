export { disclosureHandlers } from './handlers.ts'
export { loadNotice } from './load.ts'
export { viewNotice, viewNoticeLines } from './view.ts'
