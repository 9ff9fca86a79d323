// Records of use from many files become one set: the same run twice counts once, a later snapshot of a run replaces
// the earlier, and two records of one run that cannot both be true are reported; what was there first stands until
// people decide. A feed that corrects itself says so by a higher revision: the highest stands, whatever it contradicts.
// Consistent streams end in the same set in whatever order and however often they come.
import { hasEnded, type UsageRecord } from './usage.ts'

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
  const known = new Map(existing.map((record) => [record.key, record]))
  const started = new Set(existing.filter((record) => record.startedAt !== null).map(submissionOf))
  const added = new Map<string, UsageRecord>()
  const superseded = new Map<string, { before: UsageRecord; after: UsageRecord }>()
  const conflicts: UsageConflict[] = []
  let unchanged = 0
  const replace = (before: UsageRecord, after: UsageRecord): void => {
    known.delete(before.key)
    known.set(after.key, after)
    if (added.delete(before.key)) added.set(after.key, after)
    else {
      const first = superseded.get(before.key)?.before ?? before
      superseded.delete(before.key)
      superseded.set(after.key, { before: first, after })
    }
  }
  for (const record of incoming) {
    const submission = submissionOf(record)
    if (record.startedAt === null && started.has(submission)) {
      unchanged++
      continue
    }
    const waiting = record.startedAt === null ? undefined : known.get(`${submission}/-`)
    const before = known.get(record.key) ?? waiting
    if (record.startedAt !== null) started.add(submission)
    if (!before) {
      known.set(record.key, record)
      added.set(record.key, record)
      continue
    }
    const verdict = compare(before, record)
    if (verdict === 'same') unchanged++
    else if (verdict === 'later') replace(before, record)
    else conflicts.push({ key: record.key, kept: before, offered: record, fields: verdict })
  }
  return {
    records: [...known.values()].sort(byKey),
    added: [...added.values()].sort(byKey),
    superseded: [...superseded.values()].sort((a, b) => byKey(a.after, b.after)),
    unchanged,
    conflicts,
  }
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
