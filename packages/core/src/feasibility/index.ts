export { AI_CAPEX_BAND, CLAUSES, COMPARABLES, DEFAULTS, HPC_CAPEX_BAND, UNCERTAINTY } from './benchmarks.ts'
export type { Basis, Clause, ClauseId, DefaultId } from './benchmarks.ts'
export { assessCentre, assessDebt, assessFlows, simulateCentre } from './assess.ts'
export type { CentreValue, FlowValue } from './assess.ts'
export type { BreakEven, BreakEvens } from './break-even.ts'
export type { CentreModel, YearOfCentre } from './cash-flow.ts'
export type { CoverRatios, DebtTerms } from './debt.ts'
export type { Appraisal } from './economics.ts'
export { debtLight, fiscalBurden, fiscalPosition } from './fiscal.ts'
export type { Budget, DebtLight, FiscalBurden, FiscalPosition, ProjectBurden } from './fiscal.ts'
export { GATE_REASONS, GATES } from './gates/index.ts'
export type { GateId, GateReason, GateStatus, GateValue, Judgement } from './gates/index.ts'
export { FACT_PATHS, FAVOURS, FUNDING_KINDS, P_READINGS, proposalSchema, SOURCE_KINDS } from './proposal.ts'
export type {
  Fact,
  FactPath,
  Favour,
  Known,
  OfftakeContract,
  PReading,
  Proposal,
  SourceKind,
} from './proposal.ts'
export { checkProposal, readProposal, type ProposalCode } from './read-proposal.ts'
export type { ChipTable, Reading } from './readings.ts'
export type { InternalRates, Payback } from './returns.ts'
export { reviewFeasibility } from './review.ts'
export type { FeasibilityReview, GateResult, Question, ReviewCode, ReviewOptions, Verdict } from './review.ts'
export type { BurdenCase, ClaimBeside, FactBasis, TrainingAnswer } from './review-parts.ts'
export { forecastOf, scoreReviews, type Actuals, type ReviewScore, type ScoredForecast } from './scoring.ts'
export { withoutWidth } from './simulation.ts'
export type { Driver, Fan, SignedContract, Simulation, SimulationInput, Uncertainty } from './simulation.ts'
export { spareCapacity, type NeighbourCentre, type SpareCapacity } from './spare-capacity.ts'
export { STRESSES, type Stress, type StressId } from './stress.ts'
export { serving, trainingTime, utilisationOf } from './training.ts'
export type { Serving, ServingPlan, TrainingRecord, TrainingRun, TrainingTime } from './training.ts'
