// The calendar of one device: spans in which it is taken, sorted and never overlapping, so that every question is one
// binary search and a walk over what lies ahead. And the question asked of many calendars at once: from when do enough of
// them have room together? Only those that had none are asked again.
import { assert } from '../assert.ts'
import type { Instant } from '../calendar/index.ts'

export interface Span {
  readonly from: Instant
  /** first instant at which it is over */
  readonly to: Instant
}

export type DeviceCalendar = Span[]

/** The first span that is not over at the instant. */
function indexAt(calendar: readonly Span[], at: Instant): number {
  let [low, high] = [0, calendar.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (calendar[middle]!.to <= at) low = middle + 1
    else high = middle
  }
  return low
}

export function isFree(calendar: readonly Span[], { from, to }: Span): boolean {
  const next = calendar[indexAt(calendar, from)]
  return next === undefined || next.from >= to
}

/** The earliest instant, not before `at`, from which the device is free for so long. */
export function freeFrom(calendar: readonly Span[], at: Instant, durationMs: number): Instant {
  let start = at
  for (let index = indexAt(calendar, at); index < calendar.length; index++) {
    if (calendar[index]!.from >= start + durationMs) return start
    start = calendar[index]!.to
  }
  return start
}

/** Free time around a free span, as far as its neighbours; nothing on a side counts as `open`. */
export function slackOf(calendar: readonly Span[], { from, to }: Span, open: number): number {
  const index = indexAt(calendar, from)
  const before = calendar[index - 1]
  const after = calendar[index]
  return (
    Math.min(open, before === undefined ? open : from - before.to) +
    Math.min(open, after === undefined ? open : after.from - to)
  )
}

export function take(calendar: DeviceCalendar, span: Span): void {
  assert(isFree(calendar, span), 'a device has one lease at a time')
  calendar.splice(indexAt(calendar, span.from), 0, span)
}

export function giveBack(calendar: DeviceCalendar, { from, to }: Span): void {
  const index = indexAt(calendar, from)
  const taken = calendar[index]
  assert(taken?.from === from && taken.to === to, 'a lease stands in the calendar of its devices')
  calendar.splice(index, 1)
}

/**
 * The earliest instant from `at` to `latest` at which so many of `count` have room together; Infinity when there is none.
 * @param next for one of them, the earliest instant, not before the given one, at which it has room
 */
export function together(
  count: number,
  wanted: number,
  { from: at, to: latest }: Span,
  next: (index: number, at: Instant) => Instant,
): Instant {
  if (count < wanted || at > latest) return Number.POSITIVE_INFINITY
  const start = new Float64Array(count)
  for (let index = 0; index < count; index++) start[index] = next(index, at)
  for (let known = at; ;) {
    if (start.filter((instant) => instant <= known).length >= wanted) return known
    known = start.toSorted()[wanted - 1]!
    if (known > latest) return Number.POSITIVE_INFINITY
    for (let index = 0; index < count; index++) if (start[index]! < known) start[index] = next(index, known)
  }
}
