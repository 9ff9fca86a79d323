export { viewWholeVoucher, voucherHandlers, voucherRow } from './handlers.ts'
