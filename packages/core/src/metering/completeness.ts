// How complete what a feed told is, hour by hour and day by day. Expected is the time between its enrolment and its end;
// read is what the windows of its batches cover. Of devices, expected is every known device in every such hour; covered is
// what its samples say. What was not read is unknown, not idle. Days are days of China time.
import { addDays, dayOf, startOf, type Day, type Instant } from '../calendar/index.ts'
import { HOUR_MS } from './device-hours.ts'

export interface FeedSpan {
  readonly id: string
  readonly enrolledAt: Instant
  /** when it was withdrawn */
  readonly endedAt: Instant | null
  /** what its batches of runs read, in any order, overlapping or not */
  readonly read: readonly { readonly from: Instant; readonly until: Instant }[]
  /** what is known of its devices, by hour; none where the centre has no monitoring */
  readonly devices: readonly DeviceCover[]
}

export interface DeviceCover {
  readonly device: string
  readonly hourAt: Instant
  readonly coveredSeconds: number
}

export type DayState = 'complete' | 'partial' | 'silent' | 'no_feed'

export interface FeedDay {
  readonly day: Day
  readonly state: DayState
  readonly expectedSeconds: number
  readonly readSeconds: number
  /** device seconds, 0 of 0 where there is no monitoring */
  readonly expectedDeviceSeconds: number
  readonly coveredDeviceSeconds: number
  /** the lesser of what was read and what was covered, in whole per cent, rounded down */
  readonly percent: number
}

/** @returns one row a day of the feed, both days included; time after `at` is not expected yet */
export function feedDays(feed: FeedSpan, days: { from: Day; to: Day }, at: Instant): FeedDay[] {
  const read = joinedSpans(feed.read)
  const known = devicesKnown(feed.devices)
  const covered = new Map<Day, number>()
  for (const { hourAt, coveredSeconds } of feed.devices)
    covered.set(dayOf(hourAt), (covered.get(dayOf(hourAt)) ?? 0) + coveredSeconds)
  const rows: FeedDay[] = []
  for (let day = days.from; day <= days.to; day = addDays(day, 1)) {
    const from = Math.max(startOf(day), feed.enrolledAt)
    const until = Math.min(startOf(addDays(day, 1)), feed.endedAt ?? at, at)
    const expected = Math.max(0, until - from)
    const came = overlapOf(read, { from, until })
    const devices = known.reduce((sum, known) => sum + overlapOf([known], { from, until }), 0)
    rows.push(
      dayRow(day, {
        expectedSeconds: seconds(expected),
        readSeconds: seconds(came),
        expectedDeviceSeconds: seconds(devices),
        coveredDeviceSeconds: Math.min(seconds(devices), covered.get(day) ?? 0),
      }),
    )
  }
  return rows
}

function dayRow(day: Day, counts: Omit<FeedDay, 'day' | 'state' | 'percent'>): FeedDay {
  const { expectedSeconds, readSeconds, expectedDeviceSeconds, coveredDeviceSeconds } = counts
  const share = (part: number, whole: number): number =>
    whole === 0 ? 100 : Math.floor((part * 100) / whole)
  const percent = Math.min(
    share(readSeconds, expectedSeconds),
    share(coveredDeviceSeconds, expectedDeviceSeconds),
  )
  const silent = readSeconds === 0 && coveredDeviceSeconds === 0
  const state =
    expectedSeconds === 0 ? 'no_feed' : silent ? 'silent' : percent === 100 ? 'complete' : 'partial'
  return { day, state, ...counts, percent: state === 'no_feed' ? 0 : percent }
}

/** From the first to the last hour that a device was seen in: before and after it nothing is expected of it. */
function devicesKnown(devices: readonly DeviceCover[]): Span[] {
  const spans = new Map<string, Span>()
  for (const { device, hourAt } of devices) {
    const span = spans.get(device) ?? { from: hourAt, until: hourAt + HOUR_MS }
    spans.set(device, { from: Math.min(span.from, hourAt), until: Math.max(span.until, hourAt + HOUR_MS) })
  }
  return [...spans.values()]
}

export interface Span {
  readonly from: Instant
  readonly until: Instant
}

/** The same time in spans that neither overlap nor touch, in order. */
export function joinedSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (span.until <= span.from) continue
    if (last === undefined || span.from > last.until) joined.push(span)
    else if (span.until > last.until) joined[joined.length - 1] = { from: last.from, until: span.until }
  }
  return joined
}

/** What lies between: time of `within` that no span covers. */
export function gapsOf(spans: readonly Span[], within: Span): Span[] {
  const gaps: Span[] = []
  let from = within.from
  for (const span of joinedSpans(spans)) {
    if (span.from > from) gaps.push({ from, until: Math.min(span.from, within.until) })
    from = Math.max(from, span.until)
  }
  if (from < within.until) gaps.push({ from, until: within.until })
  return gaps.filter((gap) => gap.until > gap.from && gap.from < within.until)
}

/** Milliseconds of the window that the joined spans cover. */
export function overlapOf(joined: readonly Span[], window: Span): number {
  return joined.reduce(
    (sum, { from, until }) => sum + Math.max(0, Math.min(until, window.until) - Math.max(from, window.from)),
    0,
  )
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}

export interface HeardBatch {
  readonly madeAt: Instant
  readonly receivedAt: Instant
}

/**
 * How far the agent's clock is from ours, in seconds, by the batch that was under way the shortest: above 0 it runs behind or
 * nothing arrives at once, below 0 it runs ahead for certain. Null without a batch.
 */
export function clockOffset(batches: readonly HeardBatch[]): number | null {
  if (batches.length === 0) return null
  return Math.round(Math.min(...batches.map(({ madeAt, receivedAt }) => receivedAt - madeAt)) / 1000)
}

/** A device that several held at one time in an hour, or that more was told of than the hour has. */
export interface SharedHour {
  readonly device: string
  readonly hourAt: Instant
  readonly owners: readonly string[]
  /** seconds that several held together, or all that was told where that is more than the hour */
  readonly seconds: number
}

/** Between the owners of one moment of a device, as the reading of samples writes them. */
export const OWNERS_BETWEEN = ' + '

/** Where a device is not sold in slices, such an hour is booked twice: people look at it, nothing is guessed. */
export function sharedHours(hours: readonly (DeviceCover & { readonly owner: string })[]): SharedHour[] {
  const groups = new Map<string, (DeviceCover & { readonly owner: string })[]>()
  for (const hour of hours) {
    const key = `${hour.hourAt}/${hour.device}`
    const group = groups.get(key)
    if (group) group.push(hour)
    else groups.set(key, [hour])
  }
  return [...groups.values()].flatMap((group) => {
    const { device, hourAt } = group[0]!
    const told = group.reduce((sum, { coveredSeconds }) => sum + coveredSeconds, 0)
    const shared = group.filter(({ owner }) => owner.includes(OWNERS_BETWEEN))
    const together = shared.reduce((sum, { coveredSeconds }) => sum + coveredSeconds, 0)
    const seconds = told * 1000 > HOUR_MS ? told : together
    const held = told * 1000 > HOUR_MS ? group : shared
    const owners = [...new Set(held.flatMap(({ owner }) => owner.split(OWNERS_BETWEEN)))].sort()
    return seconds === 0 ? [] : [{ device, hourAt, owners, seconds }]
  })
}
