export {
  batchBytes,
  readBatch,
  writeBatch,
  type BatchRefusal,
  type RawEvidence,
  type UsageBatch,
} from './batch.ts'
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
export { noIdle, type IdleWindow, type IdleWindows } from './idle.ts'
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
export type { AgreedPrice, LineTariff } from './tariff.ts'
export { windowsOf, type Window, type WindowRule } from './windows.ts'
