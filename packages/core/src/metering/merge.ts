// Records of use from many files become one set: the same run twice counts once, a later snapshot of a run replaces
// the earlier, and two records of one run that cannot both be true are reported; what was there first stands until
// people decide. A feed that corrects itself says so by a higher revision: the highest stands, whatever it contradicts. A
// job runs once at a time: a run that overlaps another of its submission is the same run with another start, and counts
// only where its feed says that it replaces the other; it is reported otherwise.
// Consistent streams end in the same set in whatever order and however often they come.
import { hasEnded, lastInstantOf, type UsageRecord } from './usage.ts'

export interface UsageConflict {
  readonly key: string
  readonly kept: UsageRecord
  readonly offered: UsageRecord
  /** the fields in which the two cannot both be true */
  readonly fields: readonly string[]
}

export interface UsageMerge {
  /** the whole set, ordered by key */
  readonly records: readonly UsageRecord[]
  readonly added: readonly UsageRecord[]
  /** what no longer counts, and what stands instead; a run may replace several */
  readonly superseded: readonly { readonly before: UsageRecord; readonly after: UsageRecord }[]
  /** records that said nothing new: duplicates and snapshots older than what is known */
  readonly unchanged: number
  readonly conflicts: readonly UsageConflict[]
}

/**
 * @param existing the set so far, as an earlier merge returned it
 * @param incoming what a file or a feed brings, in any order
 */
export function mergeUsage(existing: readonly UsageRecord[], incoming: readonly UsageRecord[]): UsageMerge {
  const state = stateOf(existing)
  const conflicts: UsageConflict[] = []
  let unchanged = 0
  for (const record of incoming) {
    const submission = submissionOf(record)
    const passed = record.startedAt === null && state.started.has(submission)
    if (passed || state.replaced.has(record.key)) {
      unchanged++
      continue
    }
    if (record.startedAt !== null) state.started.add(submission)
    const waiting = record.startedAt === null ? undefined : state.known.get(`${submission}/-`)
    const before = state.known.get(record.key) ?? waiting
    const verdict = before ? compare(before, record) : withoutKnown(state, record)
    if (verdict === 'same') unchanged++
    else if (verdict === 'later') put(state, record, before)
    else {
      const kept = before ?? overlapping(state, record)!
      conflicts.push({ key: record.key, kept, offered: record, fields: verdict })
    }
  }
  const { known, origins } = state
  const untouched = new Set(existing)
  const fresh = [...known.values()].filter((record) => !untouched.has(record))
  return {
    records: [...known.values()].sort(byKey),
    added: fresh.filter(({ key }) => (origins.get(key) ?? []).length === 0).sort(byKey),
    superseded: fresh
      .flatMap((after) => (origins.get(after.key) ?? []).map((before) => ({ before, after })))
      .sort((a, b) => byKey(a.after, b.after)),
    unchanged,
    conflicts,
  }
}

interface MergeState {
  readonly known: Map<string, UsageRecord>
  /** submissions of which a run has begun */
  readonly started: Set<string>
  /** keys that a run which stands says it replaces */
  readonly replaced: Set<string>
  /** what was known before this merge and gave way, by the key of what stands instead */
  readonly origins: Map<string, UsageRecord[]>
  readonly bySubmission: Map<string, Set<string>>
}

function stateOf(existing: readonly UsageRecord[]): MergeState {
  const bySubmission = new Map<string, Set<string>>()
  for (const record of existing) keysOf(bySubmission, record).add(record.key)
  return {
    known: new Map(existing.map((record) => [record.key, record])),
    started: new Set(existing.filter((record) => record.startedAt !== null).map(submissionOf)),
    replaced: new Set(existing.flatMap(({ replaces }) => replaces ?? [])),
    origins: new Map(existing.map((record) => [record.key, [record]])),
    bySubmission,
  }
}

