// In which period a rated line counts. A closed period is never rated again: its lines stand as they were. Use of it that
// comes after the close is booked to the period that follows, marked with its real month, or refused by the site's rule.
// What a closed line tells otherwise later is unwound as it was recorded and told right, both in the following period, so
// that the difference shows. Where the difference takes back what a claim has used already, it counts nowhere by itself:
// people are told and decide, and no other month is made to pay for it.
import { addMonths, startOf, type Instant } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import { accept, type Decision } from '../refusal.ts'
import type { ServiceContract } from './contract.ts'
import type { Month } from './pieces.ts'
import {
  defaultRatingRules,
  rateUsage,
  type RatedLine,
  type RatingRefusal,
  type RatingRules,
} from './rating.ts'
import type { UsageRecord } from './usage.ts'

/** `late` came after its period was closed, `refused` too and counts nowhere; a `reversal` unwinds, `restated` is in its place. */
export type Booking = 'regular' | 'late' | 'refused' | 'reversal' | 'restated'

export interface BookedLine extends RatedLine {
  readonly booking: Booking
  /** the period in which it counts */
  readonly bookedMonth: Month
  /** the moment by which a claim's days take it: of late lines and corrections the beginning of their period */
  readonly bookedAt: Instant
  /** false for what was refused, and for a correction of what a claim has used: it waits for people */
  readonly counts: boolean
  /** of a correction: the moment by which what it corrects was taken */
  readonly correctsAt: Instant | null
}

export interface Books {
  /** the last closed period; all before it are closed too */
  readonly closedThrough: Month | null
  /** all lines that are booked in closed periods, as they stand */
  readonly closed: readonly BookedLine[]
  /** what the site does with use that comes after the close */
  readonly late: LateRule
  /** whether a claim that lives takes the lines of that moment */
  readonly claimed: (bookedAt: Instant) => boolean
}

export type LateRule = 'next' | 'refuse'

/** The month after. */
export function followingMonth(month: Month): Month {
  return addMonths(`${month}-01`, 1).slice(0, 7)
}

/** @returns all lines of the contract, those of closed periods unchanged but for runs that have ended since */
export function bookUsage(
  records: readonly UsageRecord[],
  contract: ServiceContract,
  books: Books,
  rules: RatingRules = defaultRatingRules,
): Decision<BookedLine[], RatingRefusal> {
  const rated = rateUsage(records, contract, rules)
  if (!rated.ok) return rated
  const { closedThrough } = books
  if (closedThrough === null) return accept(rated.value.lines.map(regular))
  const isClosed = ({ month }: RatedLine): boolean => month <= closedThrough
  const told = byRecord(rated.value.lines.filter(isClosed))
  const standing = byRecord(standingOf(books.closed))
  const keys = [...new Set([...told.keys(), ...standing.keys()])]
  const differing = new Set(keys.filter((key) => contents(told.get(key)) !== contents(standing.get(key))))
  const again = contract.agreed
    ? rated
    : rateUsage(
        records.filter(({ key }) => differing.has(key)),
        contract,
        rules,
      )
  if (!again.ok) return again
  const corrected = byRecord(again.value.lines.filter(isClosed))
  const ended = new Set(
    [...told.values()]
      .flat()
      .filter(({ open }) => !open)
      .map(contentOf),
  )
  return accept([
    ...books.closed.map((line) =>
      line.open && ended.has(contentOf(line)) ? { ...line, open: false } : line,
    ),
    ...rated.value.lines.filter((line) => !isClosed(line)).map(regular),
    ...[...differing].flatMap((key) => correction(standing.get(key) ?? [], corrected.get(key) ?? [], books)),
  ])
}

function regular(line: RatedLine): BookedLine {
  return {
    ...line,
    booking: 'regular',
    bookedMonth: line.month,
    bookedAt: line.fromAt,
    counts: true,
    correctsAt: null,
  }
}

