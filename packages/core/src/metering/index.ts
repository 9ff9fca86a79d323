export {
  batchBytes,
  readBatch,
  writeBatch,
  type BatchRefusal,
  type RawEvidence,
  type UsageBatch,
} from './batch.ts'
export {
  ALERT_PERCENTS,
  alertsDue,
  burnOf,
  PACE_DAYS,
  type AlertPercent,
  type Balance,
  type Burn,
} from './burn.ts'
export type { CardPrice, ServiceContract } from './contract.ts'
export {
  GAUGES,
  HOUR_MS,
  hourOf,
  MOST_ENERGY,
  MOST_INTERVALS,
  reduceSamples,
  type DeviceHour,
  type DeviceSample,
  type Gauge,
  type GaugeName,
  type Reduction,
} from './device-hours.ts'
export {
  ACTIVE_PERCENT,
  addRungs,
  cardSecondsOf,
  classesOf,
  ladderContradictions,
  ladderOf,
  readingOf,
  RUNG_SOURCES,
  RUNGS,
  type CentreMonth,
  type LadderContradiction,
  type Rung,
  type RungName,
  type RungReading,
  type RungSource,
} from './ladder.ts'
export { mergeUsage, submissionOf, type UsageConflict, type UsageMerge } from './merge.ts'
export { monthOf, piecesOf, type Month, type UsagePiece } from './pieces.ts'
export {
  DCGM_LABELS,
  DCGM_METRICS,
  readRawSeries,
  samplesOf,
  type LabelNames,
  type Labels,
  type MetricName,
  type PrometheusRefusal,
  type RawSeries,
} from './prometheus.ts'
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
  soldAndActive,
  soldIn,
  termsEnding,
  type LadderShare,
  type SoldAndActive,
  type SoldTerm,
  type TermsEnd,
} from './sold-terms.ts'
export {
  byDeviceHour,
  nothingTold,
  tellingOf,
  type TellableHour,
  type Telling,
  type Told,
} from './telling.ts'
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
export { windowsOf, type Window, type WindowRule } from './windows.ts'