function keysOf(bySubmission: Map<string, Set<string>>, record: UsageRecord): Set<string> {
  const submission = submissionOf(record)
  const keys = bySubmission.get(submission) ?? new Set()
  bySubmission.set(submission, keys)
  return keys
}

/** A run comes to stand: what it was told as before, and what it says it replaces, give way to it. */
function put(state: MergeState, record: UsageRecord, before: UsageRecord | undefined): void {
  const { known, origins, replaced } = state
  const gone = new Set([...(before ? [before.key] : []), ...(record.replaces ?? [])])
  const from = [...gone].flatMap((key) => (known.has(key) ? (origins.get(key) ?? []) : []))
  const keys = keysOf(state.bySubmission, record)
  for (const key of gone) {
    known.delete(key)
    origins.delete(key)
    keys.delete(key)
  }
  for (const key of record.replaces ?? []) replaced.add(key)
  known.set(record.key, record)
  origins.set(record.key, from)
  keys.add(record.key)
}

/** A run under a key that nobody knows is added, unless another run of its job was there at the same time. */
function withoutKnown(state: MergeState, record: UsageRecord): 'later' | string[] {
  return overlapping(state, record) === undefined ? 'later' : ['startedAt']
}

function overlapping({ bySubmission, known }: MergeState, record: UsageRecord): UsageRecord | undefined {
  if (record.startedAt === null) return undefined
  const replaces = new Set(record.replaces ?? [])
  return [...(bySubmission.get(submissionOf(record)) ?? [])]
    .filter((key) => key !== record.key && !replaces.has(key))
    .map((key) => known.get(key)!)
    .find((other) => runTogether(other, record))
}

/** True when the two were running at the same moment; what has used no time was not. */
export function runTogether(a: UsageRecord, b: UsageRecord): boolean {
  const [fromA, untilA, fromB, untilB] = [a.startedAt, lastInstantOf(a), b.startedAt, lastInstantOf(b)]
  if (fromA === null || untilA === null || fromB === null || untilB === null) return false
  return Math.max(fromA, fromB) < Math.min(untilA, untilB)
}

function byKey(a: UsageRecord, b: UsageRecord): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

/** What all runs of one submitted job share: records merge only within it. */
export function submissionOf(record: Pick<UsageRecord, 'key'>): string {
  return record.key.slice(0, record.key.lastIndexOf('/'))
}

/** `later` when the second replaces the first, `same` when it adds nothing, else the fields that contradict. */
function compare(first: UsageRecord, second: UsageRecord): 'later' | 'same' | string[] {
  const corrected = (second.revision ?? 0) - (first.revision ?? 0)
  if (corrected !== 0) return corrected > 0 ? 'later' : 'same'
  if (first.startedAt === null && second.startedAt !== null) return 'later'
  const fixed = ['account', 'qos', 'gpus', 'shards', 'billing', 'nodes'] as const
  const fields: string[] =
    first.startedAt === null ? [] : fixed.filter((name) => first[name] !== second[name])
  const chips = (record: UsageRecord): string =>
    record.chips.map(({ chip, cards }) => `${chip}=${cards}`).join()
  if (chips(first) !== chips(second)) fields.push('chips')
  const [ended, ends] = [hasEnded(first), hasEnded(second)]
  if (ended && ends) {
    for (const name of ['state', 'endedAt', 'elapsedSeconds', 'suspendedSeconds'] as const)
      if (first[name] !== second[name]) fields.push(name)
    return fields.length > 0 ? fields : 'same'
  }
  const forward = ends || (!ended && clock(second) > clock(first))
  const [older, newer] = forward ? [first, second] : [second, first]
  for (const name of ['elapsedSeconds', 'suspendedSeconds'] as const)
    if (older[name] > newer[name]) fields.push(name)
  if (fields.length > 0) return fields
  return forward ? 'later' : 'same'
}

function clock(record: UsageRecord): number {
  return record.elapsedSeconds + record.suspendedSeconds
}
