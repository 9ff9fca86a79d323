export { tradePaperHandlers } from './handlers.ts'
export { lockPapers, registerTyped, typedContradiction } from './register.ts'
export { invoiceStandings, leftOutRedLetters, TAKEN_AWAY } from './standings.ts'
export { acceptUnverifiedInvoices, invoicesOfClaim, mayBeDisbursed } from './unverified.ts'
