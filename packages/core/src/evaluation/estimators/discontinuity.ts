// Regression discontinuity and kink: local polynomials on both sides of a cut-off, the bias estimated one order higher
// and its noise counted in the interval (Calonico, Cattaneo and Titiunik 2014, Econometrica 82). Fuzzy when who was
// treated did not follow the cut-off strictly; kink for the change of slope (Card, Lee, Pei and Weber 2015).
import { powReal } from '../../numeric.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { estimateOf, type ConfidenceInterval } from '../estimate.ts'
import { normalQuantile } from '../mathematics/distributions.ts'
import { chooseBandwidths, distinct, type Bandwidths, type Shape, type Sides } from './bandwidth.ts'
import { isConstant, tooFew, type EstimatorCode } from './codes.ts'
import {
  fitLocal,
  influenceOf,
  influenceVariance,
  leftOutResiduals,
  neighbourResiduals,
  within,
  type Kernel,
  type Side,
} from './local-polynomial.ts'

export interface DiscontinuityData {
  readonly outcome: Float64Array
  readonly running: Float64Array
  readonly cutoff: number
  /** 1 for the rows that were in fact treated: makes the design fuzzy */
  readonly treated?: Float64Array
}

export interface DiscontinuityOptions {
  readonly kernel?: Kernel
  readonly order?: number
  /** in the unit of the running variable; chosen from the data when left out */
  readonly bandwidth?: number
  readonly biasBandwidth?: number
  /**
   * `mse`: best point estimate, nearest-neighbour variances; `coverage`: a smaller bandwidth and HC3 variances, whose
   * interval covers better in small samples and on curved outcomes
   */
  readonly selector?: 'mse' | 'coverage'
  /** leaves out rows closer to the cut-off than this */
  readonly donut?: number
}

export interface Discontinuity {
  /** conventional point estimate, in the unit of the outcome (per unit of running variable for a kink) */
  readonly estimate: number
  /** of the conventional estimate */
  readonly se: number
  readonly biasCorrected: number
  readonly robustSe: number
  /** robust and bias-corrected, 95 per cent: the interval to report */
  readonly ci: ConfidenceInterval
  readonly conventionalCi: ConfidenceInterval
  /** of the robust statistic */
  readonly pValue: number
  readonly bandwidth: number
  readonly biasBandwidth: number
  /** rows within the bandwidth */
  readonly nLeft: number
  readonly nRight: number
  readonly totalLeft: number
  readonly totalRight: number
  readonly kernel: Kernel
  readonly design: 'sharp' | 'fuzzy'
  /** fuzzy only: the jump of the share treated */
  readonly firstStage?: number
}

export type DiscontinuityCode = EstimatorCode | 'evaluation.cutoff_outside' | 'evaluation.no_first_stage'

const FEWEST_PER_SIDE = 10

/** The jump of the outcome at the cut-off (per treated when `treated` is given). */
export function discontinuity(
  data: DiscontinuityData,
  options: DiscontinuityOptions = {},
): Decision<Discontinuity, DiscontinuityCode> {
  return estimateAtCutoff(data, options, {
    order: options.order ?? 1,
    derivative: 0,
    kernel: options.kernel ?? 'triangular',
  })
}

/**
 * The change of the outcome's slope at the cut-off, divided by the known change of the policy's slope there
 * (−rate where a cap ends the support).
 */
export function kink(
  data: DiscontinuityData,
  options: DiscontinuityOptions & { readonly slopeChange?: number } = {},
): Decision<Discontinuity, DiscontinuityCode> {
  const slopeChange = options.slopeChange ?? 1
  if (!Number.isFinite(slopeChange) || slopeChange === 0)
    return refuse('evaluation.bad_option', { option: 'slopeChange', value: slopeChange })
  const scaled = { ...data, outcome: data.outcome.map((value) => value / slopeChange) }
  return estimateAtCutoff(scaled, options, {
    order: options.order ?? 2,
    derivative: 1,
    kernel: options.kernel ?? 'triangular',
  })
}

