// First two digits of amounts against Benford's law, by Nigrini's mean absolute deviation and his bands. Honest amounts
// often fail it (tariffs, fixed fees): a weak signal.

export type BenfordBand = 'close' | 'acceptable' | 'marginal' | 'nonconforming'

export interface Benford {
  readonly count: number
  readonly meanDeviation: number
  readonly band: BenfordBand
  /** the first two digits most in excess, first the highest */
  readonly excess: readonly number[]
}

/** Of positive numbers; others are left out. Undefined when nothing is left. */
export function benfordFirstTwo(values: Iterable<number>): Benford | undefined {
  const counts = new Float64Array(100)
  let count = 0
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue
    counts[firstTwo(value)]! += 1
    count += 1
  }
  if (count === 0) return undefined
  const gaps = Array.from({ length: 90 }, (_, index) => {
    const digits = index + 10
    return { digits, gap: counts[digits]! / count - Math.log10(1 + 1 / digits) }
  })
  const meanDeviation = gaps.reduce((sum, { gap }) => sum + Math.abs(gap), 0) / 90
  const excess = [...gaps].sort((a, b) => b.gap - a.gap).slice(0, 3)
  return { count, meanDeviation, band: bandOf(meanDeviation), excess: excess.map(({ digits }) => digits) }
}

/** Read from the shortest text of the number, so that no rounding moves a digit. */
function firstTwo(value: number): number {
  const digits = value.toExponential().replace('.', '')
  const second = digits[1] === undefined || digits[1] === 'e' ? '0' : digits[1]
  return Number(digits[0]! + second)
}

function bandOf(deviation: number): BenfordBand {
  if (deviation < 0.0012) return 'close'
  if (deviation < 0.0018) return 'acceptable'
  return deviation < 0.0022 ? 'marginal' : 'nonconforming'
}
