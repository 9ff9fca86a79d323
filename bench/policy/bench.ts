// A million applicants under three unlike rules: the printed columns beside a loop over typed arrays written by hand and a
// BigInt interpreter; one determination with every reason beside other engines that only evaluate its expressions; two
// versions set against each other; a pool shared out over 300,000 awards. `npm run bench policy [-- ROWS]`.
// Rates are rows a second of this process's CPU time, the best of several turns taken in turn; the ratios are what counts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { seededRandom } from '@suanquan/core'
import {
  checkProgramme,
  cnVoucherFacts,
  comparePopulations,
  determine,
  determinePopulation,
  rowOf,
  type Population,
  type Programme,
} from '@suanquan/core/policy'
import { shareOut, type Contender } from '@suanquan/core/voucher'
import { bandsRule } from './bands.ts'
import { askedOf } from './expressions.ts'
import { lumpRule } from './lump.ts'
import { installPeers, peersFor, rowFor, type Peer } from './peers.ts'
import type { Result, Rule } from './result.ts'
import { windowRule } from './window.ts'

const rows = Number(process.argv.at(2) ?? 1_000_000)
const TURNS = 9
const SCALAR_ROWS = Math.min(rows, 20_000)

function programmeOf(name: string, change: (text: string) => string = (text) => text): Programme {
  const file = `${name}.yaml`
  const { programme, diagnostics } = checkProgramme(change(readFileSync(file, 'utf8')), file)
  if (!programme) throw new Error(JSON.stringify(diagnostics))
  return programme
}

function printed(programme: Programme, population: Population): Result {
  const found = determinePopulation(programme, { population, act: 'grant' })
  if (!found.ok || found.value.byRow > 0 || found.value.notColumnar !== null)
    throw new Error(`${programme.id} is not determined by columns`)
  const { failed, ceilingFen, binding, outcome } = found.value
  return { failed: failed[0]!, ceilingFen, binding, outcome }
}

/** Rows in which columns or hand differ from the BigInt interpreter, and how many fail no condition. */
function differences(rule: Rule, results: readonly Result[]): { different: number; eligible: number } {
  let [different, eligible] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const [failed, granted, bind] = rule.interpreted(row)
    eligible += +(failed === 0)
    for (const result of results) {
      const same =
        result.failed[row] === failed &&
        BigInt(result.ceilingFen[row]!) === granted &&
        result.binding[row] === bind
      different += +!same
    }
  }
  return { different, eligible }
}

async function rate(work: () => unknown, of: number): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return of / ((user + system) / 1e6)
}

const best = (list: readonly number[]): number => Math.max(...list)
const said = (name: string, value: string): void => console.log(`  ${name.padEnd(56)}${value.padStart(14)}`)

async function columns(rule: Rule, programme: Programme): Promise<Record<string, unknown>> {
  const results = [printed(programme, rule.population), rule.byHand()]
  const { different, eligible } = differences(rule, results)
  const rates: Record<'printed' | 'byHand', number[]> = { printed: [], byHand: [] }
  for (let turn = 0; turn < TURNS; turn++) {
    rates.printed.push(await rate(() => printed(programme, rule.population), rows))
    rates.byHand.push(await rate(rule.byHand, rows))
  }
  const ratio = best(rates.printed) / best(rates.byHand)
  said('fail no condition', String(eligible))
  said('rows that differ from the BigInt interpreter', String(different))
  said('printed columns, rows a CPU second', `${(best(rates.printed) / 1e6).toFixed(1)} M`)
  said('by hand, rows a CPU second', `${(best(rates.byHand) / 1e6).toFixed(1)} M`)
  said('printed / by hand (asked 0.8)', ratio.toFixed(2))
  return { eligible, different, ratio, rates }
}

/** One determination with every reason beside the same expressions elsewhere, turn by turn. */
async function scalar(rule: Rule, programme: Programme): Promise<Record<string, unknown>> {
  const asked = askedOf(programme)
  const inputs = Array.from({ length: SCALAR_ROWS }, (_, row) => rowOf(cnVoucherFacts, rule.population, row))
  const own = (): void => {
    for (const input of inputs) determine(programme, input)
  }
  const rates: Record<string, number[]> = { suanquan: [] }
  const peers = await peersFor(asked)
  const given = peers.map((peer) => rowsFor(peer, inputs))
  for (const [index, peer] of peers.entries()) {
    rates[peer.name] = []
    await agree(peer, given[index]!, { programme, inputs, asked: asked.map(({ id }) => id) })
  }
  for (let turn = 0; turn < 5; turn++) {
    rates['suanquan']!.push(await rate(own, SCALAR_ROWS))
    for (const [index, peer] of peers.entries()) {
      const work = async (): Promise<void> => {
        for (const row of given[index]!) {
          const answers = peer.answers(row)
          if (answers instanceof Promise) await answers
        }
      }
      rates[peer.name]!.push(await rate(work, given[index]!.length))
    }
  }
  const ours = best(rates['suanquan']!)
  said('one by one with every reason, a CPU second', `${Math.round(ours)}`)
  for (const { name } of peers) {
    const other = best(rates[name]!)
    said(`${asked.length} expressions by ${name}`, `${Math.round(other)}`)
    said(`  with every reason / expressions alone`, (ours / other).toFixed(2))
  }
  return { expressions: asked.length, rates }
}

