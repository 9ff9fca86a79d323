// The configuration of a centre's agent: one JSON file, read whole or refused with the field that is wrong.
import { readFileSync } from 'node:fs'
import { DCGM_LABELS, DCGM_METRICS, type LabelNames, type MetricName } from '@suanquan/core/metering'
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
  readonly slurm: SlurmRest | SlurmCommand | null
  readonly prometheus: PrometheusSource | null
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
  if (slurm === null && prometheus === null) throw wrong('slurm', 'slurm {…} or prometheus {…}')
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
    slurm: slurm === null ? null : slurmOf(slurm),
    prometheus: prometheus === null ? null : prometheusOf(prometheus),
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
