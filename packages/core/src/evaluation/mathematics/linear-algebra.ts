// The one place with matrices: row-major typed arrays, least squares by Householder reflections (stable where normal
// equations are not) and the inverse of the Gram matrix from its triangular factor.
import { assert } from '../../assert.ts'

export interface Matrix {
  readonly rows: number
  readonly columns: number
  /** row by row */
  readonly data: Float64Array
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) }
}

/** A design matrix from its columns, all of one length. */
export function fromColumns(columns: readonly ArrayLike<number>[]): Matrix {
  const rows = columns[0]?.length ?? 0
  const matrix = zeros(rows, columns.length)
  columns.forEach((column, at) => {
    assert(column.length === rows, 'columns of one matrix have one length')
    for (let row = 0; row < rows; row++) matrix.data[row * columns.length + at] = column[row]!
  })
  return matrix
}

export function product(left: Matrix, right: Matrix): Matrix {
  assert(left.columns === right.rows, 'a product needs matching sides')
  const result = zeros(left.rows, right.columns)
  for (let row = 0; row < left.rows; row++)
    for (let inner = 0; inner < left.columns; inner++) {
      const factor = left.data[row * left.columns + inner]!
      if (factor === 0) continue
      for (let column = 0; column < right.columns; column++)
        result.data[row * right.columns + column]! += factor * right.data[inner * right.columns + column]!
    }
  return result
}

export function transpose(matrix: Matrix): Matrix {
  const result = zeros(matrix.columns, matrix.rows)
  for (let row = 0; row < matrix.rows; row++)
    for (let column = 0; column < matrix.columns; column++)
      result.data[column * matrix.rows + row] = matrix.data[row * matrix.columns + column]!
  return result
}

export function timesVector(matrix: Matrix, vector: ArrayLike<number>): Float64Array {
  const result = new Float64Array(matrix.rows)
  for (let row = 0; row < matrix.rows; row++) {
    let sum = 0
    for (let column = 0; column < matrix.columns; column++)
      sum += matrix.data[row * matrix.columns + column]! * vector[column]!
    result[row] = sum
  }
  return result
}

export interface LeastSquares {
  readonly coefficients: Float64Array
  /** (X'X)⁻¹ */
  readonly inverseGram: Matrix
}

/**
 * Minimises |y − Xβ|.
 * @returns null when the columns are collinear (to 1e-10 of a column's length) or fewer rows than columns
 */
export function leastSquares(design: Matrix, outcome: ArrayLike<number>): LeastSquares | null {
  const { rows, columns } = design
  if (rows < columns) return null
  const work = Float64Array.from(design.data)
  const target = Float64Array.from(outcome)
  for (let pivot = 0; pivot < columns; pivot++) {
    if (!reflect(work, target, { rows, columns, pivot })) return null
  }
  const coefficients = target.slice(0, columns)
  for (let row = columns - 1; row >= 0; row--) {
    for (let column = row + 1; column < columns; column++)
      coefficients[row]! -= work[row * columns + column]! * coefficients[column]!
    coefficients[row]! /= work[row * columns + row]!
  }
  return { coefficients, inverseGram: gramInverse(work, columns) }
}

/** One Householder step: zeroes the pivot column below its diagonal, in the matrix and in the target alike. */
function reflect(
  work: Float64Array,
  target: Float64Array,
  { rows, columns, pivot }: { rows: number; columns: number; pivot: number },
): boolean {
  let below = 0
  let whole = 0
  for (let row = 0; row < rows; row++) {
    const value = work[row * columns + pivot]!
    whole += value * value
    if (row >= pivot) below += value * value
  }
  if (!(below > 1e-20 * whole)) return false
  const head = work[pivot * columns + pivot]!
  const alpha = head > 0 ? -Math.sqrt(below) : Math.sqrt(below)
  const normal = new Float64Array(rows - pivot)
  for (let row = pivot; row < rows; row++) normal[row - pivot] = work[row * columns + pivot]!
  normal[0]! -= alpha
  const length = below - head * head + normal[0]! * normal[0]!
  for (let column = pivot; column <= columns; column++) {
    const isTarget = column === columns
    const at = (row: number): number => (isTarget ? row : row * columns + column)
    const array = isTarget ? target : work
    let dot = 0
    for (let row = pivot; row < rows; row++) dot += normal[row - pivot]! * array[at(row)]!
    const scale = (2 * dot) / length
    for (let row = pivot; row < rows; row++) array[at(row)]! -= scale * normal[row - pivot]!
  }
  return true
}

/** R⁻¹R⁻ᵀ of the upper triangle that the reflections left. */
function gramInverse(triangle: Float64Array, size: number): Matrix {
  const inverse = zeros(size, size)
  for (let column = 0; column < size; column++) {
    inverse.data[column * size + column] = 1 / triangle[column * size + column]!
    for (let row = column - 1; row >= 0; row--) {
      let sum = 0
      for (let inner = row + 1; inner <= column; inner++)
        sum += triangle[row * size + inner]! * inverse.data[inner * size + column]!
      inverse.data[row * size + column] = -sum / triangle[row * size + row]!
    }
  }
  return product(inverse, transpose(inverse))
}
