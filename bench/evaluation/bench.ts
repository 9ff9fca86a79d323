// Do the intervals cover and do the tests keep their size? 10,000 simulated studies per estimator, seed fixed before
// the first run. Then the policy simulation at full size. Prints a table and writes results/*.json. `--draws N` for a
// shorter look, `--only TEXT` for the studies whose name has it (`--only simulation` for the policy simulation).
import { mkdirSync, writeFileSync } from 'node:fs'
import { argv, stdout } from 'node:process'
import { isMainThread } from 'node:worker_threads'
import { studies, tally, type Tally } from './designs.ts'
import { timeSimulation } from './simulation.ts'

const SEED = 'suanquan-evaluation-2026'

function option(name: string): string | undefined {
  const at = argv.indexOf(`--${name}`)
  return at === -1 ? undefined : argv[at + 1]
}

function line({ name, kind, percent, biasPercent }: Tally): string {
  const bias = biasPercent === null ? '' : `  bias ${biasPercent.toFixed(2)} %`
  return `${kind === 'coverage' ? 'covers' : 'rejects'} ${percent.toFixed(2).padStart(6)} %  ${name}${bias}\n`
}

function write(file: string, content: object): void {
  mkdirSync('results', { recursive: true })
  writeFileSync(`results/${file}`, `${JSON.stringify(content, null, 2)}\n`)
}

function coverage(draws: number, only: string | undefined): void {
  const tallies = studies
    .filter(({ name }) => only === undefined || name.includes(only))
    .map((study) => {
      const result = tally(study, draws, SEED)
      stdout.write(line(result))
      return result
    })
  if (only === undefined) write('coverage.json', { seed: SEED, draws, tallies })
}

async function speed(): Promise<void> {
  const times = await timeSimulation()
  stdout.write(
    `${times.firms} firms × ${times.months} months × ${times.draws} draws: ` +
      `${times.oneProcessorSeconds.toFixed(2)} s on one processor (${times.oneProcessorCpuSeconds.toFixed(2)} s of its time), ${times.twoProcessorSeconds.toFixed(2)} s on two\n`,
  )
  write('simulation.json', times)
}

if (isMainThread) {
  const only = option('only')
  if (only === undefined || only === 'simulation') await speed()
  if (only !== 'simulation') coverage(Number(option('draws') ?? 10_000), only)
}
