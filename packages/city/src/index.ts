// The demo city 示例市: its firms, centres, contracts, usage and what happens to them over a year; seeded and pure.
export { buildCity, CITY_FIRMS, type City, type CityOptions } from './city.ts'
export type { Contract } from './contracts.ts'
export { personName } from './names.ts'
export { traits, type Firm, type Organisation, type Trait } from './organisations.ts'
export { CITY, districts, outsideRegions, type District } from './places.ts'
export {
  windows2024,
  worksOn,
  type Application,
  type Cadence,
  type ClaimHabit,
  type Course,
  type Window,
} from './plans.ts'
export { afterUse, atBilling, bySeller, type OtherProgramme } from './other-programmes.ts'
export type { ClusterChip, Provider } from './providers.ts'
export { drawSlurmRuns, writeSacctJson, type SlurmDemand } from './slurm-accounting.ts'
export {
  contractRecords,
  firstOf,
  lastOf,
  monthFile,
  monthRecords,
  monthsOf,
  next as nextMonth,
  type Month,
} from './usage.ts'
export * from './world/index.ts'
