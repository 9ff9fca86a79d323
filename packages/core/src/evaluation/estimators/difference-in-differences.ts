// Two groups, two periods: the change of the treated minus the change of the others. Means for repeated
// cross-sections, first differences for a panel, either with covariates (Card and Krueger 1994 is the golden case).
import { accept, refuse, type Decision } from '../../refusal.ts'
import { estimateOf, type Estimate } from '../estimate.ts'
import { fromColumns } from '../mathematics/linear-algebra.ts'
import { regress, standardError } from '../mathematics/regression.ts'
import { isBinary, tooFew, type EstimatorCode } from './codes.ts'

export interface DifferenceData {
  readonly outcome: Float64Array
  /** 1 for rows of the treated group, in both periods */
  readonly treated: Float64Array
  /** 1 for rows of the later period */
  readonly post: Float64Array
  /** the unit or cluster of each row as 0, 1, 2 …; gives clustered standard errors */
  readonly cluster?: ArrayLike<number>
  readonly covariates?: readonly Float64Array[]
}

export interface CellMean {
  readonly mean: number
  readonly se: number
  readonly n: number
}

export interface DifferenceInDifferences extends Estimate {
  /** of the least-squares interaction, equal variances assumed; `se` is robust or clustered */
  readonly classicalSe: number
  readonly treatedBefore: CellMean
  readonly treatedAfter: CellMean
  readonly controlBefore: CellMean
  readonly controlAfter: CellMean
}

/** The interaction of group and period by least squares. */
export function differenceInDifferences(
  data: DifferenceData,
): Decision<DifferenceInDifferences, EstimatorCode> {
  const { outcome, treated, post, cluster, covariates = [] } = data
  if (!isBinary(treated)) return refuse('evaluation.not_binary', { column: 'treated' })
  if (!isBinary(post)) return refuse('evaluation.not_binary', { column: 'post' })
  const cell = (group: number, period: number): CellMean =>
    cellMean(outcome.filter((_, row) => treated[row] === group && post[row] === period))
  const cells = {
    treatedBefore: cell(1, 0),
    treatedAfter: cell(1, 1),
    controlBefore: cell(0, 0),
    controlAfter: cell(0, 1),
  }
  for (const [where, { n }] of Object.entries(cells)) if (n < 2) return tooFew(where, n, 2)
  if (cluster !== undefined) {
    const count = new Set(Array.from(cluster)).size
    if (count < 4) return tooFew('clusters', count, 4)
  }
  const columns = [outcome.map(() => 1), treated, post, treated.map((value, row) => value * post[row]!)]
  if (outcome.length <= columns.length + covariates.length)
    return tooFew('rows', outcome.length, columns.length + covariates.length + 1)
  const fit = regress(fromColumns([...columns, ...covariates]), outcome)
  if (fit === null) return refuse('evaluation.collinear')
  const se =
    cluster === undefined ? standardError(fit, 3, 'hc1') : standardError(fit, 3, 'cluster_hc1', cluster)
  return accept({
    ...estimateOf(fit.coefficients[3]!, se),
    classicalSe: standardError(fit, 3, 'classical'),
    ...cells,
  })
}

export interface ChangeData {
  /** later minus earlier outcome of each unit */
  readonly change: Float64Array
  /** 1 for treated units, or the strength of the treatment */
  readonly treatment: Float64Array
  readonly covariates?: readonly Float64Array[]
}

export interface ChangeEffect extends Estimate {
  /** classical; `se` is HC1 */
  readonly classicalSe: number
  readonly n: number
}

/** The same for a balanced panel: changes regressed on the treatment. */
export function changeRegression(data: ChangeData): Decision<ChangeEffect, EstimatorCode> {
  const columns = [data.change.map(() => 1), data.treatment, ...(data.covariates ?? [])]
  if (data.change.length <= columns.length) return tooFew('units', data.change.length, columns.length + 1)
  const fit = regress(fromColumns(columns), data.change)
  if (fit === null) return refuse('evaluation.collinear')
  return accept({
    ...estimateOf(fit.coefficients[1]!, standardError(fit, 1, 'hc1')),
    classicalSe: standardError(fit, 1, 'classical'),
    n: data.change.length,
  })
}

function cellMean(values: Float64Array): CellMean {
  const n = values.length
  if (n < 2) return { mean: 0, se: 0, n }
  let sum = 0
  for (const value of values) sum += value
  let squares = 0
  for (const value of values) squares += (value - sum / n) * (value - sum / n)
  return { mean: sum / n, se: Math.sqrt(squares / (n - 1) / n), n }
}
