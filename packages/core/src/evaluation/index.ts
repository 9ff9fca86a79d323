export {
  analyseCutoff,
  analyseDensity,
  analyseDifference,
  analyseKink,
  effectFact,
  type Analysed,
  type CutoffAnswer,
  type CutoffQuestion,
  type DensityAnswer,
  type DifferenceQuestion,
  type KinkQuestion,
} from './analyse.ts'
export {
  analyseLottery,
  type LotteryAnswer,
  type LotteryAttrition,
  type LotteryQuestion,
} from './analyse-lottery.ts'
export { analysePanel, type PanelAnswer, type PanelQuestion, type Period } from './analyse-panel.ts'
export {
  asNetEffect,
  DESIGN_GRADES,
  DOWNGRADES,
  gradeEffect,
  QUALIFICATIONS,
  wordFor,
  type Caution,
  type DesignGrade,
  type Downgrade,
  type EffectWord,
  type GradedEffect,
  type NetEffect,
  type Qualification,
} from './accounts/grade.ts'
export { coversZero, estimateOf, type ConfidenceInterval, type Estimate } from './estimate.ts'
export { parseRecords, parseTable, type Table, type TableRecord } from './table.ts'
export { bunching, type Bunching, type BunchingOptions } from './estimators/bunching.ts'
export { densityTest, type DensityTest } from './estimators/density.ts'
export {
  changeRegression,
  differenceInDifferences,
  type DifferenceInDifferences,
} from './estimators/difference-in-differences.ts'
export { discontinuity, kink, type Discontinuity } from './estimators/discontinuity.ts'
export {
  adjustedDifference,
  differenceInMeans,
  leeBounds,
  permutationP,
  takeUpEffect,
  weightedDifference,
  type GroupComparison,
  type LeeBounds,
  type LotteryData,
  type TakeUp,
} from './estimators/lottery.ts'
export { holm, westfallYoung } from './estimators/multiple-testing.ts'
export { balance, type Panel, type PanelRows } from './estimators/panel.ts'
export { staggered, type ControlGroup, type Staggered } from './estimators/staggered.ts'
export { syntheticControl, type SyntheticControl } from './estimators/synthetic-control.ts'
export { wildClusterBootstrap, type WildBootstrap } from './estimators/wild-bootstrap.ts'
export { minimumDetectableEffect, unitsNeeded, type PowerPlan } from './designs/power.ts'
export {
  DEFAULT_DISPLACEMENT,
  DEFAULT_TAX_BURDEN,
  netOf,
  type Chain,
  type ChainResult,
  type Distribution,
} from './accounts/chain.ts'
export { QUOTED_CLAIMS, type QuotedClaim } from './accounts/claims.ts'
export { ASSUMED_WEIGHTS, financeForm, type FinanceForm, type FormWeights } from './accounts/finance-form.ts'
export { INPUTS, type EffectFact, type Facts, type InputKey } from './accounts/inputs.ts'
export type { MeasureCaution, MeasureOutcome, MeasureResult } from './accounts/measure.ts'
export { parseFacts, readFacts } from './accounts/read-facts.ts'
export { scorecard, type Scorecard } from './accounts/scorecard.ts'
export { survivalDifference, type Lifetime } from './accounts/survival.ts'
export {
  attritionOf,
  balanceOf,
  MONTHS_BACK,
  MONTHS_FORWARD,
  type Attrition,
  type PanelMember,
} from './designs/outcome-panel.ts'
export {
  decideByCutoff,
  lockCutoff,
  reportCutoff,
  type CutoffDecision,
  type CutoffReport,
  type CutoffRule,
  type LockedCutoff,
  type Override,
} from './designs/locked-cutoff.ts'
export {
  drawLottery,
  drawPhaseIn,
  hashOfList,
  type Draw,
  type DrawnEntrant,
  type DrawRequest,
  type Entrant,
} from './designs/lottery-draw.ts'
export { aroundTheStop, kinkOfCap } from './designs/natural-breaks.ts'
export {
  affordability,
  type Affordability,
  type ComputeBalance,
  type Limits,
  type Treasury,
} from './simulation/affordability.ts'
export { ASSUMED_BEHAVIOUR } from './simulation/assumed-behaviour.ts'
export {
  fitSpend,
  populationOf,
  samplePopulation,
  type Population,
  type PopulationPriors,
  type SimulatedFirm,
} from './simulation/population.ts'
export { policyEvaluator, type SimulatedPolicy } from './simulation/policy-evaluator.ts'
export {
  POPULATION_COLUMNS,
  POPULATION_DEFAULTS,
  readFirms,
  readSetting,
  type ReadFirms,
  type Setting,
} from './simulation/read-setting.ts'
export { prepare, respond, type Demand } from './simulation/response.ts'
export {
  supportAt,
  tabulate,
  type FirmClass,
  type Schedule,
  type SupportEvaluator,
} from './simulation/schedule.ts'
export { morris, type Sensitivity } from './simulation/sensitivity.ts'
export {
  schedulesOf,
  simulate,
  type Behaviour,
  type DrawResults,
  type Prior,
  type SimulationInput,
} from './simulation/simulate.ts'
export {
  backTest,
  compareVersions,
  efficiencyFrontier,
  marginalValues,
  summariseDraws,
  type MarginalRow,
  type MarginalValue,
  type SimulationSummary,
} from './simulation/summary.ts'
