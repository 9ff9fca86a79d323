// What contracts sell of a centre, month by month, and when their terms end: a contract's money buys card-hours at its own
// price, evenly over its term and evenly over the classes it prices, as in the plan of compute. A centre that is sold today
// and empty when its terms end, or sold and idle, must not be told by one number: what is sold, what is sold after the
// greatest ending, and what is active are one value here, and nothing gives one without the others.
import { addMonths, addDays, daysBetween, type Day } from '../calendar/index.ts'
import { chipClass } from '../capacity/index.ts'
import { ladderOf, type CentreMonth } from './ladder.ts'
import type { Month } from './pieces.ts'

export interface SoldTerm {
  readonly centre: string
  readonly contract: string
  readonly from: Day
  /** the last day, included */
  readonly until: Day
  readonly fen: bigint
  readonly prices: readonly { readonly chip: string; readonly fenPerCardHour: bigint }[]
}

/** Card-seconds of a month by class. */
export function soldIn(terms: readonly SoldTerm[], month: Month): { chip: string; cardSeconds: number }[] {
  const sums = new Map<string, number>()
  const first = `${month}-01`
  const next = addMonths(first, 1)
  for (const term of terms) {
    const from = term.from > first ? term.from : first
    const end = addDays(term.until, 1) < next ? addDays(term.until, 1) : next
    if (from >= end) continue
    const days = daysBetween(from, end)
    for (const { chip, perDay } of ratesOf(term))
      sums.set(chip, (sums.get(chip) ?? 0) + Math.round(perDay * days))
  }
  return [...sums]
    .map(([chip, cardSeconds]) => ({ chip, cardSeconds }))
    .sort((a, b) => (a.chip < b.chip ? -1 : 1))
}

function ratesOf({ from, until, fen, prices }: SoldTerm): { chip: string; perDay: number }[] {
  const priced = prices.filter(({ fenPerCardHour }) => fenPerCardHour > 0n)
  const days = Math.max(1, daysBetween(from, until) + 1)
  return priced.map(({ chip, fenPerCardHour }) => ({
    chip: chipClass(chip),
    perDay: (Number(fen) / priced.length / Number(fenPerCardHour) / days) * 3600,
  }))
}

export interface TermsEnd {
  /** terms end in it */
  readonly month: Month
  readonly contracts: number
  /** card-seconds a day that end with it */
  readonly perDay: number
  /** of all that the contracts which run on the last day of the asked month use a day */
  readonly share: number
}

/** When the terms that run at the end of a month end, in order. */
export function termsEnding(terms: readonly SoldTerm[], month: Month): TermsEnd[] {
  const last = addDays(addMonths(`${month}-01`, 1), -1)
  const running = terms
    .filter(({ from, until }) => from <= last && until >= last)
    .map((term) => ({
      month: term.until.slice(0, 7),
      perDay: ratesOf(term).reduce((sum, { perDay }) => sum + perDay, 0),
    }))
  const all = running.reduce((sum, { perDay }) => sum + perDay, 0)
  const ends = new Map<Month, { contracts: number; perDay: number }>()
  for (const { month: end, perDay } of running) {
    const before = ends.get(end) ?? { contracts: 0, perDay: 0 }
    ends.set(end, { contracts: before.contracts + 1, perDay: before.perDay + perDay })
  }
  return [...ends]
    .map(([end, { contracts, perDay }]) => ({
      month: end,
      contracts,
      perDay: Math.round(perDay),
      share: all === 0 ? 0 : rounded(perDay / all),
    }))
    .sort((a, b) => (a.month < b.month ? -1 : 1))
}

/** A share of what is installed. */
export interface LadderShare {
  readonly share: number
  /** a part of it is unknown, or the feed did not look at all of it */
  readonly atLeast: boolean
}

export interface SoldAndActive {
  readonly month: Month
  readonly sold: LadderShare | null
  /** the greatest ending of terms within a year; null: none ends */
  readonly ending: TermsEnd | null
  /** the month after it, of what is installed in the asked month; without an ending, a year later */
  readonly after: { readonly month: Month; readonly sold: LadderShare | null }
  readonly active: LadderShare | null
}

const MONTHS_AHEAD = 12

/**
 * @param cells the same centres, in the asked month and those to come
 * @param terms of those centres
 */
export function soldAndActive(
  cells: readonly CentreMonth[],
  terms: readonly SoldTerm[],
  month: Month,
): SoldAndActive {
  const own = cells.filter((cell) => cell.month === month)
  const [installed, , , , active] = ladderOf(own)
  const of = installed!.unknownOf > 0 ? 0 : installed!.cardSeconds
  const end = addMonths(`${month}-01`, MONTHS_AHEAD).slice(0, 7)
  const ending = termsEnding(terms, month)
    .filter((each) => each.month >= month && each.month <= end)
    .reduce<TermsEnd | null>((most, each) => (most === null || each.share > most.share ? each : most), null)
  const later = ending === null ? end : addMonths(`${ending.month}-01`, 1).slice(0, 7)
  const sold = (when: Month): LadderShare | null => {
    const [, , rung] = ladderOf(cells.filter((cell) => cell.month === when))
    if (of === 0 || rung!.of === 0 || rung!.sources.length === 0) return null
    // months differ in length: what is sold of a day, against what is installed of a day
    const days = daysOf(when) / daysOf(month)
    return { share: rounded(rung!.cardSeconds / (of * days)), atLeast: rung!.unknownOf > 0 }
  }
  const missed = active!.seen !== null && active!.seen.seconds < active!.seen.of
  return {
    month,
    sold: sold(month),
    ending,
    after: { month: later, sold: sold(later) },
    active:
      of === 0 || active!.sources.length === 0
        ? null
        : { share: rounded(active!.cardSeconds / of), atLeast: active!.unknownOf > 0 || missed },
  }
}

function daysOf(month: Month): number {
  return daysBetween(`${month}-01`, addMonths(`${month}-01`, 1))
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000
}
