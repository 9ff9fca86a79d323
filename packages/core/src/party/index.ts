export {
  creditCodeCheckDigit,
  generateCreditCode,
  organisationCheckDigit,
  readCreditCode,
  type CreditCode,
  type CreditCodeRefusal,
  type CreditCodeWarning,
  type ReadCreditCode,
} from './credit-code.ts'
export { maskAccount, maskName, maskPhone } from './masking.ts'
export {
  heldValue,
  isStale,
  readRegisters,
  registerFields,
  registers,
  sizeFromRegisters,
  standingEntries,
  type FoundSize,
  type ReadingRules,
  type Register,
  type RegisterEntry,
  type RegisterField,
  type RegisterReading,
  type RegisterReadings,
  type RegisterValue,
} from './registers.ts'
export {
  sizeClassOf,
  type SizeAnswer,
  type SizeClass,
  type SizeFact,
  type SizeFacts,
  type UnknownSize,
} from './size-class.ts'
export { sizeTables, type Bounds, type SizeRow, type SizeTable } from './size-table.ts'
