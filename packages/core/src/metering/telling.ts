// What the agent of a centre has already told the platform, and from that what it tells next. Windows overlap, so that most
// of what is read was told before: the same again is not told; a run that goes on is told as a later snapshot; what
// contradicts what was told is a correction, with a higher revision, so that no order of arrival can undo it.
import { canonicalText } from '../canonical.ts'
import type { DeviceHour } from './device-hours.ts'
import { mergeUsage, submissionOf } from './merge.ts'
import { hasEnded, lastInstantOf, type UsageRecord } from './usage.ts'

interface ToldRun {
  readonly revision: number
  readonly digest: string
  /** the last snapshot of a run that has not ended; what has ended is kept by its digest alone */
  readonly open: UsageRecord | null
  /** forgotten when nothing is read so far back any more */
  readonly last: number
  /** the keys that it replaced */
  readonly replaces?: readonly string[]
}

interface ToldHour {
  readonly revision: number
  readonly digest: string
  readonly last: number
}

export interface Told {
  readonly runs: Readonly<Record<string, ToldRun>>
  /** by device and hour: all its owners together */
  readonly hours: Readonly<Record<string, ToldHour>>
}

export const nothingTold: Told = { runs: {}, hours: {} }

/** Rows of one device and hour stand or fall together: a higher revision replaces them all. */
export type TellableHour = DeviceHour & { readonly revision?: number }

export interface Telling {
  readonly records: readonly UsageRecord[]
  readonly hours: readonly TellableHour[]
  readonly told: Told
}

/**
 * @param digest of a text, the same on every call
 * @param forgetBefore the beginning of what will be read again: what ended earlier cannot come back
 */
export function tellingOf(
  told: Told,
  read: { readonly records: readonly UsageRecord[]; readonly hours: readonly DeviceHour[] },
  { digest, forgetBefore }: { readonly digest: (text: string) => string; readonly forgetBefore: number },
): Telling {
  const runs = new Map(Object.entries(told.runs))
  const records: UsageRecord[] = []
  const seen = new Set(read.records.map(({ key }) => key))
  const bySubmission = new Map<string, string[]>()
  for (const key of runs.keys()) {
    const keys = bySubmission.get(submissionOf({ key }))
    if (keys) keys.push(key)
    else bySubmission.set(submissionOf({ key }), [key])
  }
  for (const record of read.records) {
    const before = runs.get(record.key)
    const now = digest(canonicalText(record))
    if (before?.digest === now) continue
    const revision = before === undefined ? 0 : before.revision + (contradicts(before, record) ? 1 : 0)
    const gone = before === undefined ? (bySubmission.get(submissionOf(record)) ?? []) : []
    const restarted = gone.filter((key) => !seen.has(key) && isSameRun(key, runs.get(key), record))
    const earlier = restarted.flatMap((key) => [key, ...(runs.get(key)!.replaces ?? [])])
    const replaces = [...new Set([...(before?.replaces ?? []), ...earlier])].sort()
    for (const key of restarted) runs.delete(key)
    records.push({
      ...record,
      ...(revision === 0 ? {} : { revision }),
      ...(replaces.length === 0 ? {} : { replaces }),
    })
    const last = lastInstantOf(record) ?? record.submittedAt
    const run = { revision, digest: now, open: hasEnded(record) ? null : record, last }
    runs.set(record.key, replaces.length === 0 ? run : { ...run, replaces })
  }
  const hours = new Map(Object.entries(told.hours))
  const rows: TellableHour[] = []
  for (const [key, group] of byDeviceHour(read.hours)) {
    const before = hours.get(key)
    const now = digest(canonicalText(group))
    if (before?.digest === now) continue
    const revision = before === undefined ? 0 : before.revision + 1
    rows.push(...group.map((row) => ({ ...row, revision })))
    hours.set(key, { revision, digest: now, last: group[0]!.hourAt })
  }
  const kept = { runs: keep(runs, forgetBefore), hours: keep(hours, forgetBefore) }
  return { records, hours: rows, told: kept }
}

/**
 * A run that was told and is not there any more, while its job is there with another start, is that run with its start
 * corrected: because it had not ended, or because both would have run at the same time.
 */
function isSameRun(key: string, told: ToldRun | undefined, record: UsageRecord): boolean {
  const started = key.slice(key.lastIndexOf('/') + 1)
  if (told === undefined || started === '-' || record.startedAt === null) return false
  const until = lastInstantOf(record)!
  return told.open !== null || Math.max(Number(started) * 1000, record.startedAt) < Math.min(told.last, until)
}

function contradicts({ open }: ToldRun, record: UsageRecord): boolean {
  return open === null || mergeUsage([open], [record]).superseded.length === 0
}

export function byDeviceHour<Row extends DeviceHour>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = `${row.hourAt}/${row.device}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}

/** Runs that go on are never forgotten. */
function keep<Item extends { readonly last: number; readonly open?: UsageRecord | null }>(
  items: ReadonlyMap<string, Item>,
  before: number,
): Record<string, Item> {
  return Object.fromEntries(
    [...items].filter(([, { last, open }]) => last >= before || (open ?? null) !== null),
  )
}
