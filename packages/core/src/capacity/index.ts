export {
  countedFp16,
  precisions,
  type Acceptance,
  type Accelerator,
  type Confidence,
  type Definition,
  type Peak,
  type Precision,
} from './accelerator.ts'
export {
  accelerators,
  findAccelerator,
  parseCards,
  parseClaim,
  type CapacityClaim,
  type CardCount,
} from './claim.ts'
export {
  chipClass,
  computePlan,
  freeOf,
  hoursOf,
  petaflopHours,
  type CentreStock,
  type ComputeLine,
  type ComputeStanding,
  type Purchase,
} from './compute-plan.ts'
export {
  hypothesisRule,
  reconcile,
  type ClusterReading,
  type Reading,
  type Reconciliation,
} from './reconcile.ts'
