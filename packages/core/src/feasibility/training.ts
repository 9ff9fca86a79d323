// How long a training run takes and what a centre can serve, instead of thresholds in P: C = 6·N·D operations at
// P_d16 × MFU (Kaplan et al. 2020; MFU as in Chowdhery et al. 2022), with the memory floor and the link between
// cards checked beside it.
import { accept, type Decision } from '../refusal.ts'
import { outsideRange, type RangeCode } from './ranges.ts'

const SECONDS_PER_DAY = 86_400
const FLOPS_PER_PETAFLOP = 1e15
/** mixed-precision Adam: 2 weights + 2 gradients + 12 optimiser state */
const BYTES_PER_PARAMETER = 16
/** activations and fragmentation: plan twice the floor */
const MEMORY_PLAN_FACTOR = 2
/** below this scale-out link per card a run is not expected above `SLOW_LINK_MFU` (working assumption) */
const SLOW_LINK_GBPS = 200
const SLOW_LINK_MFU = 0.2

export interface TrainingRun {
  /** parameters that work on each token (all of a dense model, the active ones of a mixture) */
  readonly activeParameters: number
  /** all parameters that must be held in memory */
  readonly totalParameters: number
  readonly tokens: number
  readonly densePetaflops: number
  /** share of the dense 16-bit peak that becomes model arithmetic */
  readonly modelFlopsUtilisation: number
  readonly availability?: number
  readonly cards?: number
  readonly memoryGbPerCard?: number
  readonly linkGbpsPerCard?: number
  readonly deadlineDays?: number
}

export interface TrainingTime {
  readonly operations: number
  readonly days: number
  readonly utilisationUsed: number
  readonly memoryFloorGb: number
  readonly memoryPlanGb: number
  /** undefined: cards or their memory are not known */
  readonly memoryFits: boolean | undefined
  readonly slowLink: boolean | undefined
  /** undefined: no deadline is stated, or memory is not known and time alone would do */
  readonly feasible: boolean | undefined
}

/** @returns `feasibility.out_of_range` for a number that is not one or is absurd */
export function trainingTime(run: TrainingRun): Decision<TrainingTime, RangeCode> {
  const refused = outsideRange(run, {
    activeParameters: [1, 1e16],
    totalParameters: [1, 1e16],
    tokens: [1, 1e18],
    densePetaflops: [1e-6, 1e9],
    modelFlopsUtilisation: [1e-4, 1],
    availability: [1e-4, 1],
    cards: [1, 1e8],
    memoryGbPerCard: [0.1, 1e5],
    linkGbpsPerCard: [0, 1e6],
    deadlineDays: [0.01, 1e6],
  })
  if (refused) return refused
  const slowLink = run.linkGbpsPerCard === undefined ? undefined : run.linkGbpsPerCard < SLOW_LINK_GBPS
  const utilisationUsed = slowLink
    ? Math.min(run.modelFlopsUtilisation, SLOW_LINK_MFU)
    : run.modelFlopsUtilisation
  const operations = 6 * run.activeParameters * run.tokens
  const perSecond = run.densePetaflops * FLOPS_PER_PETAFLOP * utilisationUsed * (run.availability ?? 1)
  const days = operations / perSecond / SECONDS_PER_DAY
  const memoryFloorGb = (run.totalParameters * BYTES_PER_PARAMETER) / 1e9
  const memoryPlanGb = memoryFloorGb * MEMORY_PLAN_FACTOR
  const memoryFits =
    run.cards === undefined || run.memoryGbPerCard === undefined
      ? undefined
      : run.cards * run.memoryGbPerCard >= memoryPlanGb
  const inTime = run.deadlineDays === undefined ? undefined : days <= run.deadlineDays
  return accept({
    operations,
    days,
    utilisationUsed,
    memoryFloorGb,
    memoryPlanGb,
    memoryFits,
    slowLink,
    feasible: inTime === undefined ? undefined : inTime ? memoryFits : false,
  })
}

export interface TrainingRecord {
  readonly activeParameters: number
  readonly tokens: number
  readonly cardHours: number
  readonly denseTeraflopsPerCard: number
}

/** MFU of a published run from its card-hours. */
export function utilisationOf(record: TrainingRecord): Decision<number, RangeCode> {
  const refused = outsideRange(record, {
    activeParameters: [1, 1e16],
    tokens: [1, 1e18],
    cardHours: [1e-3, 1e13],
    denseTeraflopsPerCard: [1e-3, 1e7],
  })
  if (refused) return refused
  const peak = record.cardHours * 3600 * record.denseTeraflopsPerCard * 1e12
  return accept((6 * record.activeParameters * record.tokens) / peak)
}

export interface ServingPlan {
  readonly densePetaflops: number
  readonly activeParameters: number
  /** share of the dense 16-bit peak that becomes served tokens */
  readonly efficiency: number
  readonly residents?: number
}

export interface Serving {
  readonly tokensPerDay: number
  readonly tokensPerResidentAndDay: number | undefined
}

/** Tokens a day: P·86,400·η / (2·N). */
export function serving(plan: ServingPlan): Decision<Serving, RangeCode> {
  const refused = outsideRange(plan, {
    densePetaflops: [1e-6, 1e9],
    activeParameters: [1, 1e16],
    efficiency: [1e-4, 1],
    residents: [1, 1e10],
  })
  if (refused) return refused
  const perDay = plan.densePetaflops * FLOPS_PER_PETAFLOP * SECONDS_PER_DAY * plan.efficiency
  const tokensPerDay = perDay / (2 * plan.activeParameters)
  return accept({
    tokensPerDay,
    tokensPerResidentAndDay: plan.residents === undefined ? undefined : tokensPerDay / plan.residents,
  })
}
