// Distribution functions to double accuracy: the incomplete gamma function by series and continued fraction, the
// incomplete beta function by Lentz's continued fraction (Abramowitz and Stegun 6.5, 26.5), quantiles by bisection.

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** log Γ(x) for x > 0, by Lanczos' approximation (g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  let sum = LANCZOS[0]!
  for (let term = 1; term < LANCZOS.length; term++) sum += LANCZOS[term]! / (x - 1 + term)
  const base = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}

export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
}

/** P(Z ≤ x) of the standard normal. */
export function normalBelow(x: number): number {
  const tail = normalTail(Math.abs(x))
  return x > 0 ? 1 - tail : tail
}

/** P(|Z| ≥ |x|): the two-sided p-value of a standard normal statistic. */
export function twoSidedP(x: number): number {
  return Math.min(1, 2 * normalTail(Math.abs(x)))
}

/** P(Z > x) for x ≥ 0: half the upper incomplete gamma function of ½ at x²/2. */
function normalTail(x: number): number {
  return 0.5 * gammaAbove((x * x) / 2, 0.5)
}

/** P(X > x) of the chi-squared distribution. */
export function chiSquaredAbove(x: number, degrees: number): number {
  return gammaAbove(x / 2, degrees / 2)
}

/** The regularised upper incomplete gamma function Q(a, x) for x ≥ 0. */
function gammaAbove(x: number, a: number): number {
  if (x === 0) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? 1 - front * gammaSeries(x, a) : front * gammaFraction(x, a)
}

function gammaSeries(x: number, a: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < 10_000 && term > 1e-17 * sum; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

function gammaFraction(x: number, a: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return fraction
}

/** The x with P(Z ≤ x) = p, for 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('a quantile needs a probability between 0 and 1')
  if (p === 0.5) return 0
  const tail = Math.min(p, 1 - p)
  const t = Math.sqrt(-2 * Math.log(tail))
  const first =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  let x = first
  for (let step = 0; step < 4; step++) {
    const error = (normalTail(x) - tail) / normalDensity(x)
    x += error / (1 - (x * error) / 2)
  }
  return p < 0.5 ? -x : x
}

/** P(X ≤ x) of the Beta(a, b) distribution. */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x))
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const safe = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / safe(1 + even * d)
    c = safe(1 + even / c)
    fraction *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / safe(1 + odd * d)
    c = safe(1 + odd / c)
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return fraction
}

/** The x with P(X ≤ x) = p of the Beta(a, b) distribution. */
export function betaQuantile(p: number, a: number, b: number): number {
  return bisect((x) => betaBelow(x, a, b) - p, 0, 1)
}

/** P(T ≤ t) of Student's distribution. */
export function studentBelow(t: number, degrees: number): number {
  const tail = betaBelow(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
  return t > 0 ? 1 - tail : tail
}

/** The t with P(T ≤ t) = p of Student's distribution. */
export function studentQuantile(p: number, degrees: number): number {
  if (p === 0.5) return 0
  let reach = 2
  while (studentBelow(reach, degrees) < Math.max(p, 1 - p)) reach *= 2
  return bisect((t) => studentBelow(t, degrees) - p, -reach, reach)
}

/** The root of a rising function between two bounds, to the last bit. */
function bisect(rising: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (rising(middle) < 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The exact binomial interval of Clopper and Pearson (1934) for `hits` of `trials`. */
export function clopperPearson(hits: number, trials: number, level = 0.95): readonly [number, number] {
  const tail = (1 - level) / 2
  return [
    hits === 0 ? 0 : betaQuantile(tail, hits, trials - hits + 1),
    hits === trials ? 1 : betaQuantile(1 - tail, hits + 1, trials - hits),
  ]
}
