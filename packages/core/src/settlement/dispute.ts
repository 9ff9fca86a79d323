// 争议: a firm, a centre or the office disputes a rated line, a shortfall or a month's total. The other side answers within its
// days, the office decides, the centre corrects. What is said to be too much is held out of payment while the dispute is
// open; what is said to be too little holds nothing back. Both limits are the platform's own (no measure that we read
// states one): working days.
import { addWorkingDays, type Day } from '../calendar/index.ts'
import type { Month } from '../metering/index.ts'
import { leastFen, type Fen } from '../money/index.ts'

export type DisputeSide = 'firm' | 'provider' | 'office'

/** After the month's end, or after the claim that shows the line was filed. */
export const DISPUTE_DAYS = 20

/** For the other side's answer. */
export const DISPUTE_ANSWER_DAYS = 5

/** States in which a dispute holds money back. */
export const DISPUTED_STATES = ['opened', 'answered', 'correcting'] as const

/** What the office raises, the centre answers: the records are its own. */
export function answererOf(opened: DisputeSide): Exclude<DisputeSide, 'office'> {
  return opened === 'provider' ? 'firm' : 'provider'
}

/**
 * The last day on which a month's line can be disputed.
 * @param claimedOn the days on which claims over the month were filed
 */
export function disputeUntil(monthEndsOn: Day, claimedOn: readonly Day[]): Day | null {
  const from = [monthEndsOn, ...claimedOn].reduce((last, day) => (day > last ? day : last))
  const counted = addWorkingDays(from, DISPUTE_DAYS)
  return counted.ok && !counted.value.provisional ? counted.value.day : null
}

export interface HeldDispute {
  readonly month: Month
  readonly direction: 'too_much' | 'too_little'
  readonly disputedFen: Fen
  /** what the office upheld of it; null before it decided */
  readonly upheldFen: Fen | null
}

/** What open disputes hold out of the rated use of each month, never more than was rated. */
export function heldFen(disputes: readonly HeldDispute[], rated: ReadonlyMap<Month, Fen>): Fen {
  const held = new Map<Month, Fen>()
  for (const { month, direction, disputedFen, upheldFen } of disputes)
    if (direction === 'too_much') held.set(month, (held.get(month) ?? 0n) + (upheldFen ?? disputedFen))
  return [...held].reduce((sum, [month, fen]) => sum + leastFen(fen, rated.get(month) ?? 0n), 0n)
}
