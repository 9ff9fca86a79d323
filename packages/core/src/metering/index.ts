export {
  batchBytes,
  readBatch,
  writeBatch,
  type BatchRefusal,
  type RawEvidence,
  type UsageBatch,
} from './batch.ts'
export {
  bookUsage,
  followingMonth,
  monthsBetween,
  noLongerProven,
  periodPhase,
  type BookedLine,
  type Booking,
  type Books,
  type LateRule,
} from './booking.ts'
export {
  clockOffset,
  feedDays,
  gapsOf,
  joinedSpans,
  overlapOf,
  sharedHours,
  type DayState,
  type DeviceCover,
  type FeedDay,
  type FeedSpan,
  type SharedHour,
  type Span,
} from './completeness.ts'
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
export { noIdle, type IdleWindow, type IdleWindows } from './idle.ts'
export { mergeUsage, submissionOf, type UsageConflict, type UsageMerge } from './merge.ts'
export { monthOf, piecesOf, type Month, type UsagePiece } from './pieces.ts'
export { podRunsOf, type PodHour } from './pod-runs.ts'
export {
  POD_METRICS,
  podsOf,
  type Pod,
  type PodMetric,
  type PodRefusal,
  type PodResource,
  type PodRules,
  type PodSeries,
} from './pods.ts'
export {
  readPlainRun,
  RUN_COLUMNS,
  type PlainRunRead,
  type PlainRunRefusal,
  type RunColumn,
  type RunFault,
  type RunField,
} from './plain-run.ts'
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
export {
  readRunTable,
  type RowFault,
  type RunTable,
  type RunTableRefusal,
  type TextRow,
} from './run-table.ts'
export { overShared, sharesOf, type DeviceShare, type OverShared } from './shares.ts'
export { eventText, rawAnswerBytes, RUN_EVENT_TYPE, type RawOutcome } from './signed.ts'
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
  type DevicePart,
  type RunIdentity,
  type RunState,
  type UsageRecord,
} from './usage.ts'
export type { AgreedPrice, LineTariff } from './tariff.ts'
export { windowsOf, type Window, type WindowRule } from './windows.ts'
