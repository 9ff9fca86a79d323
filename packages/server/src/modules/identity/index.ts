export { identityHandlers, makeSetupToken } from './handlers.ts'
