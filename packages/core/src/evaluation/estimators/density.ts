// Did anyone move across the cut-off? The density of the running variable is estimated on both sides as the slope of
// a local polynomial through the empirical distribution function, and the two are compared (Cattaneo, Jansson and Ma
// 2018, Stata Journal 18; 2020, JASA 115). Bandwidths for a quadratic, the test with a cubic, so that the bias of the
// first is in the noise of the second. Each side's bandwidth is the median of three: the best for its own density, for
// the difference and for the sum.
import { powInt, powReal } from '../../numeric.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { estimateOf, type Estimate } from '../estimate.ts'
import { normalDensity } from '../mathematics/distributions.ts'
import { ascending, mean, quantile, variance } from '../mathematics/statistics.ts'
import { distinct } from './bandwidth.ts'
import { tooFew, type EstimatorCode } from './codes.ts'
import { fitLocal, influenceOf, within, type Side } from './local-polynomial.ts'

export interface DensityTest extends Estimate {
  /** density just right of the cut-off minus density just left is `estimate`; this is it over its error */
  readonly statistic: number
  readonly densityLeft: number
  readonly densityRight: number
  readonly bandwidthLeft: number
  readonly bandwidthRight: number
  readonly nLeft: number
  readonly nRight: number
}

/** The quadratic that chooses bandwidths; the test is one order higher. */
const ORDER = 2
/** Fewest distinct points a bandwidth must hold: twenty and the coefficients. */
const FEWEST_POINTS = 20 + ORDER + 1
/** e₁'S⁻¹c / 3! of the triangular kernel at a boundary. */
const BIAS_CONSTANT = -1 / 14
/** Variance over squared bias of the uniform kernel at a boundary: density by a quadratic, F‴ by a quartic. */
const PILOT_DENSITY_CONSTANT = 3840 / 7
const PILOT_CURVATURE_CONSTANT = 37_739_520 / 11

/**
 * Tests that the density of the running variable is continuous at the cut-off.
 * @param bandwidth of both sides; chosen from the data when left out
 */
export function densityTest(
  running: Float64Array,
  cutoff: number,
  bandwidth?: number,
): Decision<DensityTest, EstimatorCode | 'evaluation.cutoff_outside'> {
  if (bandwidth !== undefined && !(bandwidth > 0 && bandwidth < Infinity))
    return refuse('evaluation.bad_option', { option: 'bandwidth', value: bandwidth })
  const { left, right } = sidesOf(running, cutoff)
  if (left.x.length === 0 || right.x.length === 0) return refuse('evaluation.cutoff_outside', { cutoff })
  for (const [where, side] of [
    ['left', left],
    ['right', right],
  ] as const) {
    const points = distinct(side.x)
    if (points < FEWEST_POINTS) return tooFew(where, points, FEWEST_POINTS)
  }
  const chosen = bandwidth === undefined ? bandwidths(left, right) : { left: bandwidth, right: bandwidth }
  const onLeft = chosen && slope(left, chosen.left, ORDER + 1)
  const onRight = chosen && slope(right, chosen.right, ORDER + 1)
  if (!onLeft || !onRight || !(onLeft.variance + onRight.variance > 0))
    return tooFew('bandwidth', Math.min(onLeft?.count ?? 0, onRight?.count ?? 0), FEWEST_POINTS)
  const se = Math.sqrt(onLeft.variance + onRight.variance)
  const difference = onRight.value - onLeft.value
  return accept({
    ...estimateOf(difference, se),
    statistic: difference / se,
    densityLeft: onLeft.value,
    densityRight: onRight.value,
    bandwidthLeft: chosen.left,
    bandwidthRight: chosen.right,
    nLeft: onLeft.count,
    nRight: onRight.count,
  })
}

interface OneSide extends Side {
  /** rows of both sides */
  readonly total: number
}

/** Distances to the cut-off, sorted, with the share of all rows at or below each as "outcome". */
function sidesOf(running: Float64Array, cutoff: number): { left: OneSide; right: OneSide } {
  const x = ascending(running).map((value) => value - cutoff)
  const share = new Float64Array(x.length)
  for (let row = x.length - 1; row >= 0; row--)
    share[row] = x[row] === x[row + 1] ? share[row + 1]! : (row + 1) / x.length
  let border = x.findIndex((value) => value >= 0)
  if (border === -1) border = x.length
  return {
    left: { x: x.subarray(0, border), y: share.subarray(0, border), total: x.length },
    right: { x: x.subarray(border), y: share.subarray(border), total: x.length },
  }
}

