export type { CardPrice, ServiceContract } from './contract.ts'
export { mergeUsage, submissionOf, type UsageConflict, type UsageMerge } from './merge.ts'
export { monthOf, piecesOf, type Month, type UsagePiece } from './pieces.ts'
export {
  defaultRatingRules,
  rate,
  rateUsage,
  type RatedLine,
  type RatedPiece,
  type RatedUsage,
  type RatingReason,
  type RatingRefusal,
  type RatingRules,
} from './rating.ts'
export { readSlurmJson, type SlurmAccounting, type SlurmJsonRefusal } from './slurm-json.ts'
export { readSlurmPsv, SACCT_PSV_COMMAND, type SlurmPsvRefusal } from './slurm-psv.ts'
export {
  accountOf,
  creditCodeOfAccount,
  ENDED_STATES,
  hasEnded,
  lastInstantOf,
  OPEN_STATES,
  overrunSeconds,
  usageKey,
  type ChipCards,
  type RunIdentity,
  type RunState,
  type UsageRecord,
} from './usage.ts'
