export { tradePaperHandlers } from './handlers.ts'
export { lockPapers, registerTyped, typedContradiction, type Registrant } from './register.ts'
export { invoiceStandings, leftOutRedLetters, TAKEN_AWAY } from './standings.ts'
export { acceptUnverifiedInvoices, invoicesOfClaim, mayBeDisbursed } from './unverified.ts'
