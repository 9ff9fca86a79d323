// A lottery: difference in means with Neyman's variance, adjusted for covariates (ANCOVA, and Lin 2013 with centred
// interactions), weighted by stored draw probabilities (Hájek 1971), a permutation test, and bounds when outcomes are
// missing more often on one side (Lee 2009).
import { seededRandom } from '../../random.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { estimateOf, type Estimate } from '../estimate.ts'
import { fromColumns } from '../mathematics/linear-algebra.ts'
import { regress, standardError } from '../mathematics/regression.ts'
import { ascending, mean, variance } from '../mathematics/statistics.ts'
import { isBinary, isConstant, tooFew, type EstimatorCode } from './codes.ts'

export interface LotteryData {
  readonly outcome: Float64Array
  /** 1 for those drawn, 0 for the others */
  readonly treated: Float64Array
}

export interface GroupComparison extends Estimate {
  readonly nTreated: number
  readonly nControl: number
  readonly meanTreated: number
  readonly meanControl: number
}

const FEWEST_PER_ARM = 2

/** Mean of those drawn minus mean of the others; the standard error is Neyman's (1923), normal interval. */
export function differenceInMeans(data: LotteryData): Decision<GroupComparison, EstimatorCode> {
  if (!isBinary(data.treated)) return refuse('evaluation.not_binary', { column: 'treated' })
  const { drawn, others } = arms(data)
  if (drawn.length < FEWEST_PER_ARM) return tooFew('treated', drawn.length, FEWEST_PER_ARM)
  if (others.length < FEWEST_PER_ARM) return tooFew('control', others.length, FEWEST_PER_ARM)
  const se = Math.sqrt(variance(drawn) / drawn.length + variance(others) / others.length)
  return accept({
    ...estimateOf(mean(drawn) - mean(others), se),
    nTreated: drawn.length,
    nControl: others.length,
    meanTreated: mean(drawn),
    meanControl: mean(others),
  })
}

export interface AdjustedEstimate extends Estimate {
  /** classical standard error; `se` is HC2 */
  readonly classicalSe: number
}

/**
 * The effect adjusted for covariates known before the draw.
 * @param method `ancova`: covariates enter once; `lin`: centred and interacted with the draw, never less precise
 */
export function adjustedDifference(
  data: LotteryData,
  covariates: readonly Float64Array[],
  method: 'ancova' | 'lin',
): Decision<AdjustedEstimate, EstimatorCode> {
  const plain = differenceInMeans(data)
  if (!plain.ok) return plain
  const columns = [data.outcome.map(() => 1), data.treated]
  for (const covariate of covariates) {
    const centre = method === 'lin' ? mean(covariate) : 0
    const centred = covariate.map((value) => value - centre)
    columns.push(centred)
    if (method === 'lin') columns.push(centred.map((value, row) => value * data.treated[row]!))
  }
  if (data.outcome.length <= columns.length) return tooFew('rows', data.outcome.length, columns.length + 1)
  const fit = regress(fromColumns(columns), data.outcome)
  if (fit === null) return refuse('evaluation.collinear')
  const se = standardError(fit, 1, 'hc2')
  if (!Number.isFinite(se)) return refuse('evaluation.collinear')
  return accept({
    ...estimateOf(fit.coefficients[1]!, se),
    classicalSe: standardError(fit, 1, 'classical'),
  })
}

/**
 * The difference of means weighted by 1 / probability of the arm that each was drawn into (Hájek), for draws with
 * unequal stored chances; the variance is that of the normalised weighted means.
 * @param chance each one's stored probability of being drawn, strictly between 0 and 1
 */
export function weightedDifference(
  data: LotteryData,
  chance: Float64Array,
): Decision<Estimate, EstimatorCode> {
  const plain = differenceInMeans(data)
  if (!plain.ok) return plain
  if (!chance.every((value) => value > 0 && value < 1))
    return refuse('evaluation.bad_option', { option: 'chance', value: 'outside (0, 1)' })
  const arm = (which: number): { mean: number; variance: number } => {
    const weights = chance.map((value, row) =>
      data.treated[row] !== which ? 0 : which === 1 ? 1 / value : 1 / (1 - value),
    )
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const centre = weights.reduce((sum, weight, row) => sum + weight * data.outcome[row]!, 0) / total
    const squares = weights.reduce((sum, weight, row) => {
      const term = (weight / total) * (data.outcome[row]! - centre)
      return sum + term * term
    }, 0)
    return { mean: centre, variance: squares }
  }
  const [drawn, others] = [arm(1), arm(0)]
  return accept(estimateOf(drawn.mean - others.mean, Math.sqrt(drawn.variance + others.variance)))
}

/**
 * Share of re-drawn lotteries whose difference is at least as large in size as the one seen; the seen draw counts,
 * so the p-value is never 0 and the test is exact.
 * @param strata redraws stay within these groups when the lottery was stratified
 */
