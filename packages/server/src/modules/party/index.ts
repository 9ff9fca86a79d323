export { partyHandlers } from './handlers.ts'
export {
  type EntryToStore,
  type KeptEntry,
  projected,
  readingsOf,
  registerEntries,
  registerLimits,
  storeEntries,
} from './register-entries.ts'
