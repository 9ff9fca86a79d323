// From gross to net (English Partnerships / HCA Additionality Guide): every factor is a distribution with its source,
// the result is 10,000 draws. There are two forms and they never mix: with an assumed reference case the dead-weight
// is subtracted; with a measured effect it is already inside the effect, so there is nothing to subtract. A multiplier is
// of the local economy and small: gross multipliers of investment, such as 1 yuan → 3–4 yuan, are no factor of a chain, and
// an effect that was multiplied at all is no longer what its design measured.
import { seededRandom, type Random } from '../../random.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { betaQuantile, normalQuantile } from '../mathematics/distributions.ts'
import { summarise } from '../mathematics/statistics.ts'
import { wordFor, type DesignGrade, type EffectWord } from './grade.ts'

export type Distribution = { readonly source: string } & (
  | { readonly kind: 'fixed'; readonly value: number }
  | { readonly kind: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
  | { readonly kind: 'beta'; readonly a: number; readonly b: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly se: number }
)

export interface Factors {
  readonly leakage: Distribution
  readonly displacement: Distribution
  readonly substitution: Distribution
  readonly multiplier: Distribution
}

export interface PublicCost {
  /** CNY */
  readonly outlay: number
  readonly administration: number
  readonly recovered: number
  /** λ, the cost of raising a yuan of tax; 0 to 0.3 around 0.2 when left out */
  readonly taxBurden?: Distribution
}

export type Chain = { readonly cost: PublicCost; readonly draws?: number; readonly seed: string } & (
  | {
      readonly kind: 'reference_case'
      readonly gross: Distribution
      readonly factors: Factors
      readonly reference: { readonly gross: Distribution; readonly factors: Factors }
    }
  | {
      readonly kind: 'measured'
      /** effect per treated firm */
      readonly effect: Distribution
      readonly grade: DesignGrade
      readonly treated: number
      readonly factors: Factors
    }
)

export interface Spread {
  readonly median: number
  readonly p5: number
  readonly p95: number
}

export interface ChainResult {
  readonly grade: DesignGrade
  readonly word: EffectWord
  /** what is left after each step, the reference case taken off last */
  readonly steps: readonly { readonly step: string; readonly left: Spread }[]
  readonly net: Spread
  readonly cost: Spread
  readonly netPerYuan: Spread
  readonly probabilityPositive: number
}

/** Nothing better known: leakage and displacement are small but real, nobody knows how small. */
export const DEFAULT_DISPLACEMENT: Distribution = { kind: 'beta', a: 2, b: 6, source: 'assumed: Beta(2, 6)' }
export const DEFAULT_TAX_BURDEN: Distribution = {
  kind: 'triangular',
  low: 0,
  mode: 0.2,
  high: 0.3,
  source: 'assumed: 0 to 0.3 around 0.2',
}

/** Above the composite multipliers of the guide, which end at 1.7 for a region. */
const MOST_MULTIPLIER = 2

/** @returns refusals `evaluation.bad_distribution` with the factor's name, `evaluation.bad_option` */
export function netOf(
  chain: Chain,
): Decision<ChainResult, 'evaluation.bad_distribution' | 'evaluation.bad_option'> {
  const { draws = 10_000, seed, cost } = chain
  const bad = badInput(chain)
  if (bad !== null) return refuse('evaluation.bad_distribution', { factor: bad })
  if (!Number.isSafeInteger(draws) || draws < 100 || draws > 1_000_000)
    return refuse('evaluation.bad_option', { option: 'draws', value: draws })
  const random = seededRandom(seed)
  const start = random.fork('gross')
  const own = factorDraws(chain.factors, random.fork('factors'), draws)
  const first = sampleMany(chain.kind === 'measured' ? chain.effect : chain.gross, start, draws)
  const gross = chain.kind === 'measured' ? first.map((value) => value * chain.treated) : first
  const steps = walk(gross, own)
  let net = steps.at(-1)!.values
  if (chain.kind === 'reference_case') {
    const stream = random.fork('reference')
    const base = sampleMany(chain.reference.gross, stream.fork('gross'), draws)
    const without = walk(base, factorDraws(chain.reference.factors, stream.fork('factors'), draws)).at(
      -1,
    )!.values
    net = net.map((value, draw) => value - without[draw]!)
    steps.push({ step: 'less_reference_case', values: net })
  }
  const burden = sampleMany(cost.taxBurden ?? DEFAULT_TAX_BURDEN, random.fork('tax'), draws)
  const base = cost.outlay + cost.administration - cost.recovered
  const costs = burden.map((share) => base * (1 + share))
  const grade = gradeOf(chain)
  return accept({
    grade,
    word: wordFor(grade),
    steps: steps.map(({ step, values }) => ({ step, left: summarise(values) })),
    net: summarise(net),
    cost: summarise(costs),
    netPerYuan: summarise(net.map((value, draw) => value / costs[draw]!)),
    probabilityPositive: net.filter((value) => value > 0).length / draws,
  })
}

/**
 * The design's grade is that of the effect as measured. What no design measured, a multiplier other than one, takes the
 * word net effect away from the product.
 */
function gradeOf(chain: Chain): DesignGrade {
  if (chain.kind !== 'measured') return 'F'
  const { multiplier } = chain.factors
  const plain = multiplier.kind === 'fixed' && multiplier.value === 1
  return plain || wordFor(chain.grade) !== 'net_effect' ? chain.grade : 'D'
}

type FactorDraws = { readonly [Factor in keyof Factors]: Float64Array }

function factorDraws(factors: Factors, random: Random, draws: number): FactorDraws {
  const draw = (name: keyof Factors): Float64Array => sampleMany(factors[name], random.fork(name), draws)
  return {
    leakage: draw('leakage'),
    displacement: draw('displacement'),
    substitution: draw('substitution'),
    multiplier: draw('multiplier'),
  }
}

function walk(gross: Float64Array, factors: FactorDraws): { step: string; values: Float64Array }[] {
  const steps = [{ step: 'gross', values: gross }]
  for (const name of ['leakage', 'displacement', 'substitution'] as const) {
    const before = steps.at(-1)!.values
    steps.push({
      step: `after_${name}`,
      values: before.map((value, draw) => value * (1 - factors[name][draw]!)),
    })
  }
  const before = steps.at(-1)!.values
  steps.push({
    step: 'with_multiplier',
    values: before.map((value, draw) => value * factors.multiplier[draw]!),
  })
  return steps
}

/** Each draw is the inverse distribution at one uniform, so that equal seeds give comparable draws. */
function sampleMany(distribution: Distribution, random: Random, draws: number): Float64Array {
  return Float64Array.from({ length: draws }, () =>
    inverse(distribution, (random.next() * 4294967296 + 0.5) / 4294967296),
  )
}

function inverse(distribution: Distribution, u: number): number {
  if (distribution.kind === 'fixed') return distribution.value
  if (distribution.kind === 'normal') return distribution.mean + distribution.se * normalQuantile(u)
  if (distribution.kind === 'beta') return betaQuantile(u, distribution.a, distribution.b)
  const { low, mode, high } = distribution
  if (high === low) return low
  const turn = (mode - low) / (high - low)
  return u < turn
    ? low + Math.sqrt(u * (high - low) * (mode - low))
    : high - Math.sqrt((1 - u) * (high - low) * (high - mode))
}

/** The name of the first factor that is no distribution, or a share outside [0, 1]. */
function badInput(chain: Chain): string | null {
  const { outlay, administration, recovered, taxBurden = DEFAULT_TAX_BURDEN } = chain.cost
  const base = outlay + administration - recovered
  if (!(base > 0 && base < Infinity)) return 'cost'
  if (!isDistribution(taxBurden) || !within(taxBurden, 0, 1)) return 'taxBurden'
  const parts = chain.kind === 'measured' ? [chain] : [chain, chain.reference]
  for (const { factors } of parts)
    for (const [name, factor] of Object.entries(factors) as [keyof Factors, Distribution][])
      if (!isDistribution(factor) || !within(factor, 0, name === 'multiplier' ? MOST_MULTIPLIER : 1))
        return name
  if (chain.kind === 'measured') {
    if (!(chain.treated > 0 && chain.treated < Infinity)) return 'treated'
    return isDistribution(chain.effect) ? null : 'effect'
  }
  return isDistribution(chain.gross) && isDistribution(chain.reference.gross) ? null : 'gross'
}

function isDistribution(distribution: Distribution): boolean {
  const numbers = Object.values(distribution).filter((value) => typeof value === 'number')
  if (!numbers.every(Number.isFinite) || distribution.source === '') return false
  if (distribution.kind === 'triangular')
    return distribution.low <= distribution.mode && distribution.mode <= distribution.high
  if (distribution.kind === 'beta') return distribution.a > 0 && distribution.b > 0
  return distribution.kind === 'fixed' || distribution.se >= 0
}

function within(distribution: Distribution, low: number, high: number): boolean {
  if (distribution.kind === 'fixed') return distribution.value >= low && distribution.value <= high
  if (distribution.kind === 'triangular') return distribution.low >= low && distribution.high <= high
  return distribution.kind === 'beta'
}
