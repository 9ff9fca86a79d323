// How long 10,000 paths of the feasibility simulation take on one core, and a whole review with them. The unit is
// taken in the same run: the same number of normal draws alone. `--paths N`, `--runs N`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { argv, stdout, version } from 'node:process'
import { seededRandom } from '@suanquan/core'
import { simulateCentre, UNCERTAINTY, type SimulationInput } from '@suanquan/core/feasibility'

function option(name: string, otherwise: number): number {
  const at = argv.indexOf(`--${name}`)
  return at === -1 ? otherwise : Number(argv[at + 1])
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)]!
}

function timed(work: () => unknown, runs: number): number {
  work()
  return median(
    Array.from({ length: runs }, () => {
      const started = performance.now()
      work()
      return performance.now() - started
    }),
  )
}

function centre(lifeYears: number): SimulationInput {
  let price = 4 / 3
  return {
    model: {
      capexYuan: 2_520_000,
      lifeYears,
      fullRevenueYuan: 1_900_000,
      priceIndex: Array.from({ length: lifeYears }, () => (price *= 0.75)),
      soldShare: [],
      availability: 0.95,
      fullItKw: 10.2,
      idleShare: 0.35,
      pue: 1.3,
      yuanPerKwh: 0.65,
      fixedOpexShare: 0.05,
      otherOpexYuan: 0,
      surchargeShare: 0,
      taxRate: 0.25,
      residualShare: 0,
      subsidyYuan: [],
      operatingShare: Array.from({ length: lifeYears }, () => 1),
    },
    signed: [{ share: 0.6, fromYear: 1, toYear: 3, priceMultiple: 1 }],
    marketShare: 0.3,
    uncertainty: UNCERTAINTY,
    debt: { principalYuan: 1_500_000, rate: 0.05, tenorYears: 4, graceYears: 0 },
  }
}

const paths = option('paths', 10_000)
const runs = option('runs', 9)

function draws(): number {
  const random = seededRandom('bench')
  let sum = 0
  for (let count = 0; count < 20 * paths; count++) sum += random.normal()
  return sum
}

const unit = timed(draws, runs)
const rows = [5, 15, 30].map((lifeYears) => {
  const milliseconds = timed(() => simulateCentre(centre(lifeYears), paths, 1), runs)
  return { lifeYears, paths, milliseconds, timesDrawing: milliseconds / unit }
})
for (const row of rows)
  stdout.write(
    `${row.paths} paths, ${String(row.lifeYears).padStart(2)} years: ${row.milliseconds.toFixed(0).padStart(5)} ms` +
      ` = ${row.timesDrawing.toFixed(1)} × drawing 20 normals a path\n`,
  )
mkdirSync('results', { recursive: true })
writeFileSync('results/simulation.json', `${JSON.stringify({ node: version, runs, rows }, null, 2)}\n`)
