// How fast raw samples of devices become hourly rows: the agent's own reduction over a Parquet file, on one thread, beside a
// plain count of the same file (what the machine can read at all).
// `npm run bench metering [-- SAMPLES]`; 10,000,000 when left out.
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { reductionSql, withDuckDb } from '../../packages/cli/src/agent/raw-samples.ts'

const DEVICES = 1000
const INTERVAL_SECONDS = 10
const wanted = Number(process.argv.at(2) ?? 10_000_000)
const moments = Math.ceil(wanted / DEVICES)
const samples = DEVICES * moments
const start = Date.parse('2026-01-01T00:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'suanquan-bench-'))
const path = join(folder, 'samples.parquet')

const shares = (salt: number): string =>
  `(hash(device * 100003 + step * 7 + ${salt}) % 1001) / 1000.0::double`
const lines = await withDuckDb(async (connection) => {
  await connection.run(`copy (select 'GPU-' || lpad(device::varchar, 36, '0') as device,
    ${start} + step * ${INTERVAL_SECONDS * 1000} as moment, 'tenant/job-' || ((device * 7 + step // 3000) % 50) as owner,
    ${shares(1)} * 100 as busy, ${shares(2)} as sm, ${shares(3)} as tensor, floor(${shares(4)} * 80000)::double as memory,
    ${shares(5)} * 700 as power, (step % 200000 * 3500000.0)::double as energy
    from range(${DEVICES}) d(device), range(${moments}) s(step) order by device, step) to '${path}' (format parquet, compression zstd)`)
  const reduction = {
    intervalSeconds: INTERVAL_SECONDS,
    from: start,
    until: start + moments * INTERVAL_SECONDS * 1000,
  }
  // of a machine that does other things too, the processor's own time is what one core gives
  const run = async (sql: string): Promise<readonly [number, number]> => {
    const before = process.cpuUsage()
    const { currentRowCount } = await connection.runAndReadAll(sql)
    const { user, system } = process.cpuUsage(before)
    return [(user + system) / 1e6, currentRowCount]
  }
  const scan = `select sum(busy + sm + tensor + memory + power + energy), max(device), max(owner), max(moment) from read_parquet('${path}')`
  const found = []
  for (let round = 0; round < 3; round++) {
    const [reading] = await run(scan)
    const [reducing, rows] = await run(reductionSql(path, reduction))
    found.push({ reading, reducing, rows })
  }
  return found
})

const best = lines.reduce((a, b) => (b.reducing < a.reducing ? b : a))
const result = {
  samples,
  rows: best.rows,
  bytesPerSample: statSync(path).size / samples,
  secondsOfReduction: lines.map(({ reducing }) => reducing),
  samplesPerSecond: samples / best.reducing,
  timesOfReadingAlone: best.reducing / best.reading,
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg() },
}
rmSync(folder, { recursive: true })
console.table({
  samples,
  'hourly rows': result.rows,
  'bytes a sample': result.bytesPerSample.toFixed(2),
  'processor seconds (each of three)': result.secondsOfReduction
    .map((seconds) => seconds.toFixed(2))
    .join(' · '),
  'samples a second of one core, best': Math.round(result.samplesPerSecond),
  'times reading the same file': result.timesOfReadingAlone.toFixed(2),
})
const results = new URL('results/', import.meta.url)
mkdirSync(results, { recursive: true })
writeFileSync(new URL('latest.json', results), `${JSON.stringify(result, null, 2)}\n`)
