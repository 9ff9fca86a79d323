export { credentialHandlers } from './handlers.ts'
export { viewCredential } from './view.ts'
