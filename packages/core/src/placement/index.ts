export { boundProgramme } from './bound.ts'
export { classReason, type ClassReason, type Demand } from './demand.ts'
export { type Claim, type Fleet, type NodeClass } from './fleet.ts'
export { createMix, fleetFragmentation, type WeightedDemand } from './fragmentation.ts'
export {
  capacityMilliOf,
  inflate,
  measure,
  requestedMilli,
  type ArrivalOrder,
  type Measurement,
} from './inflation.ts'
export { migLayouts, type MigLayout, type MigProfile } from './mig.ts'
export { carryOut, placeWithMove, proposeMove, type Move } from './migrate.ts'
export { readNodes, readTasks, type TableRefusal } from './openb.ts'
export { createPlacer, type Placed, type Placer, type PlacerOptions, type PlacerRefusal } from './placer.ts'
export { publishedPolicies, strategies, type Strategy } from './policies.ts'
export { pricedParameters, type PricedParameters, type ScoreParts } from './priced.ts'
export { type ClassPrices } from './prices.ts'
export {
  checkNode,
  checkTask,
  kindOf,
  type ChipChoice,
  type NodeSpec,
  type TaskKind,
  type TaskSpec,
} from './specs.ts'
