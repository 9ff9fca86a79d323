// The review of one proposal: readings, gates, appraisal, fiscal burden, spare capacity, claims beside computations,
// and a verdict that follows from the gates alone.
import { assert } from '../assert.ts'
import { findAccelerator } from '../capacity/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { CLAUSES, type Clause, type ClauseId } from './benchmarks.ts'
import { appraise, type Appraisal, type AppraisalOptions } from './economics.ts'
import { GATES } from './gates/index.ts'
import type { GateContext, GateId, GateReason, GateRule, Judgement } from './gates/index.ts'
import type { Fact, FactPath, PReading, Proposal } from './proposal.ts'
import { burdens, claimsBeside, factBases, neighboursOf, trainingOf } from './review-parts.ts'
import type { BurdenCase, ClaimBeside, FactBasis, TrainingAnswer } from './review-parts.ts'
import { chipSum, readingsOf, type ChipTable, type Reading } from './readings.ts'
import type { SpareCapacity } from './spare-capacity.ts'

/** 批准 · 退回补充 · 不宜建设 */
export type Verdict = 'approve' | 'return' | 'unsuitable'

export interface GateResult extends Judgement {
  readonly gate: GateId
  readonly blocking: boolean
  readonly clause: Clause & { readonly id: ClauseId }
}

export interface Question {
  readonly gate: GateId
  readonly reason: GateReason
  readonly paths: readonly FactPath[]
}

export interface FeasibilityReview {
  readonly method: 'feasibility/v1'
  readonly proposal: {
    readonly id: string
    readonly name: string
    readonly place: string
    readonly round: number
  }
  readonly verdict: Verdict
  readonly gates: readonly GateResult[]
  /** gates whose proven failure blocks */
  readonly blockers: readonly GateId[]
  readonly questions: readonly Question[]
  /** facts that count only on the applicant's signed word */
  readonly conditions: readonly string[]
  /** every known fact with what it rests on; its title, address and date stand under `sources` */
  readonly facts: readonly FactBasis[]
  readonly sources: Proposal['sources']
  /** facts that are our own working assumption */
  readonly assumedFacts: readonly string[]
  readonly readings: readonly Reading[]
  readonly appraisals: readonly ({ readonly reading: PReading } & Appraisal)[]
  /** for each end of the range of public debt; empty while the budget is unknown */
  readonly burdens: readonly BurdenCase[]
  readonly spareCapacity: SpareCapacity | undefined
  readonly training: readonly TrainingAnswer[]
  readonly claims: readonly ClaimBeside[]
}

export interface ReviewOptions extends AppraisalOptions {
  /** capacity's table, unless a city brings its own */
  readonly chips?: ChipTable
  /** fewer rules only in tests that prove each of them necessary */
  readonly rules?: readonly (GateRule & { readonly id: GateId })[]
}

export type ReviewCode = 'feasibility.out_of_range' | 'feasibility.duplicate_centre'

const MOST_PATHS = 1_000_000

/**
 * Reviews a proposal.
 * @param options paths of the simulation (1 to 1,000,000) and its seed (a safe integer)
 */
export function reviewFeasibility(
  proposal: Proposal,
  options: ReviewOptions,
): Decision<FeasibilityReview, ReviewCode> {
  const { paths, seed } = options
  if (!Number.isSafeInteger(paths) || paths < 1 || paths > MOST_PATHS)
    return refuse('feasibility.out_of_range', {
      path: 'paths',
      value: String(paths),
      from: 1,
      to: MOST_PATHS,
    })
  if (!Number.isSafeInteger(seed)) {
    const most = Number.MAX_SAFE_INTEGER
    return refuse('feasibility.out_of_range', { path: 'seed', value: String(seed), from: -most, to: most })
  }
  const context = contextOf(proposal, options)
  const spare = neighboursOf(context)
  if (spare && !spare.ok) return spare
  const gates = (options.rules ?? GATES).map((rule) => resultOf(rule, context))
  const review: FeasibilityReview = {
    method: 'feasibility/v1',
    proposal: { id: proposal.id, name: proposal.name, place: proposal.place, round: proposal.round },
    verdict: verdictOf(gates),
    gates,
    blockers: gates.filter((gate) => gate.blocking && gate.status === 'failed').map((gate) => gate.gate),
    questions: gates.filter((gate) => gate.status !== 'held').map(questionOf),
    facts: factBases(proposal),
    sources: proposal.sources,
    conditions: pathsBy(proposal, 'undertaking'),
    assumedFacts: pathsBy(proposal, 'assumed'),
    readings: context.readings,
    appraisals: [...context.appraisals].map(([reading, appraisal]) => ({ reading, ...appraisal })),
    burdens: burdens(proposal),
    spareCapacity: spare?.value,
    training: trainingOf(context),
    claims: claimsBeside(proposal),
  }
  assertFinite(review)
  return accept(review)
}

/** Approval needs every gate known and held; one proven blocker ends it; everything else goes back with questions. */
function verdictOf(gates: readonly GateResult[]): Verdict {
  if (gates.some((gate) => gate.blocking && gate.status === 'failed')) return 'unsuitable'
  return gates.every((gate) => gate.status === 'held') ? 'approve' : 'return'
}

function contextOf(proposal: Proposal, options: ReviewOptions): GateContext {
  const chips = options.chips ?? findAccelerator
  const sum = chipSum(proposal, chips)
  const readings = readingsOf(proposal, sum)
  const appraisals = new Map<PReading, Appraisal>()
  if (proposal.capex.total)
    for (const { reading, densePetaflops } of readings)
      if (densePetaflops !== undefined)
        appraisals.set(reading, appraise(proposal, densePetaflops, sum, options))
  const firm = <Value>(fact: Fact<Value>): Value | undefined =>
    fact && proposal.sources[fact.source]!.kind !== 'assumed' ? fact.value : undefined
  const { compute } = proposal
  const chipsAreFirm = firm(compute.chips) !== undefined
  const claimIsFirm = firm(compute.claimedPetaflops) !== undefined
  const readingIsFirm = compute.reading === null || firm(compute.reading) !== undefined
  return {
    proposal,
    chips,
    chipSum: chipsAreFirm ? sum : undefined,
    sizeIsFirm: sum ? chipsAreFirm : claimIsFirm && readingIsFirm,
    readings,
    appraisals,
    firm,
  }
}

function resultOf(rule: GateRule & { readonly id: GateId }, context: GateContext): GateResult {
  return {
    gate: rule.id,
    blocking: rule.blocking,
    clause: { id: rule.clause, ...CLAUSES[rule.clause] },
    ...rule.judge(context),
  }
}

function questionOf(gate: GateResult): Question {
  return { gate: gate.gate, reason: gate.reason, paths: gate.needs ?? [] }
}

function pathsBy(proposal: Proposal, kind: 'undertaking' | 'assumed'): string[] {
  return factBases(proposal)
    .filter((fact) => fact.kind === kind)
    .map((fact) => fact.path)
}

/** Nothing that is not a finite number leaves the review. */
function assertFinite(value: unknown): void {
  if (typeof value === 'number') assert(Number.isFinite(value), 'a review holds only finite numbers')
  else if (value !== null && typeof value === 'object') Object.values(value).forEach(assertFinite)
}
