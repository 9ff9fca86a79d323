// Excess mass at a cap: contracts that stop just where the support stops. A polynomial through the histogram outside
// a window around the cap says how many would be inside without it (Chetty, Friedman, Olsen and Pistaferri 2011;
// Kleven 2016). Counts are Poisson, so the error has a closed form and needs no bootstrap.
import { accept, refuse, type Decision } from '../../refusal.ts'
import { estimateOf, type Estimate } from '../estimate.ts'
import { fromColumns, leastSquares, product, timesVector, zeros } from '../mathematics/linear-algebra.ts'
import { tooFew, type EstimatorCode } from './codes.ts'

export interface BunchingOptions {
  readonly cap: number
  readonly binWidth: number
  /** bins below and above the cap that bunchers may be in */
  readonly binsBelow: number
  readonly binsAbove: number
  /** bins on each side of the cap used in all */
  readonly binsEachSide: number
  /** polynomial of the counterfactual */
  readonly order?: number
  /** marginal support rate below and above the cap, for the elasticity */
  readonly rates?: readonly [below: number, above: number]
}

export interface Bunching extends Estimate {
  /** `estimate` is the excess count over the expected count of one bin; this is the excess count itself */
  readonly excess: number
  readonly observed: number
  readonly expected: number
  /** −d ln spend / d ln price: excess in units of spend over the log price change at the cap */
  readonly elasticity?: number
}

/** @param spend contract amounts, in the unit of cap and bin width */
export function bunching(spend: Float64Array, options: BunchingOptions): Decision<Bunching, EstimatorCode> {
  const { cap, binWidth, binsBelow, binsAbove, binsEachSide, order = 5, rates } = options
  for (const [option, value] of Object.entries({ cap, binWidth, binsEachSide, order }))
    if (!(value > 0 && value < Infinity)) return refuse('evaluation.bad_option', { option, value })
  if (binsBelow < 0 || binsAbove < 1 || binsEachSide > 10_000 || order > 9)
    return refuse('evaluation.bad_option', { option: 'bins', value: `${binsBelow}+${binsAbove}` })
  const outside = 2 * binsEachSide - binsBelow - binsAbove
  if (outside < order + 4) return tooFew('bins', outside, order + 4)
  const counts = new Float64Array(2 * binsEachSide)
  for (const value of spend) {
    // a contract of exactly the cap belongs to the bin that ends there
    const bin = Math.ceil((value - cap) / binWidth - 1e-9) - 1 + binsEachSide
    if (bin >= 0 && bin < counts.length) counts[bin]!++
  }
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total < 100) return tooFew('contracts', total, 100)
  const window = { from: binsEachSide - binsBelow, to: binsEachSide + binsAbove }
  const expectation = expectedPerBin(counts, window, order)
  if (expectation === null) return refuse('evaluation.collinear')
  const { perBin, variance } = expectation
  const bins = binsBelow + binsAbove
  if (!(perBin > 0)) return tooFew('contracts', total, 100)
  const observed = counts.slice(window.from, window.to).reduce((sum, count) => sum + count, 0)
  const relative = observed / perBin
  const se = Math.sqrt(observed / (perBin * perBin) + (relative * relative * variance) / (perBin * perBin))
  const estimate = relative - bins
  const elasticity = rates && elasticityOf(estimate * binWidth, cap, rates)
  if (elasticity === null) return refuse('evaluation.bad_option', { option: 'rates', value: String(rates) })
  return accept({
    ...estimateOf(estimate, se),
    excess: observed - bins * perBin,
    observed,
    expected: bins * perBin,
    ...(elasticity === undefined ? {} : { elasticity }),
  })
}

/** Mean expected count of a bin in the window, with its Poisson variance. */
function expectedPerBin(
  counts: Float64Array,
  window: { from: number; to: number },
  order: number,
): { perBin: number; variance: number } | null {
  const half = counts.length / 2
  const powers = (bin: number): number[] => {
    const x = (bin + 0.5 - half) / half
    const row = [1]
    for (let power = 1; power <= order; power++) row.push(row[power - 1]! * x)
    return row
  }
  const used = Array.from(counts, (_, bin) => bin).filter((bin) => bin < window.from || bin >= window.to)
  const rows = used.map(powers)
  const design = fromColumns(Array.from({ length: order + 1 }, (_, power) => rows.map((row) => row[power]!)))
  const fit = leastSquares(
    design,
    used.map((bin) => counts[bin]!),
  )
  if (fit === null) return null
  const target = new Float64Array(order + 1)
  for (let bin = window.from; bin < window.to; bin++)
    powers(bin).forEach((value, power) => (target[power]! += value / (window.to - window.from)))
  const perBin = target.reduce((sum, value, power) => sum + value * fit.coefficients[power]!, 0)
  const meat = zeros(order + 1, order + 1)
  const fitted = timesVector(design, fit.coefficients)
  rows.forEach((row, index) => {
    for (let left = 0; left <= order; left++)
      for (let right = 0; right <= order; right++)
        meat.data[left * (order + 1) + right]! += row[left]! * row[right]! * Math.max(fitted[index]!, 0)
  })
  const spread = product(product(fit.inverseGram, meat), fit.inverseGram)
  const through = timesVector(spread, target)
  return { perBin, variance: target.reduce((sum, value, power) => sum + value * through[power]!, 0) }
}

function elasticityOf(shift: number, cap: number, [below, above]: readonly [number, number]): number | null {
  if (!(below < 1 && above < 1 && below > above && above >= 0)) return null
  return shift / cap / Math.log((1 - above) / (1 - below))
}
