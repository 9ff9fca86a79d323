export {
  countedFp16,
  precisions,
  type Acceptance,
  type Accelerator,
  type Confidence,
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
export { reconcile, type ClusterReading, type Reading, type Reconciliation } from './reconcile.ts'
