// Runs from pods, hour by hour, from raw samples: a run is a stretch of time in which a pod was seen running with the same
// devices. Two samples at most two intervals apart have nothing between them; further apart there is a gap, which ends the
// stretch: what nobody saw is not metered, and the pod's next run begins where it is seen again. A stretch that reaches the
// end of the hour stays open and goes on in the next. The last sample speaks for one interval.
import type { Instant } from '../calendar/index.ts'
import { HOUR_MS, MOST_INTERVALS } from './device-hours.ts'
import type { Pod, PodRules } from './pods.ts'
import { creditCodeOfAccount, lastInstantOf, usageKey, type UsageRecord } from './usage.ts'

export interface PodHour {
  readonly hourAt: Instant
  /** runs that the hours before left open */
  readonly open: readonly UsageRecord[]
}

/** @returns every run that was there in the hour, and those it ends; in order of key */
export function podRunsOf(pods: readonly Pod[], hour: PodHour, rules: PodRules): UsageRecord[] {
  const open = new Map(hour.open.map((record) => [record.jobId, record]))
  const runs = pods.flatMap((pod) => {
    const before = open.get(pod.uid)
    open.delete(pod.uid)
    return runsOfPod(pod, before, { hour, rules })
  })
  // what the hour does not tell of any more has ended when it was seen last
  const gone = [...open.values()].map((record) => ended(record, 'COMPLETED'))
  return [...runs, ...gone].sort((a, b) => (a.key < b.key ? -1 : 1))
}

interface Stretch {
  readonly first: number
  readonly last: number
}

function runsOfPod(
  pod: Pod,
  before: UsageRecord | undefined,
  { hour, rules }: { readonly hour: PodHour; readonly rules: PodRules },
): UsageRecord[] {
  const { hourAt } = hour
  const interval = rules.intervalSeconds * 1000
  const until = hourAt + HOUR_MS
  const stretches = stretchesOf(
    pod.moments.filter((at) => at >= hourAt && at < until),
    MOST_INTERVALS * interval,
  )
  const runs: UsageRecord[] = []
  const [first, ...later] = stretches
  if (before !== undefined) {
    const seenUntil = lastInstantOf(before)!
    // a second more: times are whole seconds
    const goesOn =
      first !== undefined &&
      first.first <= seenUntil + (MOST_INTERVALS - 1) * interval + 1000 &&
      holdsTheSame(before, pod)
    if (!goesOn) runs.push(ended(before, first === undefined ? pod.ending : 'COMPLETED'))
    else if (later.length > 0 || endsBefore(first, until, interval))
      runs.push(ended(grown(before, first.last, interval), later.length > 0 ? 'COMPLETED' : pod.ending))
    else runs.push(grown(before, first.last, interval))
    if (goesOn) stretches.shift()
  }
  const floor = runs[0] === undefined ? 0 : lastInstantOf(runs[0])!
  for (const [index, stretch] of stretches.entries()) {
    const begun = begin(pod, { ...stretch, first: Math.max(stretch.first, floor) }, rules)
    const isLast = index === stretches.length - 1
    const goesOn = isLast && !endsBefore(stretch, until, interval)
    runs.push(goesOn ? begun : ended(begun, isLast ? pod.ending : 'COMPLETED'))
  }
  return runs
}

function stretchesOf(moments: readonly number[], most: number): Stretch[] {
  const stretches: Stretch[] = []
  for (const at of moments) {
    const open = stretches.at(-1)
    if (open !== undefined && at - open.last <= most)
      stretches[stretches.length - 1] = { first: open.first, last: at }
    else stretches.push({ first: at, last: at })
  }
  return stretches
}

/** Samples that are missing up to the end of the hour are a gap, too. */
function endsBefore({ last }: Stretch, until: Instant, interval: number): boolean {
  return last + MOST_INTERVALS * interval < until
}

function holdsTheSame(record: UsageRecord, pod: Pod): boolean {
  const devices = (parts: UsageRecord['devices']): string => JSON.stringify(parts ?? [])
  return (
    record.gpus === pod.gpus &&
    record.shards === pod.shards &&
    JSON.stringify(record.chips) === JSON.stringify(pod.chips) &&
    devices(record.devices) === devices(pod.devices)
  )
}

function begin(pod: Pod, { first, last }: Stretch, { cluster, intervalSeconds }: PodRules): UsageRecord {
  const startedAt = Math.floor(first / 1000) * 1000
  const submittedAt = pod.createdSecond === null ? startedAt : Math.floor(pod.createdSecond) * 1000
  const identity = { cluster, jobId: pod.uid, submittedAt, startedAt }
  const { gpus, chips, shards, devices } = pod
  return {
    ...identity,
    key: usageKey(identity),
    arrayTask: null,
    hetComponent: null,
    account: pod.namespace,
    creditCode: creditCodeOfAccount(pod.namespace),
    qos: pod.queue,
    state: 'RUNNING',
    cancelledBy: null,
    endedAt: null,
    elapsedSeconds: Math.floor((last - startedAt) / 1000) + intervalSeconds,
    suspendedSeconds: 0,
    limitSeconds: null,
    nodes: pod.node === '' ? 0 : 1,
    nodeList: pod.node,
    gpus,
    chips,
    shards,
    billing: 0,
    jobName: pod.name,
    contractHint: null,
    ...(devices.length === 0 ? {} : { devices }),
  }
}

function grown(record: UsageRecord, last: number, interval: number): UsageRecord {
  const elapsedSeconds = Math.floor((last - record.startedAt!) / 1000) + interval / 1000
  return { ...record, elapsedSeconds: Math.max(record.elapsedSeconds, elapsedSeconds) }
}

function ended(record: UsageRecord, state: Pod['ending']): UsageRecord {
  return { ...record, state, endedAt: lastInstantOf(record)! }
}
