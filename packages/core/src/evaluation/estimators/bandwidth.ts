// The bandwidth that minimises the mean squared error of a difference (or kink) at a cut-off, one for both sides, in
// the three steps of Calonico, Cattaneo and Farrell (2020, Econometrics Journal): a rule of thumb, then the bias
// bandwidth, then the main one, the squared bias kept off zero by its own variance (Imbens and Kalyanaraman 2012).
import { powReal } from '../../numeric.ts'
import { ascending, steppedQuantile, variance } from '../mathematics/statistics.ts'
import {
  fitLocal,
  influenceOf,
  influenceVariance,
  neighbourResiduals,
  within,
  type Kernel,
  type Side,
} from './local-polynomial.ts'

export interface Sides {
  readonly left: Side
  readonly right: Side
}

export interface Shape {
  /** polynomial order of the estimate; one more corrects its bias */
  readonly order: number
  /** 0 for a jump, 1 for a kink */
  readonly derivative: number
  readonly kernel: Kernel
}

export interface Bandwidths {
  readonly main: number
  readonly bias: number
}

const RULE_OF_THUMB: Readonly<Record<Kernel, number>> = {
  triangular: 2.576,
  uniform: 1.843,
  epanechnikov: 2.34,
}

/** Fewest distinct points a side must keep when the running variable has many ties. */
const DISTINCT_WHEN_TIED = 10
const TIED_SHARE = 0.2

/** @returns null when a side has too few distinct points for the pilot polynomials */
export function chooseBandwidths(sides: Sides, shape: Shape): Bandwidths | null {
  const { order, derivative, kernel } = shape
  const floor = leastBandwidth(sides)
  const reach = { left: -sides.left.x[0]!, right: sides.right.x.at(-1)! }
  const widest = Math.max(reach.left, reach.right)
  const clip = (bandwidth: number): number => Math.max(Math.min(bandwidth, widest), floor)
  const pilot = clip(ruleOfThumb(sides, kernel))
  const step = (stage: Omit<Stage, 'pilot' | 'kernel'>): number | null => {
    const left = sideTerms(sides.left, { ...stage, pilot, kernel, biasWidth: stage.biasWidth ?? reach.left })
    const right = sideTerms(sides.right, {
      ...stage,
      pilot,
      kernel,
      biasWidth: stage.biasWidth ?? reach.right,
    })
    if (left === null || right === null) return null
    const bias = right.bias - left.bias
    const penalty = stage.regularised ? left.penalty + right.penalty : 0
    const ratio = (left.variance + right.variance) / (bias * bias + penalty)
    if (!(ratio > 0)) return null
    return clip(ratio === Infinity ? widest : powReal(ratio, 1 / (2 * stage.order + 3)))
  }
  const first = step({ order: order + 2, derivative: order + 2, regularised: false })
  if (first === null) return null
  const bias = step({ order: order + 1, derivative: order + 1, biasWidth: first, regularised: true })
  if (bias === null) return null
  const main = step({ order, derivative, biasWidth: bias, regularised: true })
  return main === null ? null : { main, bias }
}

function ruleOfThumb({ left, right }: Sides, kernel: Kernel): number {
  const all = ascending([...left.x, ...right.x])
  const spread = (steppedQuantile(all, 0.75) - steppedQuantile(all, 0.25)) / 1.349
  const deviation = Math.sqrt(variance(all))
  const scale = spread > 0 ? Math.min(deviation, spread) : deviation
  return RULE_OF_THUMB[kernel] * scale * powReal(distinct(left.x) + distinct(right.x), -0.2)
}

/** Zero, or what keeps ten distinct points on each side when a fifth of a side's values are repeats. */
function leastBandwidth({ left, right }: Sides): number {
  const tied = [left.x, right.x].some((x) => 1 - distinct(x) / x.length >= TIED_SHARE)
  if (!tied) return 0
  return Math.max(nthDistance(left.x.toReversed()), nthDistance(right.x))
}

function nthDistance(outwards: Float64Array): number {
  const unique = outwards.filter((value, index) => index === 0 || value !== outwards[index - 1])
  return Math.abs(unique[Math.min(DISTINCT_WHEN_TIED, unique.length) - 1]!) + 1e-8
}

/** Distinct values of a sorted list. */
export function distinct(sorted: Float64Array): number {
  let count = 0
  for (let index = 0; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) count++
  }
  return count
}

interface Stage {
  readonly order: number
  readonly derivative: number
  readonly kernel: Kernel
  /** bandwidth of the variance */
  readonly pilot: number
  /** bandwidth of the bias; left out for the whole side */
  readonly biasWidth?: number
  readonly regularised: boolean
}

interface SideTerms {
  readonly variance: number
  readonly bias: number
  readonly penalty: number
}

/** Variance and leading bias constants of one side, each with the power of the bandwidth taken out. */
function sideTerms(side: Side, stage: Stage & { readonly biasWidth: number }): SideTerms | null {
  const { order, derivative, kernel, pilot, biasWidth } = stage
  const near = within(side, pilot, kernel)
  const fit = fitLocal(near, pilot, order, kernel)
  const wide = within(side, biasWidth, kernel)
  const curve = fitLocal(wide, biasWidth, order + 1, kernel)
  if (fit === null || curve === null) return null
  const weights = influenceOf(fit, derivative)
  let constant = 0
  for (let row = 0; row < near.x.length; row++)
    constant += weights[row]! * raised(near.x[row]! / pilot, order + 1)
  const unit = raised(biasWidth, order + 1)
  const gap = 2 * (order + 1 - derivative)
  const curveVariance = stage.regularised
    ? influenceVariance(influenceOf(curve, order + 1), neighbourResiduals(wide)) / (unit * unit)
    : 0
  return {
    variance: (2 * derivative + 1) * pilot * influenceVariance(weights, neighbourResiduals(near)),
    bias: (Math.sqrt(gap) * constant * curve.coefficients[order + 1]!) / unit,
    penalty: gap * 3 * constant * constant * curveVariance,
  }
}

function raised(base: number, power: number): number {
  let result = 1
  for (let count = 0; count < power; count++) result *= base
  return result
}
