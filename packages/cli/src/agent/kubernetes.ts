// An hour of a Kubernetes cluster from raw samples, by `query` with a range selector, never `query_range`: runs of pods, what
// of the hour was seen, and the answers as they came, kept with their digest. Kueue keeps no history and is only a second
// opinion: where its own samples tell clearly more or less than the pods, people are told.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Refusal } from '@suanquan/core'
import {
  HOUR_MS,
  overShared,
  podRunsOf,
  podsOf,
  readRawSeries,
  sharesOf,
  type Pod,
  type PodMetric,
  type RawEvidence,
  type RawSeries,
  type UsageRecord,
} from '@suanquan/core/metering'
import { Refused } from '../output.ts'
import type { KubernetesSource } from './config.ts'
import { headersOf } from './prometheus.ts'
import { ask, type Manner } from './source.ts'

export interface PodHourRead {
  readonly records: readonly UsageRecord[]
  readonly raw: RawEvidence
  readonly problems: readonly Refusal[]
}

export interface PodHourAsked {
  readonly cluster: string
  readonly hourAt: number
  /** runs that the hours before left open */
  readonly open: readonly UsageRecord[]
  /** where raw answers are kept, a folder a month */
  readonly folder: string
}

const HAMI: readonly PodMetric[] = ['shareCores', 'shareMemory', 'deviceCores', 'deviceMemory']

/** Of an hour at least this much is seen, or people are told. */
const MOST_PERCENT = 95

export async function readPodHour(
  source: KubernetesSource,
  asked: PodHourAsked,
  manner: Manner,
): Promise<PodHourRead> {
  const answers: [string, string][] = []
  const read = async (selector: string): Promise<readonly RawSeries[]> => {
    const url = urlOf(source.url, selector, asked.hourAt)
    const text = await ask({ name: 'Prometheus', url, headers: headersOf(source) }, manner)
    const series = readRawSeries(text)
    if (!series.ok) throw new Refused(series.refusal)
    answers.push([selector, text])
    return series.value
  }
  const told: Partial<Record<PodMetric, readonly RawSeries[]>> = {}
  for (const [metric, selector] of Object.entries(selectorsOf(source)) as [PodMetric, string][])
    told[metric] = await read(selector)
  const rules = { ...source, cluster: asked.cluster }
  const pods = podsOf(told, rules)
  if (!pods.ok) throw new Refused(pods.refusal)
  const records = podRunsOf(pods.value, asked, rules)
  const kueue = source.kueue === null ? null : await read(source.kueue)
  const problems = [
    ...wholeness(told, source, asked.hourAt),
    ...overShared(records.flatMap(sharesOf)).map(({ device, owners }) => ({
      code: 'agent.over_shared' as const,
      params: { device, owners },
    })),
    ...(kueue === null ? [] : secondOpinion(kueue, pods.value, { source, hourAt: asked.hourAt })),
  ]
  const samples = Object.values(told).flat()
  const count = samples.reduce((sum, { points }) => sum + points.length, 0)
  return { records, raw: { ...keep(answers, asked), samples: count }, problems }
}

function selectorsOf({ metrics, resources, hami }: KubernetesSource): Partial<Record<PodMetric, string>> {
  const { requests, phase, reason, ...rest } = metrics
  const others = Object.entries(rest).filter(([name]) => hami || !HAMI.includes(name as PodMetric))
  return {
    requests: `${requests}{resource=~"${Object.keys(resources).join('|')}"}`,
    phase: `${phase}{phase=~"Running|Failed"}`,
    reason: `${reason}{reason=~"NodeLost|Evicted|Preempting"}`,
    ...Object.fromEntries(others),
  }
}

/** The hour up to its last millisecond. */
function urlOf(url: string, selector: string, hourAt: number): string {
  const query = encodeURIComponent(`${selector}[${HOUR_MS / 1000}s]`)
  return `${url}/api/v1/query?query=${query}&time=${(hourAt + HOUR_MS - 1) / 1000}`
}

/** How much of the hour the monitoring of pods was there at all. */
function wholeness(
  told: Partial<Record<PodMetric, readonly RawSeries[]>>,
  { intervalSeconds }: KubernetesSource,
  hourAt: number,
): Refusal[] {
  const moments = new Set((told.phase ?? []).flatMap(({ points }) => points.map(([at]) => at)))
  const seen = Math.min(HOUR_MS / 1000, moments.size * intervalSeconds)
  const percent = Math.floor((seen * 100) / (HOUR_MS / 1000))
  if (percent >= MOST_PERCENT) return []
  const params = { source: 'kube-state-metrics', hour: new Date(hourAt).toISOString(), percent }
  return [{ code: 'agent.hour_not_whole', params }]
}

/** Whole devices of Kueue's queues against pods that name a queue. */
function secondOpinion(
  kueue: readonly RawSeries[],
  pods: readonly Pod[],
  { source, hourAt }: { readonly source: KubernetesSource; readonly hourAt: number },
): Refusal[] {
  const { intervalSeconds, resources } = source
  const isDevice = (resource = ''): boolean => resources[resource.replace(/\W/g, '_')]?.units === null
  const seconds = kueue
    .filter(({ labels }) => isDevice(labels['resource']))
    .reduce((sum, { points }) => sum + points.reduce((all, [, value]) => all + value, 0), 0)
  const told = Math.round(seconds * intervalSeconds)
  const held = pods
    .filter(({ queue }) => queue !== '')
    .reduce((sum, { gpus, moments }) => sum + gpus * moments.length * intervalSeconds, 0)
  if (Math.abs(told - held) * 100 <= Math.max(told, held) * (100 - MOST_PERCENT)) return []
  const hour = new Date(hourAt).toISOString()
  return [{ code: 'agent.kueue_differs', params: { hour, kueue: told, pods: held } }]
}

/** Whole or not at all, to the disk: beside the place, then into it. */
function keep(
  answers: readonly (readonly [string, string])[],
  { folder, hourAt }: PodHourAsked,
): Omit<RawEvidence, 'samples'> {
  const name = `${new Date(hourAt).toISOString().slice(0, 13)}.pods.json.gz`
  const month = join(folder, name.slice(0, 7))
  mkdirSync(month, { recursive: true })
  const bytes = gzipSync(JSON.stringify(answers))
  const path = join(month, name)
  writeFileSync(`${path}.part`, bytes, { flush: true })
  renameSync(`${path}.part`, path)
  const handle = openSync(month, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return { name, sm3: createHash('sm3').update(bytes).digest('hex'), bytes: bytes.length }
}