function estimateAtCutoff(
  data: DiscontinuityData,
  options: DiscontinuityOptions,
  shape: Shape,
): Decision<Discontinuity, DiscontinuityCode> {
  const refused = badOption(options, shape)
  if (refused !== null) return refuse('evaluation.bad_option', refused)
  const sides = split(data, data.outcome, options.donut ?? 0)
  const { left, right } = sides
  if (left.x.length === 0 || right.x.length === 0)
    return refuse('evaluation.cutoff_outside', { cutoff: data.cutoff })
  for (const [where, side] of Object.entries(sides) as [string, Side][]) {
    const points = distinct(side.x)
    const needed = Math.max(FEWEST_PER_SIDE, shape.order + 4)
    if (points < needed) return tooFew(where, points, needed)
  }
  if (isConstant(data.outcome)) return refuse('evaluation.no_variation', { column: 'outcome' })
  const bandwidths = bandwidthsOf(sides, shape, options)
  if (bandwidths === null) return tooFew('pilot', Math.min(left.x.length, right.x.length), FEWEST_PER_SIDE)
  const treatedSides = data.treated && split(data, data.treated, options.donut ?? 0)
  const plan: Plan = { shape, bandwidths, leftOut: options.selector === 'coverage' }
  const jump = treatedSides ? fuzzyJump(sides, treatedSides, plan) : jumpOf(sides, plan)
  if (jump === null)
    return tooFew('bandwidth', countWithin(left, bandwidths.main, shape.kernel), shape.order + 2)
  if (jump === 'no_first_stage') return refuse('evaluation.no_first_stage')
  return accept(describe(jump, { sides, shape, bandwidths }))
}

function badOption(
  { bandwidth = 1, biasBandwidth = 1, donut = 0 }: DiscontinuityOptions,
  { order }: Shape,
): { option: string; value: number } | null {
  if (!(bandwidth > 0 && bandwidth < Infinity)) return { option: 'bandwidth', value: bandwidth }
  if (!(biasBandwidth > 0 && biasBandwidth < Infinity))
    return { option: 'biasBandwidth', value: biasBandwidth }
  if (!(donut >= 0 && donut < Infinity)) return { option: 'donut', value: donut }
  return [1, 2, 3].includes(order) ? null : { option: 'order', value: order }
}

function bandwidthsOf(sides: Sides, shape: Shape, options: DiscontinuityOptions): Bandwidths | null {
  if (options.bandwidth === undefined) {
    const chosen = chooseBandwidths(sides, shape)
    return chosen !== null && options.selector === 'coverage' ? forCoverage(chosen, sides, shape) : chosen
  }
  return { main: options.bandwidth, bias: options.biasBandwidth ?? options.bandwidth }
}

/** The rate of the bandwidth that minimises the coverage error (Calonico, Cattaneo and Farrell 2020). */
function forCoverage({ main, bias }: Bandwidths, { left, right }: Sides, { order }: Shape): Bandwidths {
  const shrink = -order / ((3 + order) * (3 + 2 * order))
  return { main: main * powReal(left.x.length + right.x.length, shrink), bias }
}

/** Signed distances to the cut-off, sorted; a row at the cut-off lies on the right. */
function split({ running, cutoff }: DiscontinuityData, values: Float64Array, donut: number): Sides {
  const order = Array.from(running, (_, row) => row).sort((a, b) => running[a]! - running[b]! || a - b)
  const kept = order.filter((row) => donut === 0 || Math.abs(running[row]! - cutoff) >= donut)
  const side = (rows: number[]): Side => ({
    x: Float64Array.from(rows, (row) => running[row]! - cutoff),
    y: Float64Array.from(rows, (row) => values[row]!),
  })
  return {
    left: side(kept.filter((row) => running[row]! < cutoff)),
    right: side(kept.filter((row) => running[row]! >= cutoff)),
  }
}

interface Jump {
  readonly estimate: number
  readonly variance: number
  readonly corrected: number
  readonly robustVariance: number
  readonly firstStage?: number
}

interface Plan {
  readonly shape: Shape
  readonly bandwidths: Bandwidths
  /** variances of residuals that leave their own row out (HC3) instead of those of nearest neighbours */
  readonly leftOut: boolean
}

function jumpOf(sides: Sides, plan: Plan): Jump | null {
  const left = sideJump(sides.left, plan)
  const right = sideJump(sides.right, plan)
  if (left === null || right === null) return null
  return {
    estimate: right.estimate - left.estimate,
    corrected: right.corrected - left.corrected,
    variance: right.variance + left.variance,
    robustVariance: right.robustVariance + left.robustVariance,
  }
}

