// policy: a city's measure as data. Reading and checking programme files, adopting them, and determining by them.
export { hasErrors, type Diagnostic } from './diagnostic.ts'
export { cnVoucherFacts, factsSchemas, type Fact, type FactSource, type FactsSchema } from './facts.ts'
export type * from './programme.ts'
export type * from './determination.ts'
export { typeName, type Expression, type Period, type Place, type Type, type Value } from './types.ts'
