// Raw samples at the centre: Parquet files in order of device and time, kept with their SM3 digest, and reduced to hourly
// rows by DuckDB. The SQL says what `reduceSamples` in core specifies; a property holds the two equal.
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import {
  GAUGES,
  HOUR_MS,
  MOST_ENERGY,
  MOST_INTERVALS,
  type DeviceHour,
  type DeviceSample,
  type Reduction,
} from '@suanquan/core/metering'

export interface RawFile {
  readonly sm3: string
  readonly bytes: number
  readonly samples: number
}

/** One thread, so that rows come in the order of the file, which the reduction relies on. */
export async function withDuckDb<Result>(
  work: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const NUMBERS = [...GAUGES.map(({ name }) => name), 'energy'] as const

/** Writes samples whole or not at all: beside the place, to the disk, then into it. */
export async function writeRawFile(path: string, samples: readonly DeviceSample[]): Promise<RawFile> {
  await withDuckDb(async (connection) => {
    const columns = [
      'device varchar',
      'moment bigint',
      'owner varchar',
      ...NUMBERS.map((name) => `${name} double`),
    ]
    await connection.run(`create table sample (${columns.join(', ')})`)
    const appender = await connection.createAppender('sample')
    for (const sample of samples) {
      appender.appendVarchar(sample.device)
      appender.appendBigInt(BigInt(sample.at))
      appender.appendVarchar(sample.owner)
      for (const name of NUMBERS) {
        const value = sample[name]
        if (value === null) appender.appendNull()
        else appender.appendDouble(value)
      }
      appender.endRow()
    }
    appender.closeSync()
    await connection.run(
      `copy (select * from sample order by device, moment) to ${quoted(`${path}.part`)} (format parquet, compression zstd)`,
    )
  })
  sync(`${path}.part`)
  const digest = await sm3Of(`${path}.part`)
  const bytes = statSync(`${path}.part`).size
  renameSync(`${path}.part`, path)
  sync(dirname(path))
  return { sm3: digest, bytes, samples: samples.length }
}

/** @param path a file of `writeRawFile` */
export async function reduceRawFile(path: string, reduction: Reduction): Promise<DeviceHour[]> {
  return withDuckDb(async (connection) => {
    const result = await connection.runAndReadAll(reductionSql(path, reduction))
    return result.getRowObjects().map((row) => hourOfRow(row as Row, reduction.intervalSeconds))
  })
}

/**
 * The sample before stands in the row before: the file is in order of device and time, and a window without an order
 * reads it as it comes, which is twice as fast as sorting again. Sums are of whole numbers far below 2⁵³: exact as doubles.
 */
export function reductionSql(path: string, { intervalSeconds, from, until }: Reduction): string {
  const fitting = (name: string, most: number): string => `${name} between 0 and ${most}`
  const whole = GAUGES.map(
    ({ name, scale, most }) =>
      `case when ${fitting(name, most)} then round(${name} * ${scale}) end as ${name}_whole`,
  )
  const gauges = GAUGES.map(
    ({ name }) => `count(${name}_whole) as ${name}_count, coalesce(sum(${name}_whole), 0) as ${name}_sum,
      count(${name}) - count(${name}_whole) as ${name}_faulty`,
  )
  const nearby = `moment - lag(moment) over () <= ${MOST_INTERVALS * intervalSeconds * 1000}`
  return `with told as (
    select *, ${whole.join(', ')}, case when ${fitting('energy', MOST_ENERGY)} then energy end as energy_told,
      case when lag(device) over () = device and ${nearby} then lag(energy) over () end as energy_before
    from read_parquet(${quoted(path)})),
  grown as (
    select *, case when ${fitting('energy_before', MOST_ENERGY)}
      then round(case when energy_told >= energy_before then energy_told - energy_before else energy_told end)
      end as energy_grown
    from told where moment >= ${from} and moment < ${until})
  select device, moment // ${HOUR_MS} * ${HOUR_MS} as hour_at, owner, count(*) as samples, ${gauges.join(', ')},
    max(memory_whole) as most_memory, count(energy) - count(energy_told) as energy_faulty,
    sum(energy_grown) as energy_grown
  from grown group by device, hour_at, owner order by device, hour_at, owner`
}

type Row = Readonly<Record<string, bigint | number | null>> & {
  readonly device: string
  readonly owner: string
}

function hourOfRow(row: Row, intervalSeconds: number): DeviceHour {
  const count = (name: string): number => Number(row[name])
  const orNone = (name: string): number | null => (row[name] === null ? null : Number(row[name]))
  const gauges = GAUGES.map(({ name }) => [
    name,
    { count: count(`${name}_count`), sum: count(`${name}_sum`) },
  ])
  return {
    device: row.device,
    hourAt: count('hour_at'),
    owner: row.owner,
    samples: count('samples'),
    coveredSeconds: Math.min(HOUR_MS / 1000, count('samples') * intervalSeconds),
    gauges: Object.fromEntries(gauges) as DeviceHour['gauges'],
    mostMemory: orNone('most_memory'),
    energy: orNone('energy_grown'),
    faulty: NUMBERS.reduce((sum, name) => sum + count(`${name}_faulty`), 0),
  }
}

export async function sm3Of(path: string): Promise<string> {
  const hash = createHash('sm3')
  for await (const part of createReadStream(path)) hash.update(part as Buffer)
  return hash.digest('hex')
}

function sync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
