// Worlds with schemes, for supervision's tests, benchmarks and rehearsals. See README.md.
export { generatorHash } from './frozen.ts'
export { generateWorld, type GeneratedWorld, type WorldOptions } from './generate.ts'
export { difficulties, levels, type Difficulty, type Level } from './levels.ts'
export { classes, measure, together, type Measured, type Rates } from './measure.ts'
export { readTruth, schemeKinds, writeTruth, type Scheme, type SchemeKind } from './truth.ts'
