// Few clusters (six districts, not six hundred firms): clustered errors are then too small, and the wild cluster
// bootstrap with the hypothesis imposed mends it (Cameron, Gelbach and Miller 2008), each cluster's residuals taken from
// the regression on the others (MacKinnon, Nielsen and Webb 2023). Up to twelve clusters every pattern of signs is tried,
// so the p-value is exact for the data and needs no seed; above that signs are drawn. Symmetric: a pattern counts when its
// statistic is as large in size as the one seen.
import { seededRandom, type Random } from '../../random.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { fromColumns, product, timesVector, transpose, type Matrix } from '../mathematics/linear-algebra.ts'
import { regress, standardError, type Regression } from '../mathematics/regression.ts'
import { tooFew, type EstimatorCode } from './codes.ts'

export interface ClusteredData {
  readonly outcome: Float64Array
  /** the regressor whose effect is tested against zero */
  readonly treatment: Float64Array
  readonly covariates?: readonly Float64Array[]
  /** cluster of each row as 0, 1, 2 … */
  readonly cluster: ArrayLike<number>
}

export interface WildBootstrap {
  readonly estimate: number
  /** over its clustered standard error */
  readonly statistic: number
  readonly pValue: number
  readonly clusters: number
}

const FEWEST_CLUSTERS = 5
const MOST_TO_ENUMERATE = 12

export function wildClusterBootstrap(
  data: ClusteredData,
  { draws, seed }: { readonly draws: number; readonly seed: string },
): Decision<WildBootstrap, EstimatorCode> {
  const clusters = new Set(Array.from(data.cluster)).size
  if (clusters < FEWEST_CLUSTERS) return tooFew('clusters', clusters, FEWEST_CLUSTERS)
  if (!Number.isSafeInteger(draws) || draws < 99 || draws > 1_000_000)
    return refuse('evaluation.bad_option', { option: 'draws', value: draws })
  const others = [data.outcome.map(() => 1), ...(data.covariates ?? [])]
  const restricted = regress(fromColumns(others), data.outcome)
  const full = regress(fromColumns([...others, data.treatment]), data.outcome)
  if (restricted === null || full === null) return refuse('evaluation.collinear')
  const at = others.length
  const se = standardError(full, at, 'cluster_hc0', data.cluster)
  if (!(se > 0)) return refuse('evaluation.no_variation', { column: 'outcome' })
  const seen = Math.abs(full.coefficients[at]! / se)
  const residuals = withoutOwnCluster(restricted, others, data)
  const terms = clusterTerms(full, residuals, data.cluster)
  const asLarge = shareAsLarge(terms, seen * (1 - 1e-10), { draws, random: seededRandom(seed) })
  return accept({
    estimate: full.coefficients[at]!,
    statistic: full.coefficients[at]! / se,
    pValue: asLarge,
    clusters,
  })
}

/**
 * What is left of each cluster's outcomes by the restricted regression on all other clusters (WCR-S: MacKinnon, Nielsen
 * and Webb 2023). Residuals of a regression that saw the cluster itself are too small, and with few clusters so are the
 * draws made of them. Where the others alone do not identify the regression, the residuals of all stand.
 */
function withoutOwnCluster(
  restricted: Regression,
  regressors: readonly Float64Array[],
  { outcome, cluster }: ClusteredData,
): Float64Array {
  const residuals = restricted.residuals.slice()
  for (const left of new Set(Array.from(cluster))) {
    const kept = Array.from(outcome.keys()).filter((row) => cluster[row] !== left)
    const of = (column: Float64Array): Float64Array => Float64Array.from(kept, (row) => column[row]!)
    const without = regress(fromColumns(regressors.map(of)), of(outcome))
    if (without === null) continue
    for (let row = 0; row < outcome.length; row++)
      if (cluster[row] === left)
        residuals[row] = regressors.reduce(
          (rest, column, place) => rest - without.coefficients[place]! * column[row]!,
          outcome[row]!,
        )
  }
  return residuals
}

/** A pattern of signs and its mirror image have the same statistic, so the first sign may stay. */
function shareAsLarge(
  terms: ClusterTerms,
  seen: number,
  { draws, random }: { draws: number; random: Random },
): number {
  const count = terms.own.length
  const signs = new Float64Array(count).fill(1)
  let asLarge = 0
  if (count <= MOST_TO_ENUMERATE) {
    const patterns = 1 << (count - 1)
    for (let pattern = 0; pattern < patterns; pattern++) {
      for (let bit = 1; bit < count; bit++) signs[bit] = (pattern >> (bit - 1)) & 1 ? -1 : 1
      if (statisticOf(terms, signs) >= seen) asLarge++
    }
    return asLarge / patterns
  }
  for (let draw = 0; draw < draws; draw++) {
    for (let index = 0; index < count; index++) signs[index] = random.int(2) === 0 ? -1 : 1
    if (statisticOf(terms, signs) >= seen) asLarge++
  }
  return (1 + asLarge) / (draws + 1)
}

interface ClusterTerms {
  /** each cluster's share in the drawn coefficient */
  readonly own: Float64Array
  /** clusters × clusters: how a draw of one moves the fitted part of another */
  readonly fitted: Matrix
}

/** Everything a draw needs, so that it costs clusters² and no regression. */
function clusterTerms(full: Regression, residuals: Float64Array, cluster: ArrayLike<number>): ClusterTerms {
  const { design, inverseGram } = full
  const size = design.columns
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < design.rows; row++) {
    const rows = rowsOf.get(cluster[row]!) ?? []
    rows.push(row)
    rowsOf.set(cluster[row]!, rows)
  }
  const parts = [...rowsOf.values()].map((rows) => {
    const x: Matrix = {
      rows: rows.length,
      columns: size,
      data: Float64Array.from(
        rows.flatMap((row) => Array.from(design.data.subarray(row * size, (row + 1) * size))),
      ),
    }
    const turned = transpose(x)
    const score = timesVector(
      turned,
      Float64Array.from(rows, (row) => residuals[row]!),
    )
    return { shift: timesVector(inverseGram, score), gram: product(turned, x) }
  })
  const last = inverseGram.data.subarray((size - 1) * size, size * size)
  const own = Float64Array.from(parts, ({ shift }) => shift[size - 1]!)
  const fitted: Matrix = {
    rows: parts.length,
    columns: parts.length,
    data: new Float64Array(parts.length * parts.length),
  }
  parts.forEach(({ gram }, row) => {
    const through = timesVector(gram, last)
    parts.forEach(({ shift }, column) => {
      fitted.data[row * parts.length + column] = through.reduce((sum, value, k) => sum + value * shift[k]!, 0)
    })
  })
  return { own, fitted }
}

function statisticOf({ own, fitted }: ClusterTerms, weights: Float64Array): number {
  const count = own.length
  let coefficient = 0
  for (let index = 0; index < count; index++) coefficient += own[index]! * weights[index]!
  const drift = timesVector(fitted, weights)
  let squares = 0
  for (let index = 0; index < count; index++) {
    const score = own[index]! * weights[index]! - drift[index]!
    squares += score * score
  }
  return squares > 0 ? Math.abs(coefficient) / Math.sqrt(squares) : 0
}
