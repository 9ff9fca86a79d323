export { capacityHandlers } from './handlers.ts'
export { centresStated, stockOf } from './stock.ts'