/** How one run's use of closed periods is booked where it differs from what stands. */
function correction(
  standing: readonly BookedLine[],
  told: readonly RatedLine[],
  { closedThrough, late, claimed }: Books,
): BookedLine[] {
  const bookedMonth = followingMonth(closedThrough!)
  const place = { bookedMonth, bookedAt: startOf(`${bookedMonth}-01`) }
  const refused = (line: RatedLine): BookedLine => ({
    ...line,
    ...place,
    amountFen: 0n,
    booking: 'refused',
    counts: false,
    correctsAt: null,
  })
  if (standing.length === 0)
    return told.map((line) =>
      late === 'refuse'
        ? refused(line)
        : { ...line, ...place, booking: 'late', counts: true, correctsAt: null },
    )
  const taken = standing.filter(({ counts, open }) => counts && !open)
  const difference = sum(told) - sum(taken)
  const held = difference < 0n && taken.some(({ bookedAt }) => claimed(bookedAt))
  const reversals = standing.map((line): BookedLine => ({
    ...unwound(line),
    ...place,
    booking: 'reversal',
    // what never counted has nothing to give back
    counts: !held && taken.includes(line),
    correctsAt: taken.includes(line) ? line.bookedAt : null,
  }))
  if (standing.every(({ booking }) => booking === 'refused')) return [...reversals, ...told.map(refused)]
  const correctsAt = (taken[0] ?? standing[0]!).bookedAt
  return [
    ...reversals,
    ...told.map((line): BookedLine => ({
      ...line,
      ...place,
      booking: 'restated',
      counts: !held,
      correctsAt,
    })),
  ]
}

/** The same line with every quantity taken back. */
function unwound<Line extends RatedLine>(line: Line): Line {
  const { seconds, valueFen, amountFen } = line
  return { ...line, seconds: -seconds, valueFen: -valueFen, amountFen: -amountFen }
}

/** Lines that no reversal has unwound. */
function standingOf(lines: readonly BookedLine[]): BookedLine[] {
  const gone = new Map<string, number>()
  for (const line of lines) {
    if (line.booking !== 'reversal') continue
    const content = contentOf(unwound(line))
    gone.set(content, (gone.get(content) ?? 0) + 1)
  }
  return lines.filter((line) => {
    if (line.booking === 'reversal') return false
    const left = gone.get(contentOf(line)) ?? 0
    if (left > 0) gone.set(contentOf(line), left - 1)
    return left === 0
  })
}

/**
 * What a line says of the use itself; its fen follow from this and the lines that it is rounded with. At an agreed price
 * they follow from the whole month (bands, minimums, leases) and are part of what is said.
 */
function contentOf(line: RatedLine): string {
  const { recordKey, fromAt, untilAt, seconds, chip, units, unitsPerCard, fenPerCardHour, reason } = line
  const use = [recordKey, fromAt, untilAt, seconds, chip, units, unitsPerCard, fenPerCardHour, reason]
  return (line.tariff === undefined ? use : [...use, line.valueFen]).join('|')
}

function contents(lines: readonly RatedLine[] | undefined): string {
  return (lines ?? []).map(contentOf).sort().join('\n')
}

function byRecord<Line extends RatedLine>(lines: readonly Line[]): Map<string, Line[]> {
  const groups = new Map<string, Line[]>()
  for (const line of lines) {
    const group = groups.get(line.recordKey)
    if (group) group.push(line)
    else groups.set(line.recordKey, [line])
  }
  return groups
}

function sum(lines: readonly RatedLine[]): Fen {
  return lines.reduce((total, { amountFen }) => total + amountFen, 0n)
}

/** What of a claim's base its metered use does not prove any more: above 0 people must know. */
export function noLongerProven(
  lines: readonly BookedLine[],
  claim: { readonly fromAt: Instant; readonly untilAt: Instant; readonly baseFen: Fen },
): Fen {
  const within = (at: Instant | null): boolean => at !== null && at >= claim.fromAt && at < claim.untilAt
  const proven = lines.filter(({ counts, open, bookedAt, correctsAt, booking }) =>
    counts ? !open && within(bookedAt) : booking !== 'refused' && within(correctsAt),
  )
  const left = claim.baseFen - sum(proven)
  return left > 0n ? left : 0n
}

/** Where a month stands, by the days alone; that it is proposed or closed is what people did. */
export function periodPhase(
  month: Month,
  { at, graceDays }: { readonly at: Instant; readonly graceDays: number },
): 'open' | 'in_grace' | 'due' {
  const endsAt = startOf(`${followingMonth(month)}-01`)
  if (at < endsAt) return 'open'
  return at < endsAt + graceDays * 86_400_000 ? 'in_grace' : 'due'
}

/** The months from one to another, both included. */
export function monthsBetween(first: Month, last: Month): Month[] {
  const months: Month[] = []
  for (let month = first; month <= last; month = followingMonth(month)) months.push(month)
  return months
}
