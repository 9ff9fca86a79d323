// What a firm spends when part of the price is paid for it. On a straight piece of the schedule spend moves to
// Q₀·(1 − r·ρ)^ε; at a cap the marginal rate is zero, so spend stops there or does not move at all. Among all pieces
// and corners the firm takes what leaves it best off under the demand curve that this elasticity describes.
import { powReal } from '../../numeric.ts'
import type { Schedule } from './schedule.ts'

export interface Demand {
  /** price elasticity ε, below zero (0 means no response) */
  readonly elasticity: number
  /** share of the support that reaches the user and not the provider, 0 to 1 */
  readonly passThrough: number
}

/** A schedule prepared for one demand curve: how far spend moves on each piece. */
export interface PreparedSchedule {
  readonly schedule: Schedule
  readonly demand: Demand
  /** (1 − r·ρ)^ε of the piece that starts at each point; 0 where support grows as fast as spend */
  readonly factors: Float64Array
}

export function prepare(schedule: Schedule, demand: Demand): PreparedSchedule {
  const { spend, support } = schedule
  const factors = new Float64Array(spend.length)
  for (let piece = 0; piece < spend.length; piece++) {
    const isLast = piece === spend.length - 1
    const rate = isLast ? 0 : (support[piece + 1]! - support[piece]!) / (spend[piece + 1]! - spend[piece]!)
    const price = 1 - rate * demand.passThrough
    factors[piece] = demand.elasticity === 0 ? 1 : price > 0 ? powReal(price, demand.elasticity) : 0
  }
  return { schedule, demand, factors }
}

/**
 * Spend of a firm that would spend `baseline` yuan without support.
 * @returns yuan in the same period
 */
export function respond({ schedule, demand, factors }: PreparedSchedule, baseline: number): number {
  if (baseline <= 0 || demand.elasticity === 0) return Math.max(baseline, 0)
  const { spend, support } = schedule
  const last = spend.length - 1
  let [best, gain] = [baseline, Number.NEGATIVE_INFINITY]
  const consider = (candidate: number, paid: number): void => {
    const surplus = worth(baseline, candidate, demand.elasticity) - candidate + demand.passThrough * paid
    if (surplus > gain + 1e-9 * baseline) {
      best = candidate
      gain = surplus
    }
  }
  for (let piece = 0; piece <= last; piece++) {
    const start = spend[piece]!
    const end = piece === last ? Infinity : spend[piece + 1]!
    const target = baseline * factors[piece]!
    // a price above the list price nowhere exists: spend never falls, so pieces below the baseline are passed over
    if (end < baseline) continue
    if (target > start && target < end) {
      const share = piece === last ? 0 : (target - start) / (end - start)
      consider(target, support[piece]! + share * (piece === last ? 0 : support[piece + 1]! - support[piece]!))
    } else if (start >= baseline) consider(start, support[piece]!)
  }
  return best
}

/** ∫ (q / Q₀)^(1/ε) dq from Q₀ to Q: what the additional use is worth to the firm. */
function worth(baseline: number, spend: number, elasticity: number): number {
  if (spend === baseline) return 0
  const power = 1 + 1 / elasticity
  const relative = spend / baseline
  if (Math.abs(power) < 1e-9) return baseline * Math.log(relative)
  return (baseline * (powReal(relative, power) - 1)) / power
}
