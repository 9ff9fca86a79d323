// 余额预警: how much of an amount is used up, which thresholds that has reached, and how long the rest would last at the pace
// of the last seven days. The pace is a plain mean over seven whole days, so that anybody can make it again by hand; what it
// foretells is an estimate and never becomes a posting.
import { addDays, type Day } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'

/** Per cent of an amount at which people are told. */
export const ALERT_PERCENTS = [75, 90, 100] as const

export type AlertPercent = (typeof ALERT_PERCENTS)[number]

/** Days over which the pace is taken. */
export const PACE_DAYS = 7

export interface Balance {
  readonly totalFen: Fen
  readonly usedFen: Fen
  /** used within the last seven days */
  readonly recentFen: Fen
}

export interface Burn {
  /** whole per cent, rounded down, so that 100 is said of what is used up and of nothing less */
  readonly percent: number
  readonly leftFen: Fen
  /** a day at the pace of the last seven, rounded down */
  readonly paceFen: Fen
  /** whole days that the rest lasts; null: nothing was used in those days, so no end is in sight */
  readonly daysLeft: number | null
  /** the estimate's last day */
  readonly lastsUntil: Day | null
}

/** Beyond this an estimate from seven days says nothing. */
const MOST_DAYS = 3660

export function burnOf({ totalFen, usedFen, recentFen }: Balance, today: Day): Burn {
  const leftFen = totalFen > usedFen ? totalFen - usedFen : 0n
  const percent = totalFen <= 0n ? 100 : Number((usedFen * 100n) / totalFen)
  const days = recentFen <= 0n ? null : (leftFen * BigInt(PACE_DAYS)) / recentFen
  const daysLeft = leftFen === 0n ? 0 : days === null || days > MOST_DAYS ? null : Number(days)
  return {
    percent,
    leftFen,
    paceFen: recentFen <= 0n ? 0n : recentFen / BigInt(PACE_DAYS),
    daysLeft,
    lastsUntil: daysLeft === null ? null : addDays(today, daysLeft),
  }
}

/** What an amount has reached and was not told of, the highest last. A greater total begins anew. */
export function alertsDue(
  { percent }: Pick<Burn, 'percent'>,
  told: readonly AlertPercent[],
): readonly AlertPercent[] {
  const highest = Math.max(0, ...told)
  return ALERT_PERCENTS.filter((each) => each > highest && percent >= each)
}
