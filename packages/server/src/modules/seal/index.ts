export { sealHandlers } from './handlers.ts'
export { sealJournal } from './seal-journal.ts'
export { verifySeals, type SealVerification } from './verify-seals.ts'
export { viewSeal } from './view-seal.ts'
