// The support a class of firms gets as a function of what it spends in a year, read off the same policy engine that
// decides in production. The engine answers one spend at a time; the simulation asks forty million times, so each
// class's function is sampled once into straight pieces, split until no piece is off by more than a yuan.
import { accept, refuse, type Decision } from '../../refusal.ts'

/** What the policy may look at. */
export interface FirmClass {
  readonly size: string
  readonly industry: string
  readonly district: string
  readonly ownership: string
  readonly ageYears: number
}

/**
 * The policy engine as the simulation sees it: the ceiling of support for a firm of this class that spends this much in
 * a year, both in whole fen; null when the engine cannot tell. A pure function.
 */
export type SupportEvaluator = (firm: FirmClass, annualSpendFen: bigint) => bigint | null

/** Straight pieces through (spend[i], support[i]), in yuan; flat after the last. */
export interface Schedule {
  readonly spend: Float64Array
  readonly support: Float64Array
}

/** A jump of the policy becomes a piece this narrow, in yuan. */
const NARROWEST = 1
const MOST_POINTS = 4096

export type ScheduleCode =
  | 'evaluation.support_unknown'
  | 'evaluation.support_not_sound'
  | 'evaluation.schedule_too_rough'

/**
 * @param largestSpend yuan a year beyond which no firm of the population spends
 * @param tolerance yuan by which a piece may be off; the unit to which the policy rounds, at least 1
 * @returns `evaluation.support_unknown` when the engine cannot tell, `evaluation.support_not_sound` when the engine answers below zero or above the spend,
 *   `evaluation.schedule_too_rough` when 4,096 pieces do not describe it
 */
export function tabulate(
  evaluate: SupportEvaluator,
  firm: FirmClass,
  { largestSpend, tolerance = 1 }: { readonly largestSpend: number; readonly tolerance?: number },
): Decision<Schedule, ScheduleCode> {
  let unsound: { code: ScheduleCode; spend: number } | null = null
  const at = (spend: number): number => {
    const fen = BigInt(Math.round(spend * 100))
    const support = evaluate(firm, fen)
    if (support === null) unsound ??= { code: 'evaluation.support_unknown', spend }
    else if (support < 0n || support > fen) unsound ??= { code: 'evaluation.support_not_sound', spend }
    return Number(support ?? 0n) / 100
  }
  const points: [number, number][] = [[0, at(0)]]
  for (const end of startingGrid(largestSpend)) {
    refine(points, [end, at(end)], { at, tolerance })
    const fault = unsound as { code: ScheduleCode; spend: number } | null
    if (fault !== null) return refuse(fault.code, { spend: fault.spend, needed: [] })
    if (points.length > MOST_POINTS) return refuse('evaluation.schedule_too_rough', { points: points.length })
  }
  const kept = withoutStraightJoints(points, tolerance)
  return accept({
    spend: Float64Array.from(kept, ([spend]) => spend),
    support: Float64Array.from(kept, ([, support]) => support),
  })
}

/** Eight points per tenfold, so that a narrow step between them is not stepped over. */
function startingGrid(largest: number): number[] {
  const grid: number[] = []
  for (let spend = Math.min(1000, largest); spend < largest; spend *= 4 / 3) grid.push(spend)
  grid.push(largest)
  return grid
}

/** Appends the pieces from the last point to `end`, left to right. */
function refine(
  points: [number, number][],
  end: [number, number],
  { at, tolerance }: { at: (spend: number) => number; tolerance: number },
): void {
  const pending = [end]
  while (pending.length > 0 && points.length <= MOST_POINTS) {
    const [from, low] = points.at(-1)!
    const [to, high] = pending.at(-1)!
    const straight = (share: number): boolean => {
      const spend = from + share * (to - from)
      return Math.abs(at(spend) - (low + share * (high - low))) <= tolerance
    }
    if (to - from <= NARROWEST || [0.5, 0.25, 0.75, 0.1, 0.9].every(straight)) points.push(pending.pop()!)
    else {
      const middle = (from + to) / 2
      pending.push([middle, at(middle)])
    }
  }
}

function withoutStraightJoints(points: readonly [number, number][], tolerance: number): [number, number][] {
  const kept: [number, number][] = []
  for (const [spend, support] of points) {
    while (kept.length >= 2) {
      const [first, middle] = [kept.at(-2)!, kept.at(-1)!]
      const expected = first[1] + ((middle[0] - first[0]) / (spend - first[0])) * (support - first[1])
      if (Math.abs(middle[1] - expected) > tolerance / 10) break
      kept.pop()
    }
    kept.push([spend, support])
  }
  return kept
}

/** Support at a spend, in yuan. */
export function supportAt({ spend, support }: Schedule, at: number): number {
  const last = spend.length - 1
  if (at >= spend[last]!) return support[last]!
  let [low, high] = [0, last]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (spend[middle]! <= at) low = middle
    else high = middle
  }
  const share = (at - spend[low]!) / (spend[high]! - spend[low]!)
  return support[low]! + share * (support[high]! - support[low]!)
}
