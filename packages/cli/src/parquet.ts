// Parquet through DuckDB, loaded only when a file of that kind is named: its engine is a native program of some 50 MB that
// not every platform has.
import type { DuckDBConnection } from '@duckdb/node-api'

import { WrongUse } from './output.ts'

export interface ParquetRows {
  readonly columns: readonly string[]
  /** every value as text; null where there is none */
  readonly batches: AsyncIterable<readonly (readonly (string | null)[])[]>
}

/** Reads a file in batches of a few thousand rows; wrong use when it is no Parquet file or the engine is missing. */
export async function readParquet(path: string): Promise<ParquetRows> {
  const connection = await connect()
  const { columns, select } = await described(connection, path)
  return { columns, batches: batchesOf(connection, path, select) }
}

/** Writes a CSV file with these columns (name and type of SQL) anew as Parquet. */
export async function parquetFromCsv(
  csv: string,
  parquet: string,
  columns: readonly (readonly [name: string, type: string])[],
): Promise<void> {
  const connection = await connect()
  const types = columns.map(([name, type]) => `${text(name)}: ${text(type)}`).join(', ')
  const read = `read_csv(${text(csv)}, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {${types}})`
  await connection.run(`COPY (SELECT * FROM ${read}) TO ${text(parquet)} (FORMAT parquet, COMPRESSION zstd)`)
  connection.closeSync()
}

async function described(
  connection: DuckDBConnection,
  path: string,
): Promise<{ readonly columns: readonly string[]; readonly select: string }> {
  try {
    const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${text(path)})`)
    const found = reader.getRows().map(([name, type]) => [String(name), String(type)] as const)
    return { columns: found.map(([name]) => name), select: found.map(asText).join(', ') }
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n')
    throw new WrongUse({
      zh: `${path} 不是可读的 Parquet 文件（${reason}）`,
      en: `${path} is no Parquet file that can be read (${reason})`,
    })
  }
}

/** A moment at midnight is a day: that is how most tools store one. */
function asText([name, type]: readonly [string, string]): string {
  const column = `"${name.replaceAll('"', '""')}"`
  if (!type.startsWith('TIMESTAMP')) return `${column}::VARCHAR`
  return `CASE WHEN ${column} = date_trunc('day', ${column}) THEN ${column}::DATE::VARCHAR ELSE ${column}::VARCHAR END`
}

async function* batchesOf(
  connection: DuckDBConnection,
  path: string,
  select: string,
): AsyncGenerator<readonly (readonly (string | null)[])[]> {
  try {
    const result = await connection.stream(`SELECT ${select} FROM read_parquet(${text(path)})`)
    for (;;) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) return
      yield chunk.getRows() as (string | null)[][]
    }
  } finally {
    connection.closeSync()
  }
}

async function connect(): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await engine()
  // The rows come in the order of the file: a row's number is how people find it again.
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' })
  return instance.connect()
}

async function engine(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api')
  } catch {
    const platform = `${process.platform}-${process.arch}`
    throw new WrongUse({
      zh: `读写 Parquet 需要 DuckDB，本机（${platform}）没有它的程序；请改用 CSV，或运行 npm install @duckdb/node-api`,
      en: `Parquet needs DuckDB, which is not here for ${platform}; use CSV, or run npm install @duckdb/node-api`,
    })
  }
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
