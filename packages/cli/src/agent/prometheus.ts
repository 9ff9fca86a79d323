// An hour of the devices' monitoring: raw samples by `query` with a range selector, never `query_range`, which fills gaps;
// kept as Parquet, and reduced to rows.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  HOUR_MS,
  MOST_INTERVALS,
  readRawSeries,
  samplesOf,
  type DeviceHour,
  type MetricName,
  type RawEvidence,
  type RawSeries,
} from '@suanquan/core/metering'
import { Refused } from '../output.ts'
import type { PrometheusSource } from './config.ts'
import { reduceRawFile, writeRawFile } from './raw-samples.ts'
import { ask, type Manner } from './source.ts'

export interface HourRead {
  readonly hours: readonly DeviceHour[]
  readonly raw: RawEvidence
}

/** @param folder where raw files are kept, a folder a month */
export async function readHour(
  source: PrometheusSource,
  hourAt: number,
  folder: string,
  manner: Manner,
): Promise<HourRead> {
  const told: Partial<Record<MetricName, readonly RawSeries[]>> = {}
  for (const [metric, name] of Object.entries(source.metrics) as [MetricName, string][]) {
    const read = readRawSeries(
      await ask({ name: 'Prometheus', url: urlOf(source, name, hourAt), headers: headersOf(source) }, manner),
    )
    if (!read.ok) throw new Refused(read.refusal)
    told[metric] = read.value
  }
  const samples = samplesOf(told, source.labels)
  if (!samples.ok) throw new Refused(samples.refusal)
  const name = `${new Date(hourAt).toISOString().slice(0, 13)}.parquet`
  const month = join(folder, name.slice(0, 7))
  mkdirSync(month, { recursive: true })
  const path = join(month, name)
  const file = await writeRawFile(path, samples.value)
  const { intervalSeconds } = source
  const hours = await reduceRawFile(path, { intervalSeconds, from: hourAt, until: hourAt + HOUR_MS })
  return { hours, raw: { name, ...file } }
}

/** The hour up to its last millisecond, and before it as much as says where the counters stood. */
function urlOf({ url, intervalSeconds }: PrometheusSource, metric: string, hourAt: number): string {
  const seconds = HOUR_MS / 1000 + MOST_INTERVALS * intervalSeconds
  const time = (hourAt + HOUR_MS - 1) / 1000
  return `${url}/api/v1/query?query=${encodeURIComponent(`${metric}[${seconds}s]`)}&time=${time}`
}

export function headersOf({
  tokenFile,
}: Pick<PrometheusSource, 'tokenFile'>): Readonly<Record<string, string>> {
  return tokenFile === null ? {} : { authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` }
}
