// A record of use is cut at the boundaries of months in China time, and at every other instant that changes how it is
// rated. Seconds on the devices follow seconds on the clock: without suspension exactly, and where a run was suspended
// (the accounting says how long, not when) in proportion, so that the pieces always add up to the record.
import { addMonths, dayOf, startOf, type Instant } from '../calendar/index.ts'
import { splitInProportion } from '../money/index.ts'
import { lastInstantOf, type UsageRecord } from './usage.ts'

/** A month of China time, `YYYY-MM`. */
export type Month = string

export interface UsagePiece {
  readonly month: Month
  readonly fromAt: Instant
  readonly untilAt: Instant
  /** seconds on the devices */
  readonly seconds: number
}

export function monthOf(instant: Instant): Month {
  return dayOf(instant).slice(0, 7)
}

/**
 * @param cuts further instants to cut at; those outside the record do nothing
 * @returns pieces in order of time, whose seconds add up to the record's; none for a record that never ran
 */
export function piecesOf(record: UsageRecord, cuts: readonly Instant[] = []): UsagePiece[] {
  const last = lastInstantOf(record)
  if (record.startedAt === null || last === null || record.elapsedSeconds === 0) return []
  const inside = [...cuts, ...monthStarts(record.startedAt, last)].filter(
    (instant) => instant > record.startedAt! && instant < last,
  )
  const edges = [record.startedAt, ...new Set(inside.sort((a, b) => a - b)), last]
  const walls = edges.slice(1).map((edge, index) => BigInt(edge - edges[index]!))
  const seconds = splitInProportion(BigInt(record.elapsedSeconds), walls)
  return seconds.map((share, index) => ({
    month: monthOf(edges[index]!),
    fromAt: edges[index]!,
    untilAt: edges[index + 1]!,
    seconds: Number(share),
  }))
}

function monthStarts(from: Instant, until: Instant): Instant[] {
  const starts: Instant[] = []
  let day = `${monthOf(from)}-01`
  for (day = addMonths(day, 1); startOf(day) < until; day = addMonths(day, 1)) starts.push(startOf(day))
  return starts
}
