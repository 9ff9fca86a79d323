// The exact interval of a share (Clopper and Pearson 1934), by bisection on the binomial tail: no special functions.

/** The probability of at most k of n at a chance p. */
export function binomialAtMost(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n || p <= 0) return 1
  if (p >= 1) return 0
  let term = n * Math.log1p(-p)
  let sum = Math.exp(term)
  for (let i = 1; i <= k; i++) {
    term += Math.log((n - i + 1) / i) + Math.log(p / (1 - p))
    sum += Math.exp(term)
  }
  return Math.min(1, sum)
}

/** The interval of a share after k of n, covering it with at least the confidence. */
export function clopperPearson(k: number, n: number, confidence = 0.95): readonly [number, number] {
  const tail = (1 - confidence) / 2
  const low = k === 0 ? 0 : bisect((p) => 1 - binomialAtMost(k - 1, n, p) < tail)
  const high = k === n ? 1 : bisect((p) => binomialAtMost(k, n, p) > tail)
  return [low, high]
}

/** The place in [0, 1] where a condition that holds at 0 stops to hold. */
function bisect(holds: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}
