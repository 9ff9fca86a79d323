// Ordinary least squares with the covariances an evaluation needs: classical, heteroskedasticity-robust (White 1980,
// MacKinnon and White 1985) and by cluster (Liang and Zeger 1986).
import { leastSquares, product, timesVector, zeros, type Matrix } from './linear-algebra.ts'

export type Covariance = 'classical' | 'hc0' | 'hc1' | 'hc2' | 'cluster_hc0' | 'cluster_hc1'

export interface Regression {
  readonly design: Matrix
  readonly coefficients: Float64Array
  readonly residuals: Float64Array
  readonly inverseGram: Matrix
}

/** @returns null when the columns are collinear or there are too few rows */
export function regress(design: Matrix, outcome: ArrayLike<number>): Regression | null {
  const solved = leastSquares(design, outcome)
  if (solved === null) return null
  const fitted = timesVector(design, solved.coefficients)
  const residuals = Float64Array.from(fitted, (value, row) => outcome[row]! - value)
  return { design, residuals, ...solved }
}

/**
 * The standard error of one coefficient.
 * @param clusters the cluster of each row as 0, 1, 2 …; needed by the two cluster kinds
 */
export function standardError(
  fit: Regression,
  coefficient: number,
  kind: Covariance,
  clusters?: ArrayLike<number>,
): number {
  const matrix = covariance(fit, kind, clusters)
  return Math.sqrt(Math.max(0, matrix.data[coefficient * matrix.columns + coefficient]!))
}

export function covariance(fit: Regression, kind: Covariance, clusters?: ArrayLike<number>): Matrix {
  const { rows, columns } = fit.design
  if (kind === 'classical') {
    let squares = 0
    for (const residual of fit.residuals) squares += residual * residual
    return scaled(fit.inverseGram, squares / (rows - columns))
  }
  const { meat, groups } = clusters === undefined ? robustMeat(fit, kind) : clusterMeat(fit, clusters)
  const sandwich = product(product(fit.inverseGram, meat), fit.inverseGram)
  if (kind === 'hc1') return scaled(sandwich, rows / (rows - columns))
  if (kind === 'cluster_hc1')
    return scaled(sandwich, ((groups / (groups - 1)) * (rows - 1)) / (rows - columns))
  return sandwich
}

function robustMeat(fit: Regression, kind: Covariance): { meat: Matrix; groups: number } {
  const { rows, columns, data } = fit.design
  const meat = zeros(columns, columns)
  for (let row = 0; row < rows; row++) {
    const x = data.subarray(row * columns, (row + 1) * columns)
    const square = fit.residuals[row]! * fit.residuals[row]!
    addOuter(meat, x, kind === 'hc2' ? square / (1 - leverage(fit, x)) : square)
  }
  return { meat, groups: rows }
}

function leverage(fit: Regression, x: Float64Array): number {
  const through = timesVector(fit.inverseGram, x)
  let sum = 0
  for (let column = 0; column < x.length; column++) sum += x[column]! * through[column]!
  return sum
}

function clusterMeat(fit: Regression, clusters: ArrayLike<number>): { meat: Matrix; groups: number } {
  const { rows, columns, data } = fit.design
  const scores = new Map<number, Float64Array>()
  for (let row = 0; row < rows; row++) {
    const cluster = clusters[row]!
    const score = scores.get(cluster) ?? new Float64Array(columns)
    for (let column = 0; column < columns; column++)
      score[column]! += data[row * columns + column]! * fit.residuals[row]!
    scores.set(cluster, score)
  }
  const meat = zeros(columns, columns)
  for (const score of scores.values()) addOuter(meat, score, 1)
  return { meat, groups: scores.size }
}

function addOuter(into: Matrix, vector: Float64Array, weight: number): void {
  for (let row = 0; row < vector.length; row++)
    for (let column = 0; column < vector.length; column++)
      into.data[row * vector.length + column]! += weight * vector[row]! * vector[column]!
}

function scaled(matrix: Matrix, factor: number): Matrix {
  return { ...matrix, data: matrix.data.map((value) => value * factor) }
}
