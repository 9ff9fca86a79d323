export { boundProgramme } from './bound.ts'
export { classReason, type ClassReason, type Demand } from './demand.ts'
export {
  classPrices,
  explain,
  explainFailure,
  type Candidate,
  type ClassPrice,
  type Explanation,
  type Failure,
  type FailureCode,
  type Lack,
} from './explain.ts'
export { type Claim, type Fleet, type NodeClass } from './fleet.ts'
export { createMix, fleetFragmentation, type WeightedDemand } from './fragmentation.ts'
export { placeGang, releaseGang, type Gang, type GangRefusal } from './gang.ts'
export { capacityMilliOf, inflate, measure, type ArrivalOrder, type Measurement } from './inflation.ts'
export { migLayouts, type MigLayout, type MigProfile } from './mig.ts'
export { carryOut, placeWithMove, proposeMove, type Move, type MoveRefusal } from './migrate.ts'
export { readNodes, readTasks, type TableRefusal } from './openb.ts'
export {
  createPlacer,
  type Placed,
  type Placer,
  type PlaceRefusal,
  type PlacerOptions,
  type PlacerRefusal,
  type TaskRefusal,
} from './placer.ts'
export { publishedPolicies, strategies, type Strategy } from './policies.ts'
export { pricedParameters, type Among, type PricedParameters, type ScoreParts } from './priced.ts'
export { type ClassPrices } from './prices.ts'
export {
  checkNode,
  checkTask,
  kindOf,
  requestedMilliOf,
  type ChipChoice,
  type NodeSpec,
  type Slice,
  type TaskKind,
  type TaskSpec,
} from './specs.ts'
export { dominantShare, fairOrder, type ShareRequest, type ShareTable } from './fair-share.ts'
export {
  createLeaseBook,
  type EndRefusal,
  type Lease,
  type LeaseBook,
  type LeaseChoice,
  type LeasedNode,
  type LeaseRefusal,
  type LeaseRequest,
} from './lease.ts'
export { matchNeeds, type Match, type Matching, type OfferPrice } from './matching.ts'
export { explainUnmet, type OfferReasons, type UnmetReason } from './matching-unmet.ts'
export {
  costOf,
  devicesOn,
  exclusions,
  relax,
  worthOf,
  type Exclusion,
  type ExclusionCode,
  type MatchingProblem,
  type MatchingRefusal,
  type MatchingWeights,
  type Need,
  type Offer,
  type Promised,
} from './matching-problem.ts'
export {
  admit,
  giveBack,
  usedBy,
  type Admission,
  type Quota,
  type QuotaGrant,
  type QuotaRefusal,
  type QuotaState,
} from './quota.ts'
