// Do the intervals cover and do the tests keep their size? 10,000 simulated studies per estimator, seed fixed before
// the first run. Prints a table and writes results/coverage.json. `--draws N` for a shorter look,
// `--only TEXT` for the studies whose name has it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { argv, stdout } from 'node:process'
import { studies, tally, type Tally } from './designs.ts'

const SEED = 'suanquan-evaluation-2026'

function option(name: string, otherwise: number): number {
  const at = argv.indexOf(`--${name}`)
  return at === -1 ? otherwise : Number(argv[at + 1])
}

function line({ name, kind, percent, biasPercent }: Tally): string {
  const bias = biasPercent === null ? '' : `  bias ${biasPercent.toFixed(2)} %`
  return `${kind === 'coverage' ? 'covers' : 'rejects'} ${percent.toFixed(2).padStart(6)} %  ${name}${bias}\n`
}

const draws = option('draws', 10_000)
const only = argv.indexOf('--only') === -1 ? '' : String(argv[argv.indexOf('--only') + 1])
const tallies = studies
  .filter(({ name }) => name.includes(only))
  .map((study) => {
    const result = tally(study, draws, SEED)
    stdout.write(line(result))
    return result
  })
mkdirSync('results', { recursive: true })
writeFileSync('results/coverage.json', `${JSON.stringify({ seed: SEED, draws, tallies }, null, 2)}\n`)