export function permutationP(
  data: LotteryData,
  options: { readonly draws: number; readonly seed: string; readonly strata?: ArrayLike<number> },
): Decision<number, EstimatorCode> {
  const plain = differenceInMeans(data)
  if (!plain.ok) return plain
  if (!Number.isSafeInteger(options.draws) || options.draws < 1 || options.draws > 1_000_000)
    return refuse('evaluation.bad_option', { option: 'draws', value: options.draws })
  const blocks = blocksOf(data.treated.length, options.strata)
  const random = seededRandom(options.seed)
  const shuffled = data.treated.slice()
  const total = data.outcome.reduce((sum, value) => sum + value, 0)
  const { nTreated, nControl } = plain.value
  const difference = (treated: Float64Array): number => {
    let sum = 0
    for (let row = 0; row < treated.length; row++) sum += treated[row]! * data.outcome[row]!
    return Math.abs(sum / nTreated - (total - sum) / nControl)
  }
  const seen = difference(data.treated) * (1 - 1e-12)
  let asLarge = 1
  for (let draw = 0; draw < options.draws; draw++) {
    for (const block of blocks) shuffleWithin(shuffled, block, random.int)
    if (difference(shuffled) >= seen) asLarge++
  }
  return accept(asLarge / (options.draws + 1))
}

function blocksOf(rows: number, strata: ArrayLike<number> | undefined): readonly number[][] {
  const blocks = new Map<number, number[]>()
  for (let row = 0; row < rows; row++) {
    const stratum = strata?.[row] ?? 0
    const block = blocks.get(stratum) ?? []
    block.push(row)
    blocks.set(stratum, block)
  }
  return [...blocks.values()]
}

/** Fisher–Yates on the rows of one block. */
function shuffleWithin(values: Float64Array, rows: readonly number[], int: (below: number) => number): void {
  for (let last = rows.length - 1; last > 0; last--) {
    const other = int(last + 1)
    const [a, b] = [rows[last]!, rows[other]!]
    const kept = values[a]!
    values[a] = values[b]!
    values[b] = kept
  }
}

export interface LeeBounds {
  readonly lower: number
  readonly upper: number
  /** share of the better observed arm that is cut away */
  readonly trimmed: number
  readonly observedTreated: number
  readonly observedControl: number
}

/**
 * Bounds of the effect on those whose outcome is seen in either arm, when it is missing for some.
 * @param outcome NaN where missing
 */
export function leeBounds({ outcome, treated }: LotteryData): Decision<LeeBounds, EstimatorCode> {
  if (!isBinary(treated)) return refuse('evaluation.not_binary', { column: 'treated' })
  const seen = (which: number): Float64Array =>
    ascending(outcome.filter((value, row) => treated[row] === which && Number.isFinite(value)))
  const drawn = seen(1)
  const others = seen(0)
  if (drawn.length < FEWEST_PER_ARM) return tooFew('treated', drawn.length, FEWEST_PER_ARM)
  if (others.length < FEWEST_PER_ARM) return tooFew('control', others.length, FEWEST_PER_ARM)
  const drawnCount = treated.reduce((sum, value) => sum + value, 0)
  const observedTreated = drawn.length / drawnCount
  const observedControl = others.length / (treated.length - drawnCount)
  const fuller = observedTreated >= observedControl ? drawn : others
  const trimmed = 1 - Math.min(observedTreated, observedControl) / Math.max(observedTreated, observedControl)
  const cut = Math.min(Math.floor(trimmed * fuller.length + 1e-9), fuller.length - 1)
  const low = mean(fuller.subarray(0, fuller.length - cut))
  const high = mean(fuller.subarray(cut))
  const bounds =
    fuller === drawn ? [low - mean(others), high - mean(others)] : [mean(drawn) - high, mean(drawn) - low]
  return accept({ lower: bounds[0]!, upper: bounds[1]!, trimmed, observedTreated, observedControl })
}

export interface TakeUp {
  /** effect of being offered */
  readonly intentionToTreat: GroupComparison
  /** effect of the offer on use */
  readonly takeUp: GroupComparison
  /** effect of use on those who used because of the offer: the ratio of the two (Imbens and Angrist 1994) */
  readonly perUser: Estimate
  /** below 10 the interval of `perUser` is not to be trusted (Staiger and Stock 1997) */
  readonly firstStageF: number
}

/**
 * @param used 1 for those who used the voucher, whether offered or not
 */
export function takeUpEffect(
  data: LotteryData,
  used: Float64Array,
): Decision<TakeUp, EstimatorCode | 'evaluation.no_first_stage'> {
  const intentionToTreat = differenceInMeans(data)
  if (!intentionToTreat.ok) return intentionToTreat
  if (!isBinary(used)) return refuse('evaluation.not_binary', { column: 'used' })
  const takeUp = differenceInMeans({ outcome: used, treated: data.treated })
  if (!takeUp.ok) return takeUp
  const first = takeUp.value.estimate
  if (isConstant(used) || Math.abs(first) < 1e-9) return refuse('evaluation.no_first_stage')
  const ratio = intentionToTreat.value.estimate / first
  const linear = data.outcome.map((value, row) => (value - ratio * used[row]!) / first)
  const spread = differenceInMeans({ outcome: linear, treated: data.treated })
  if (!spread.ok) return spread
  const strength = takeUp.value.se === 0 ? Number.MAX_VALUE : first / takeUp.value.se
  return accept({
    intentionToTreat: intentionToTreat.value,
    takeUp: takeUp.value,
    perUser: estimateOf(ratio, spread.value.se),
    firstStageF: takeUp.value.se === 0 ? strength : strength * strength,
  })
}

function arms({ outcome, treated }: LotteryData): { drawn: Float64Array; others: Float64Array } {
  return {
    drawn: outcome.filter((_, row) => treated[row] === 1),
    others: outcome.filter((_, row) => treated[row] === 0),
  }
}