type Inputs = readonly ReturnType<typeof rowOf>[]

function rowsFor(peer: Peer, inputs: Inputs): readonly ReturnType<typeof rowFor>[] {
  const whole = peer.name.includes('cel') ? (value: bigint) => value : Number
  return inputs.slice(0, peer.rows).map(({ facts }) => rowFor(facts, whole))
}

interface Compared {
  readonly programme: Programme
  readonly inputs: Inputs
  readonly asked: readonly string[]
}

/** A peer that finds other verdicts than we do was asked something else, and its rate would say nothing. */
async function agree(
  peer: Peer,
  given: ReturnType<typeof rowsFor>,
  { programme, inputs, asked }: Compared,
): Promise<void> {
  for (let row = 0; row < Math.min(500, given.length); row++) {
    const answers = await peer.answers(given[row]!)
    const found = determine(programme, inputs[row]!)
    if (!found.ok) throw new Error(JSON.stringify(found.refusal))
    for (const [index, { id, verdict }] of found.value.conditions.entries()) {
      const answer = answers[index]
      if (answer !== undefined && answer !== verdict)
        throw new Error(
          `${peer.name}: ${asked[index]} is ${String(answer)}, not ${String(verdict)} (${id}, row ${row})`,
        )
    }
  }
}

/** A pool of 60 % of what was approved, shared out by largest remainder, and what proves that it was. */
async function proRata(): Promise<Record<string, unknown>> {
  const random = seededRandom('pro rata')
  const contenders = Array.from({ length: 300_000 }, (_, index): Contender => {
    const claimFen = BigInt(1 + random.int(500_000_000))
    return { number: `A${index}`, claimFen, completeAt: random.int(1e9), score: 0, drawn: null }
  })
  const total = contenders.reduce((sum, { claimFen }) => sum + claimFen, 0n)
  const poolFen = (total * 3n) / 5n
  let shared = shareOut(contenders, { rule: 'pro_rata', poolFen, minimumFen: 1n })
  const shares = await rate(() => {
    shared = shareOut(contenders, { rule: 'pro_rata', poolFen, minimumFen: 1n })
  }, 1)
  const sum = shared.lines.reduce((fen, { awardFen }) => fen + awardFen, 0n)
  const off = shared.lines.filter(({ claimFen, awardFen }) => {
    const floor = (poolFen * claimFen) / total
    return awardFen !== floor && awardFen !== floor + 1n
  }).length
  const remainders = shared.lines.map(({ claimFen, awardFen }) => {
    const product = poolFen * claimFen
    return { up: awardFen > product / total, remainder: product % total }
  })
  const least = remainders
    .filter(({ up }) => up)
    .reduce((min, each) => (each.remainder < min ? each.remainder : min), total)
  const most = remainders
    .filter(({ up }) => !up)
    .reduce((max, each) => (each.remainder > max ? each.remainder : max), 0n)
  const exact = sum === poolFen && off === 0 && least >= most
  const seconds = 1 / shares
  console.log('a pool shared out over 300,000 awards')
  said('sum less the pool, fen', String(sum - poolFen))
  said('every share its floor or one fen more, to the largest', exact ? 'yes' : 'NO')
  said('CPU seconds', seconds.toFixed(2))
  return { exact, seconds }
}

const random = seededRandom('population')
const rules = [windowRule(rows, random), bandsRule(rows, random), lumpRule(rows, random)]
const report: Record<string, unknown> = { rows, load: loadavg(), cores: cpus().length }
console.log(`${rows} rows a rule; ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`)
const trouble = installPeers()
if (trouble !== undefined) console.log(trouble)
let failed = 0
for (const rule of rules) {
  console.log(`${rule.name}.yaml`)
  const programme = programmeOf(rule.name)
  const found = await columns(rule, programme)
  failed += Number(found['different'])
  report[rule.name] = { ...found, scalar: await scalar(rule, programme) }
}
const [first] = rules
const versions = [
  programmeOf('window'),
  programmeOf('window', (text) => text.replace('rate("30%")', 'rate("25%")')),
]
const compare = (): unknown => {
  const [before, after] = versions.map((each) =>
    determinePopulation(each, { population: first!.population, act: 'grant' }),
  )
  return before!.ok && after!.ok && comparePopulations(before.value, after.value)
}
let seconds = Number.POSITIVE_INFINITY
for (let turn = 0; turn < 5; turn++) seconds = Math.min(seconds, rows / (await rate(compare, rows)))
console.log('two versions of window.yaml set against each other')
said('CPU seconds', seconds.toFixed(3))
const shares = await proRata()
// OpenFisca-Core 44.6.0 on the rule of window.yaml, recorded in one run with a hand loop of 54.5 M and printed columns
// of 49.8 M rows a CPU second: its sources are AGPL and are not kept here.
said('OpenFisca, recorded: printed columns / float64, float32', '1.5–2.7')
mkdirSync('results', { recursive: true })
writeFileSync('results/latest.json', `${JSON.stringify({ ...report, versions: seconds, shares }, null, 2)}\n`)
process.exitCode = failed === 0 && shares['exact'] === true ? 0 : 1
