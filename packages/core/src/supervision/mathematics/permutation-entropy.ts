// Permutation entropy (Bandt and Pompe 2002): how evenly the orders of neighbouring values occur, from 0 (one pattern
// over and over) to 1 (all orders equally often). Equal values keep their order in time.

/**
 * @param order how many neighbours a pattern has; 3 to 6
 * @returns entropy over the logarithm of order!, 0 for a series shorter than a pattern
 */
export function permutationEntropy(values: ArrayLike<number>, order: number): number {
  const counts = new Map<number, number>()
  const total = values.length - order + 1
  if (total < 1) return 0
  for (let at = 0; at < total; at++) {
    const pattern = patternAt(values, at, order)
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  }
  let entropy = 0
  for (const count of counts.values()) entropy -= (count / total) * Math.log(count / total)
  let patterns = 1
  for (let factor = 2; factor <= order; factor++) patterns *= factor
  return Math.max(0, entropy / Math.log(patterns))
}

/** The pattern as a number: of each value, how many later ones are smaller. */
function patternAt(values: ArrayLike<number>, at: number, order: number): number {
  let code = 0
  for (let i = 0; i < order; i++) {
    let smaller = 0
    for (let j = i + 1; j < order; j++) if (values[at + j]! < values[at + i]!) smaller += 1
    code = code * (order - i) + smaller
  }
  return code
}
