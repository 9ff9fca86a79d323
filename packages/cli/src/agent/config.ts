// The configuration of a centre's agent: one JSON file, read whole or refused with the field that is wrong.
import { readFileSync } from 'node:fs'
import {
  DCGM_LABELS,
  DCGM_METRICS,
  POD_METRICS,
  type LabelNames,
  type MetricName,
  type PodMetric,
  type PodResource,
} from '@suanquan/core/metering'
import type { SignatureAlgorithm } from '@suanquan/core'
import { Refused } from '../output.ts'

export interface AgentConfig {
  readonly platform: string
  /** where key, state, unsent batches and raw samples are */
  readonly folder: string
  /** as the scheduler names it, and as it is enrolled */
  readonly cluster: string
  readonly algorithm: SignatureAlgorithm
  /** from when on use is read the first time */
  readonly since: number
  readonly everyMinutes: number
  /** how far every window reaches back: accounting is written late and corrected later */
  readonly overlapHours: number
  /** how long a source or the platform may take for one answer */
  readonly patienceSeconds: number
  readonly slurm: SlurmRest | SlurmCommand | null
  readonly prometheus: PrometheusSource | null
  readonly kubernetes: KubernetesSource | null
}

export interface SlurmRest {
  readonly by: 'rest'
  readonly url: string
  readonly user: string
  /** HS256 key of Slurm (auth/jwt), or the file of a token that somebody else renews */
  readonly keyFile: string | null
  readonly tokenFile: string | null
  /** such as v0.0.43; asked of the server when left out */
  readonly version: string | null
}

export interface SlurmCommand {
  readonly by: 'sacct'
  /** the program, when it is not on the path */
  readonly program: string
  readonly format: 'json' | 'text'
}

export interface PrometheusSource {
  readonly url: string
  readonly tokenFile: string | null
  readonly intervalSeconds: number
  /** an hour is read this long after its end */
  readonly delayMinutes: number
  readonly metrics: Readonly<Record<MetricName, string>>
  readonly labels: LabelNames
}

/** Pods and their accelerators, by kube-state-metrics and, where it is there, HAMi and Kueue, through Prometheus. */
export interface KubernetesSource {
  readonly url: string
  readonly tokenFile: string | null
  readonly intervalSeconds: number
  readonly delayMinutes: number
  readonly metrics: Readonly<Record<PodMetric, string>>
  readonly resources: Readonly<Record<string, PodResource>>
  readonly chipLabel: string
  readonly chips: Readonly<Record<string, string>>
  readonly queueLabel: string
  readonly unitsPerCard: number
  readonly hami: boolean
  /** the metric of Kueue that is held against the pods; null where there is no Kueue */
  readonly kueue: string | null
}

const whole = (chip: string | null): PodResource => ({ chip, units: null })

/** Accelerators by the names that kube-state-metrics gives them: every sign but letters and digits is `_` there. */
export const POD_RESOURCES: Readonly<Record<string, PodResource>> = {
  nvidia_com_gpu: whole(null),
  huawei_com_Ascend910: whole('ascend910'),
  huawei_com_Ascend910B: whole('ascend910b'),
  huawei_com_Ascend310P: whole('ascend310p'),
  cambricon_com_mlu: whole(null),
  cambricon_com_vmlu: whole(null),
  hygon_com_dcu: whole(null),
  hygon_com_dcunum: whole(null),
  enflame_com_gcu: whole(null),
  enflame_com_vgcu: whole(null),
}

export function readConfig(path: string): AgentConfig {
  let told: unknown
  try {
    told = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw wrong(path, (error as Error).message)
  }
  return configOf(told)
}

export function configOf(told: unknown): AgentConfig {
  const at = fieldsOf(told, '')
  const slurm = at.part('slurm')
  const prometheus = at.part('prometheus')
  const kubernetes = at.part('kubernetes')
  if (slurm === null && prometheus === null && kubernetes === null)
    throw wrong('slurm', 'slurm {…}, prometheus {…} or kubernetes {…}')
  const since = Date.parse(at.text('since'))
  if (!Number.isSafeInteger(since)) throw wrong('since', '2026-01-01T00:00:00+08:00')
  return {
    platform: at.url('platform'),
    folder: at.text('folder'),
    cluster: at.text('cluster'),
    algorithm: at.one('algorithm', ['SM2', 'Ed25519'], 'SM2'),
    since,
    everyMinutes: at.count('everyMinutes', 10),
    overlapHours: at.count('overlapHours', 72),
    patienceSeconds: at.count('patienceSeconds', 120),
    slurm: slurm === null ? null : slurmOf(slurm),
    prometheus: prometheus === null ? null : prometheusOf(prometheus),
    kubernetes: kubernetes === null ? null : kubernetesOf(kubernetes),
  }
}

