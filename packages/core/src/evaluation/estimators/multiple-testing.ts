// Many outcomes, one programme: the chance of a false discovery among all of them stays at the level. Holm (1979)
// needs only the p-values; Westfall and Young (1993) redraw the lottery and so use how outcomes move together.
import { seededRandom } from '../../random.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { isBinary, type EstimatorCode } from './codes.ts'
import { differenceInMeans } from './lottery.ts'

/** Adjusted p-values in the order given. */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]! || a - b)
  const adjusted = Array.from({ length: pValues.length }, () => 0)
  let least = 0
  order.forEach((index, rank) => {
    least = Math.max(least, Math.min(1, pValues[index]! * (pValues.length - rank)))
    adjusted[index] = least
  })
  return adjusted
}

/**
 * Step-down adjusted p-values by redrawing who was treated.
 * @param outcomes one column per outcome, all of one length
 */
export function westfallYoung(
  outcomes: readonly Float64Array[],
  treated: Float64Array,
  { draws, seed }: { readonly draws: number; readonly seed: string },
): Decision<readonly number[], EstimatorCode> {
  if (!isBinary(treated)) return refuse('evaluation.not_binary', { column: 'treated' })
  if (!Number.isSafeInteger(draws) || draws < 99 || draws > 1_000_000)
    return refuse('evaluation.bad_option', { option: 'draws', value: draws })
  const seen: number[] = []
  for (const outcome of outcomes) {
    const comparison = differenceInMeans({ outcome, treated })
    if (!comparison.ok) return comparison
    seen.push(statistic(outcome, treated))
  }
  const order = seen.map((_, index) => index).sort((a, b) => seen[b]! - seen[a]! || a - b)
  const exceeded = new Float64Array(outcomes.length).fill(1)
  const shuffled = treated.slice()
  const random = seededRandom(seed)
  for (let draw = 0; draw < draws; draw++) {
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = random.int(last + 1)
      const kept = shuffled[last]!
      shuffled[last] = shuffled[other]!
      shuffled[other] = kept
    }
    let largest = 0
    for (let rank = order.length - 1; rank >= 0; rank--) {
      const index = order[rank]!
      largest = Math.max(largest, statistic(outcomes[index]!, shuffled))
      if (largest >= seen[index]! * (1 - 1e-12)) exceeded[rank]!++
    }
  }
  const adjusted = Array.from({ length: outcomes.length }, () => 0)
  let least = 0
  order.forEach((index, rank) => {
    least = Math.max(least, exceeded[rank]! / (draws + 1))
    adjusted[index] = least
  })
  return accept(adjusted)
}

/** |difference of means| over its Neyman error, in one pass. */
function statistic(outcome: Float64Array, treated: Float64Array): number {
  const [count, sum, squares] = [
    [0, 0],
    [0, 0],
    [0, 0],
  ] as [number[], number[], number[]]
  const origin = outcome[0]!
  for (let row = 0; row < outcome.length; row++) {
    const arm = treated[row]!
    const value = outcome[row]! - origin
    count[arm]!++
    sum[arm]! += value
    squares[arm]! += value * value
  }
  const spread = (arm: number): number =>
    Math.max(0, squares[arm]! - (sum[arm]! * sum[arm]!) / count[arm]!) / (count[arm]! - 1) / count[arm]!
  const se = Math.sqrt(spread(0) + spread(1))
  return se === 0 ? 0 : Math.abs(sum[1]! / count[1]! - sum[0]! / count[0]!) / se
}
