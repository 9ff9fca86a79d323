export { vouchersOn, viewWholeVoucher, voucherHandlers, voucherRow } from './handlers.ts'
