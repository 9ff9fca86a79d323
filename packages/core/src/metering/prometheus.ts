// Answers of Prometheus to `metric[1h]`: the samples it really scraped. `query_range` would invent points across a gap (it
// looks back five minutes), so an answer of any other shape is refused; so is one with warnings, since parts may be missing.
import { OWNERS_BETWEEN } from './completeness.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { DeviceSample, GaugeName } from './device-hours.ts'
import { parseJson } from './json-place.ts'

export type PrometheusRefusal =
  | 'metering.json_truncated'
  | 'metering.json_broken'
  | 'metering.prometheus_error'
  | 'metering.not_raw_samples'
  | 'metering.device_not_named'

export type Labels = Readonly<Record<string, string>>

export interface RawSeries {
  readonly labels: Labels
  /** milliseconds since 1970 and the value */
  readonly points: readonly (readonly [number, number])[]
}

/** @param text the body of the answer */
export function readRawSeries(text: string): Decision<readonly RawSeries[], PrometheusRefusal> {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  const answer = parsed.value as Answer | null
  if (answer?.status !== 'success' || (answer.warnings?.length ?? 0) > 0) {
    const said = [answer?.errorType, answer?.error, answer?.warnings?.[0]].filter(Boolean).join(': ')
    return refuse('metering.prometheus_error', { said: said.slice(0, 200) })
  }
  const { resultType, result } = answer.data ?? {}
  if (resultType !== 'matrix' || !Array.isArray(result))
    return refuse('metering.not_raw_samples', { found: String(resultType ?? '').slice(0, 40) })
  const series: RawSeries[] = []
  for (const item of result as readonly Item[]) {
    if (!Array.isArray(item.values)) return refuse('metering.not_raw_samples', { found: 'matrix' })
    const points = item.values.map(([second, value]) => [Math.round(second * 1000), numberOf(value)] as const)
    if (points.some(([at]) => !Number.isSafeInteger(at)))
      return refuse('metering.not_raw_samples', { found: 'matrix' })
    series.push({ labels: item.metric ?? {}, points })
  }
  return accept(series)
}

interface Answer {
  readonly status?: string
  readonly errorType?: string
  readonly error?: string
  readonly warnings?: readonly string[]
  readonly data?: { readonly resultType?: string; readonly result?: unknown }
}

interface Item {
  readonly metric?: Labels
  readonly values?: readonly (readonly [number, string])[]
}

/** Prometheus writes NaN, +Inf and -Inf so. */
function numberOf(text: string): number {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : text === '' ? NaN : Number(text)
}

export type MetricName = GaugeName | 'energy'

/** Which labels say which device a series is of, and who holds it. */
export interface LabelNames {
  /** the first names the device; the further ones, where set, the instance cut out of it */
  readonly device: readonly string[]
  /** sets of labels: the first of which all are set names the owner */
  readonly owner: readonly (readonly string[])[]
}

/** dcgm-exporter's own, read by a Prometheus that does not honour labels (the exporter's own pod is `pod` there). */
export const DCGM_LABELS: LabelNames = {
  device: ['UUID', 'GPU_I_ID'],
  owner: [['hpc_job'], ['exported_namespace', 'exported_pod', 'exported_container']],
}

export const DCGM_METRICS: Readonly<Record<MetricName, string>> = {
  busy: 'DCGM_FI_DEV_GPU_UTIL',
  sm: 'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
  tensor: 'DCGM_FI_PROF_PIPE_TENSOR_ACTIVE',
  memory: 'DCGM_FI_DEV_FB_USED',
  power: 'DCGM_FI_DEV_POWER_USAGE',
  energy: 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION',
}

/**
 * One sample a device and moment. Where several series tell of it (a shared device is told once a pod), the greatest
 * value counts and all owners hold it together, so that shares never add up to more than the device.
 */
export function samplesOf(
  told: Readonly<Partial<Record<MetricName, readonly RawSeries[]>>>,
  names: LabelNames,
): Decision<DeviceSample[], PrometheusRefusal> {
  const found = new Map<string, { sample: Writable; owners: Set<string> }>()
  for (const [metric, series] of Object.entries(told) as [MetricName, readonly RawSeries[]][]) {
    for (const { labels, points } of series) {
      const device = names.device.flatMap((name) => labels[name] || []).join('/')
      if (!labels[names.device[0]!])
        return refuse('metering.device_not_named', {
          metric: DCGM_METRICS[metric],
          label: names.device[0]!,
          labels: Object.keys(labels),
        })
      const owner = ownerOf(labels, names.owner)
      for (const [at, value] of points) {
        const key = `${device}\n${at}`
        let entry = found.get(key)
        if (!entry) found.set(key, (entry = { sample: { ...nothing, device, at }, owners: new Set() }))
        const before = entry.sample[metric]
        entry.sample[metric] = before === null || value > before ? value : before
        if (owner !== '') entry.owners.add(owner)
      }
    }
  }
  const all = [...found.values()].map(({ sample, owners }) => ({
    ...sample,
    owner: [...owners].sort().join(OWNERS_BETWEEN),
  }))
  return accept(all.sort((a, b) => (a.device < b.device ? -1 : a.device > b.device ? 1 : a.at - b.at)))
}

type Writable = { -readonly [Name in keyof DeviceSample]: DeviceSample[Name] }

const nothing = {
  device: '',
  at: 0,
  owner: '',
  busy: null,
  sm: null,
  tensor: null,
  memory: null,
  power: null,
  energy: null,
}

function ownerOf(labels: Labels, sets: LabelNames['owner']): string {
  const set = sets.find((names) => names.every((name) => labels[name]))
  return set?.map((name) => labels[name]).join('/') ?? ''
}
