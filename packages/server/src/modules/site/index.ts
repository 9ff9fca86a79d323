export { siteHandlers } from './handlers.ts'
export { administratorsApart, particularsOf } from './particulars.ts'
