export { decideClaim } from './decide-claim.ts'
export { settlementHandlers } from './handlers.ts'
export { loadVoucher } from './load.ts'
export { redemptionOf } from './match.ts'