/** One side's value (or slope) at the cut-off, plain and bias-corrected, each as a linear map of the outcomes. */
function sideJump(side: Side, { shape, bandwidths, leftOut }: Plan): Jump | null {
  const { order, derivative, kernel } = shape
  const { main, bias } = bandwidths
  const wide = within(side, Math.max(main, bias), kernel)
  const fit = fitLocal(wide, main, order, kernel)
  const curve = fitLocal(wide, bias, order + 1, kernel)
  if (fit === null || curve === null) return null
  const plain = influenceOf(fit, derivative)
  const curvature = influenceOf(curve, order + 1)
  let constant = 0
  for (let row = 0; row < plain.length; row++) {
    const u = wide.x[row]! / main
    let power = u
    for (let step = 1; step <= order; step++) power *= u
    constant += plain[row]! * power
  }
  let ratio = main / bias
  for (let step = 1; step <= order; step++) ratio *= main / bias
  const unit = derivative === 0 ? 1 : 1 / main
  const plainMap = plain.map((value) => value * unit)
  const robustMap = plainMap.map((value, row) => value - constant * ratio * unit * curvature[row]!)
  const near = leftOut ? undefined : neighbourResiduals(wide)
  const [plainResiduals, robustResiduals] = [
    near ?? leftOutResiduals(wide, { bandwidth: main, fit }),
    near ?? leftOutResiduals(wide, { bandwidth: bias, fit: curve }),
  ]
  return {
    estimate: dot(plainMap, wide.y),
    corrected: dot(robustMap, wide.y),
    variance: influenceVariance(plainMap, plainResiduals),
    robustVariance: influenceVariance(robustMap, robustResiduals),
  }
}

/** The ratio of two jumps; its bias and variance are those of the linearised outcome (y − τ·t) / jump of t. */
function fuzzyJump(outcome: Sides, treated: Sides, plan: Plan): Jump | 'no_first_stage' | null {
  const reduced = jumpOf(outcome, plan)
  const first = jumpOf(treated, plan)
  if (reduced === null || first === null) return null
  if (Math.abs(first.estimate) < 1e-9) return 'no_first_stage'
  const ratio = reduced.estimate / first.estimate
  const linear = (y: Side, t: Side): Side => ({
    x: y.x,
    y: y.y.map((value, row) => (value - ratio * t.y[row]!) / first.estimate),
  })
  const sides = { left: linear(outcome.left, treated.left), right: linear(outcome.right, treated.right) }
  const jump = jumpOf(sides, plan)
  if (jump === null) return null
  return { ...jump, estimate: ratio, corrected: ratio + jump.corrected, firstStage: first.estimate }
}

function describe(
  jump: Jump,
  { sides, shape, bandwidths }: { sides: Sides; shape: Shape; bandwidths: Bandwidths },
): Discontinuity {
  const se = Math.sqrt(jump.variance)
  const robustSe = Math.sqrt(jump.robustVariance)
  const reach = normalQuantile(0.975)
  return {
    estimate: jump.estimate,
    se,
    biasCorrected: jump.corrected,
    robustSe,
    ci: [jump.corrected - reach * robustSe, jump.corrected + reach * robustSe],
    conventionalCi: estimateOf(jump.estimate, se).ci,
    pValue: estimateOf(jump.corrected, robustSe).pValue,
    bandwidth: bandwidths.main,
    biasBandwidth: bandwidths.bias,
    nLeft: countWithin(sides.left, bandwidths.main, shape.kernel),
    nRight: countWithin(sides.right, bandwidths.main, shape.kernel),
    totalLeft: sides.left.x.length,
    totalRight: sides.right.x.length,
    kernel: shape.kernel,
    design: jump.firstStage === undefined ? 'sharp' : 'fuzzy',
    ...(jump.firstStage === undefined ? {} : { firstStage: jump.firstStage }),
  }
}

function countWithin(side: Side, bandwidth: number, kernel: Kernel): number {
  return within(side, bandwidth, kernel).x.length
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let row = 0; row < left.length; row++) sum += left[row]! * right[row]!
  return sum
}
