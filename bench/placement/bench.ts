// Placement beside the published policies, its bound and greedy rivals. `npm run bench placement [-- openb scenarios
// matching bookings]`. Allocations are exact and repeat; times move with the machine, so the load average stands beside them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { bookings } from './bookings.ts'
import { matching } from './matching.ts'
import { mean, openbPresent, published, settings, workloads } from './openb.ts'
import { fourCentres, leases, partitions } from './scenarios.ts'

const asked = process.argv.slice(2)
const wants = (part: string): boolean => asked.length === 0 || asked.includes(part)
const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')
const results: Record<string, unknown> = { node: process.version, cpu: cpus()[0]?.model, loadBefore: load() }

const show = (rows: readonly object[]): void =>
  console.table(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          typeof value === 'number' ? Math.round(value * 100) / 100 : value,
        ]),
      ),
    ),
  )

if (wants('openb') && openbPresent) {
  const grid = await workloads()
  results['workloads'] = grid
  show(grid.map(({ failed, ...line }) => ({ ...line, failed: Object.values(failed).join('/') })))
  const own = grid.filter(({ workload }) => published.includes(workload))
  const gains = own.map(({ gain }) => gain)
  const off = own.flatMap((line) => [line.bestfit - line.publishedBestfit!, line.fgd - line.publishedFgd!])
  console.log(`farthest from a published mean: ${Math.max(...off.map(Math.abs)).toFixed(2)} points`)
  console.log(
    `gain on FGD over the ${own.length} published: mean ${mean(gains).toFixed(2)}, least ${Math.min(...gains).toFixed(2)}`,
  )
  results['settings'] = await settings()
  show(results['settings'] as object[])
  results['loadAfterOpenb'] = load()
  console.log(`load average ${load()}`)
} else if (wants('openb')) console.log('OpenB’s files are not there: set SUANQUAN_DATA')

if (wants('scenarios')) {
  const lines = [...(await fourCentres()), ...partitions(), ...leases('H800'), ...leases('A800')]
  results['scenarios'] = lines
  show(lines.map(({ scenario, measure, results }) => ({ scenario, measure, ...results })))
}

if (wants('matching')) {
  const lines = matching()
  results['matching'] = lines
  show(lines)
}

if (wants('bookings')) {
  const lines = [bookings(1), bookings(6)]
  results['bookings'] = lines
  show(lines)
}

results['loadAfter'] = load()
mkdirSync('results', { recursive: true })
writeFileSync('results/placement.json', `${JSON.stringify(results, undefined, 2)}\n`)
