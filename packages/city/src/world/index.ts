// Worlds with schemes, for supervision's tests, benchmarks and rehearsals. See README.md.
export { generatorHash } from './frozen.ts'
export { generateWorld, type GeneratedWorld, type WorldOptions } from './generate.ts'
export { difficulties, levels, type Difficulty, type Level } from './levels.ts'
export {
  classes,
  measure,
  reachTogether,
  together,
  type Measured,
  type Rates,
  type Reach,
} from './measure.ts'
export {
  authors,
  readTruth,
  schemeKinds,
  writeTruth,
  type Author,
  type Scheme,
  type SchemeKind,
} from './truth.ts'
