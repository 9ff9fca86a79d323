export { comparePopulations, type PopulationDifference, type Side } from './compare-populations.ts'
export { determinePopulation, type PopulationDetermined, type PopulationInput } from './determine-columns.ts'
export {
  readPopulation,
  rowOf,
  type BrokenRow,
  type Column,
  type Population,
  type PopulationRow,
} from './population.ts'