function slurmOf(at: Fields): SlurmRest | SlurmCommand {
  if (at.one('by', ['rest', 'sacct'], 'rest') === 'sacct')
    return {
      by: 'sacct',
      program: at.text('program', 'sacct'),
      format: at.one('format', ['json', 'text'], 'json'),
    }
  const [keyFile, tokenFile] = [at.textOrNone('keyFile'), at.textOrNone('tokenFile')]
  if ((keyFile === null) === (tokenFile === null))
    throw wrong('slurm.keyFile', 'keyFile or tokenFile, one of them')
  const version = at.textOrNone('version')
  if (version !== null && !/^v0\.0\.\d{2}$/.test(version)) throw wrong('slurm.version', 'v0.0.43')
  return { by: 'rest', url: at.url('url'), user: at.text('user'), keyFile, tokenFile, version }
}

function prometheusOf(at: Fields): PrometheusSource {
  return {
    url: at.url('url'),
    tokenFile: at.textOrNone('tokenFile'),
    intervalSeconds: at.count('intervalSeconds', 15),
    delayMinutes: at.count('delayMinutes', 10),
    metrics: { ...DCGM_METRICS, ...at.texts('metrics') },
    labels: { ...DCGM_LABELS, ...(at.raw('labels') as LabelNames | undefined) },
  }
}

function kubernetesOf(at: Fields): KubernetesSource {
  const resources = (at.raw('resources') ?? {}) as Readonly<Record<string, unknown>>
  const named = Object.entries(resources).map(([name, told]): [string, PodResource] => {
    const { chip = null, units = null } = (told ?? {}) as Partial<PodResource>
    const fits =
      (chip === null || typeof chip === 'string') && (units === null || Number.isSafeInteger(units))
    if (!fits || !/^\w+$/.test(name)) throw wrong(`kubernetes.resources.${name}`, '{"chip": "…", "units": 1}')
    return [name, { chip, units }]
  })
  const kueue = at.raw('kueue')
  return {
    url: at.url('url'),
    tokenFile: at.textOrNone('tokenFile'),
    intervalSeconds: at.count('intervalSeconds', 30),
    delayMinutes: at.count('delayMinutes', 10),
    metrics: { ...POD_METRICS, ...at.texts('metrics') },
    resources: { ...POD_RESOURCES, ...Object.fromEntries(named) },
    chipLabel: at.text('chipLabel', 'label_nvidia_com_gpu_product'),
    chips: at.texts('chips'),
    queueLabel: at.text('queueLabel', 'label_kueue_x_k8s_io_queue_name'),
    unitsPerCard: at.count('unitsPerCard', 100),
    hami: at.raw('hami') === true,
    kueue: kueue === true ? 'kueue_cluster_queue_resource_usage' : typeof kueue === 'string' ? kueue : null,
  }
}

interface Fields {
  readonly raw: (name: string) => unknown
  readonly part: (name: string) => Fields | null
  readonly text: (name: string, otherwise?: string) => string
  readonly textOrNone: (name: string) => string | null
  readonly texts: (name: string) => Readonly<Record<string, string>>
  readonly url: (name: string) => string
  readonly count: (name: string, otherwise: number) => number
  readonly one: <Name extends string>(name: string, known: readonly Name[], otherwise: Name) => Name
}

function fieldsOf(told: unknown, above: string): Fields {
  if (typeof told !== 'object' || told === null || Array.isArray(told)) throw wrong(above || '{', '{…}')
  const values = told as Readonly<Record<string, unknown>>
  const raw = (name: string): unknown => (Object.hasOwn(values, name) ? values[name] : undefined)
  const text = (name: string, otherwise?: string): string => {
    const value = raw(name) ?? otherwise
    if (typeof value !== 'string' || value === '') throw wrong(above + name, '"…"')
    return value
  }
  return {
    raw,
    text,
    part: (name) => (raw(name) === undefined ? null : fieldsOf(raw(name), `${above}${name}.`)),
    textOrNone: (name) => (raw(name) === undefined ? null : text(name)),
    texts: (name) => {
      const found = (raw(name) ?? {}) as Readonly<Record<string, string>>
      for (const [key, value] of Object.entries(found))
        if (typeof value !== 'string') throw wrong(`${above}${name}.${key}`, '"…"')
      return found
    },
    url: (name) => {
      const value = text(name)
      if (!/^https?:\/\//.test(value) || !URL.canParse(value)) throw wrong(above + name, 'https://…')
      return value.replace(/\/+$/, '')
    },
    count: (name, otherwise) => {
      const value = raw(name) ?? otherwise
      if (!Number.isSafeInteger(value) || (value as number) < 1) throw wrong(above + name, `${otherwise}`)
      return value as number
    },
    one: (name, known, otherwise) => {
      const value = raw(name) ?? otherwise
      const found = known.find((item) => item === value)
      if (found === undefined) throw wrong(above + name, known.join(' | '))
      return found
    },
  }
}

function wrong(field: string, want: string): Refused {
  return new Refused({ code: 'agent.config_broken', params: { field, want } })
}
