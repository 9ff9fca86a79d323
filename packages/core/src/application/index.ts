export {
  pathOf,
  reviewedTable,
  reviewStates,
  tierActors,
  tierOf,
  tierState,
  type ReviewPlan,
} from './review-tiers.ts'
export {
  actorFor,
  actors,
  advance,
  allowedEvents,
  clockOf,
  statesOf,
  type Actor,
  type Clock,
  type Transition,
  type Workflow,
} from './workflow.ts'
export { stationsOf, STOPS, wayToGoodEnd, type Station, type Visit } from './stations.ts'
export { disbursementTable, wayNamed, ways, type Way, type WayId } from './ways.ts'
export {
  acceptanceResults,
  partsOf,
  projectTable,
  selectByRank,
  type AcceptanceResult,
  type Candidate,
  type PaymentPart,
  type Place,
  type Ranked,
} from './projects.ts'
export {
  clawbackBases,
  clawbackTable,
  fineRange,
  PERSONAL_FINE,
  rectificationTable,
  type ClawbackBasis,
  type FineRange,
} from './clawback.ts'
export { disputeTable } from './dispute.ts'
export { datesProblem, missingIn, type DraftToCheck, type Missing, type Required } from './completeness.ts'
export { changedFields, correctableFields, type Change, type DraftToCompare } from './corrections.ts'
export {
  EXPERTS_AT_LEAST,
  recommendations,
  summarisePanel,
  totalTenths,
  type Opinion,
  type PanelSummary,
  type Recommendation,
  type Spread,
} from './expert-review.ts'
export {
  applicationFacts,
  doubtsOf,
  type ApplicationFactValue,
  type ContractFacts,
  type FactsInput,
  type Findings,
  type RegisterVersion,
  type SourcedFact,
  type StatementFacts,
} from './facts.ts'
export {
  factOrigins,
  factsToDeclare,
  isDeclarable,
  valuesToFind,
  wrongStatements,
  type FactOrigin,
} from './fact-origins.ts'
export {
  joinReadiness,
  registrySweep,
  sweepKind,
  type MissingFact,
  type SweepReadiness,
} from './registry-sweep.ts'
export { factsFromRegisters, registerFactIds, type RegisterDoubt } from './register-facts.ts'
export { funnelOf, funnelStages, type FunnelCase, type FunnelLine, type FunnelStage } from './funnel.ts'
export {
  codeOf,
  decisionKind,
  decisionKinds,
  writeDecisionNumber,
  type DecisionKind,
} from './decision-number.ts'