interface Slope {
  readonly value: number
  readonly variance: number
  readonly count: number
}

/**
 * Density at the cut-off from one side. A row's influence is the summed weight of the rows at or above it; it is
 * not zero on this side only, so the variances of the two sides add up.
 */
function slope(side: OneSide, bandwidth: number, order: number): Slope | null {
  const near = within(side, bandwidth, 'triangular')
  const fit = fitLocal(near, bandwidth, order, 'triangular')
  if (fit === null) return null
  const weights = influenceOf(fit, 1)
  let [above, squares] = [0, 0]
  for (let last = near.x.length - 1; last >= 0;) {
    let first = last
    while (first > 0 && near.x[first - 1] === near.x[last]) first--
    for (let row = first; row <= last; row++) above += weights[row]! / bandwidth
    squares += (last - first + 1) * above * above
    last = first - 1
  }
  return {
    value: fit.coefficients[1]! / bandwidth,
    variance: squares / side.total / side.total,
    count: near.x.length,
  }
}

function bandwidths(left: OneSide, right: OneSide): { left: number; right: number } | null {
  const pilots = pilotsOf(Float64Array.from([...left.x, ...right.x]))
  const terms = [left, right].map((side) => sideTerms(side, pilots))
  const [onLeft, onRight] = terms
  if (!onLeft || !onRight) return null
  const both = onLeft.variance + onRight.variance
  const best = (noise: number, bias: number): number =>
    bias === 0 ? Infinity : powReal(noise / (2 * ORDER * bias * bias), 1 / (2 * ORDER + 1))
  const difference = best(both, onRight.bias - onLeft.bias)
  const sum = best(both, onRight.bias + onLeft.bias)
  const middle = (side: Side, terms: { variance: number; bias: number }): number => {
    const three = ascending([best(terms.variance, terms.bias), difference, sum])
    const reach = Math.max(Math.abs(side.x[0]!), Math.abs(side.x.at(-1)!))
    return Math.max(Math.min(quantile(three, 0.5), reach), holding(side))
  }
  return { left: middle(left, onLeft), right: middle(right, onRight) }
}

interface Pilots {
  readonly density: number
  readonly curvature: number
}

/** Rules of thumb: best bandwidths if the variable were normal with its mean and deviation. */
function pilotsOf(x: Float64Array): Pilots {
  const deviation = Math.sqrt(variance(x))
  const z = -mean(x) / deviation
  const density = normalDensity(z)
  const size = x.length
  const second = hermite(ORDER, z) * density
  const fourth = hermite(ORDER + 2, z) * density
  const forDensity = (density * PILOT_DENSITY_CONSTANT) / (second * second * 2 * ORDER * size)
  const forCurvature = (density * PILOT_CURVATURE_CONSTANT * (2 * ORDER + 1)) / (fourth * fourth * 4 * size)
  const widest = Math.max(Math.abs(x[0]!), Math.abs(x.at(-1)!))
  const clip = (bandwidth: number): number => (bandwidth < widest ? bandwidth : widest)
  return {
    density: clip(deviation * powReal(forDensity, 1 / (2 * ORDER + 1))),
    curvature: clip(deviation * powReal(forCurvature, 1 / (2 * ORDER + 5))),
  }
}

/** Hermite polynomials of the normal density's derivatives. */
function hermite(degree: number, z: number): number {
  let [previous, current] = [1, z]
  for (let k = 1; k < degree; k++) [previous, current] = [current, z * current - k * previous]
  return current
}

/** Variance (times bandwidth) and bias (over bandwidth²) of one side's density. */
function sideTerms(side: OneSide, pilots: Pilots): { variance: number; bias: number } | null {
  const least = holding(side)
  const noise = slope(side, Math.max(pilots.density, least), ORDER)
  const wide = Math.max(pilots.curvature, least)
  const curve = fitLocal(within(side, wide, 'triangular'), wide, ORDER + 2, 'triangular')
  if (noise === null || curve === null) return null
  const thirdDerivative = (6 * curve.coefficients[ORDER + 1]!) / powInt(wide, ORDER + 1)
  return {
    variance: noise.variance * Math.max(pilots.density, least),
    bias: BIAS_CONSTANT * thirdDerivative,
  }
}

/** The smallest bandwidth that holds the fewest distinct points. */
function holding(side: Side): number {
  const outwards = ascending(side.x.map(Math.abs))
  const unique = outwards.filter((value, index) => index === 0 || value !== outwards[index - 1])
  return unique[FEWEST_POINTS - 1]! * (1 + 1e-12) + Number.MIN_VALUE
}
