// How evenly something is shared: Gini, the share of the largest, and Theil's index with its parts within and between
// districts (Theil 1967).

/** 0 when all have the same, towards 1 when one has all; null when there is nothing to share. */
export function gini(amounts: readonly number[]): number | null {
  const sorted = amounts.toSorted((a, b) => a - b)
  const total = sorted.reduce((sum, amount) => sum + amount, 0)
  if (!(total > 0) || sorted[0]! < 0) return null
  const weighted = sorted.reduce((sum, amount, index) => sum + (index + 1) * amount, 0)
  const n = sorted.length
  return (2 * weighted) / (n * total) - (n + 1) / n
}

/** Share of the total that the largest `count` hold. */
export function topShare(amounts: readonly number[], count: number): number | null {
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  if (!(total > 0)) return null
  const largest = amounts.toSorted((a, b) => b - a).slice(0, count)
  return largest.reduce((sum, amount) => sum + amount, 0) / total
}

export interface Theil {
  readonly total: number
  readonly within: number
  readonly between: number
}

/** Theil's index of money per worker; cells without workers are left out, null when nothing is left. */
export function theil(
  cells: readonly { readonly district: string; readonly money: number; readonly workers: number }[],
): Theil | null {
  const used = cells.filter((cell) => cell.workers > 0)
  const money = used.reduce((sum, cell) => sum + cell.money, 0)
  const workers = used.reduce((sum, cell) => sum + cell.workers, 0)
  if (!(money > 0) || used.some((cell) => cell.money < 0)) return null
  const term = (share: number, weight: number): number => (share === 0 ? 0 : share * Math.log(share / weight))
  const total = used.reduce((sum, cell) => sum + term(cell.money / money, cell.workers / workers), 0)
  const districts = new Map<string, { money: number; workers: number }>()
  for (const cell of used) {
    const have = districts.get(cell.district) ?? { money: 0, workers: 0 }
    districts.set(cell.district, { money: have.money + cell.money, workers: have.workers + cell.workers })
  }
  const between = [...districts.values()].reduce(
    (sum, district) => sum + term(district.money / money, district.workers / workers),
    0,
  )
  return { total, between, within: total - between }
}
