export { voucherHandlers } from './handlers.ts'
