export { tellOffice } from './decide.ts'
export { disputeHandlers } from './handlers.ts'
export { loadDispute, moveDispute } from './load.ts'
