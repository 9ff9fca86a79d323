export { hasAdministrator, identityHandlers, makeSetupToken } from './handlers.ts'
export { addPerson, type AddPersonCode } from './create-person.ts'
