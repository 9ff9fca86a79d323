export { stampHandlers } from './handlers.ts'
export { stampOn } from './on-day.ts'
