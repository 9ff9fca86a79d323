// A million applicants under one rule: the printed columnar code beside a loop over typed arrays written by hand for the
// same rule, a BigInt interpreter of it, and the scalar path with every reason. `npm run bench population [-- ROWS]`.
// Rates are rows a second of this process's CPU time, the best of several turns taken in turn; the ratio is what counts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { seededRandom } from '@suanquan/core'
import { dayNumber } from '@suanquan/core/calendar'
import {
  checkProgramme,
  comparePopulations,
  cnVoucherFacts,
  determine,
  determinePopulation,
  rowOf,
  type Column,
  type Population,
} from '@suanquan/core/policy'

const rows = Number(process.argv.at(2) ?? 1_000_000)
const TURNS = 9
const SCALAR_ROWS = Math.min(rows, 20_000)
const { programme, diagnostics } = checkProgramme(readFileSync('programme.yaml', 'utf8'), 'programme.yaml')
if (!programme) throw new Error(JSON.stringify(diagnostics))

const REGIONS = ['320211', '320206', '320281', '320100', '110108', '320213', '320214', '440300']
const STATUSES = ['active', 'cancelled']
const SIZES = ['micro', 'small', 'medium', 'large']
const random = seededRandom('population')
const fen = (most: number): number => random.int(most)
const columns = {
  region: Int32Array.from({ length: rows }, () =>
    random.int(10) < 8 ? random.int(3) : random.int(REGIONS.length),
  ),
  status: Int32Array.from({ length: rows }, () => (random.int(20) === 0 ? 1 : 0)),
  size: Int32Array.from({ length: rows }, () => (random.int(6) === 0 ? 3 : random.int(3))),
  onList: Uint8Array.from({ length: rows }, () => (random.int(50) === 0 ? 1 : 0)),
  signedOn: Int32Array.from({ length: rows }, () => dayNumber('2024-12-01') + random.int(410)),
  listed: Uint8Array.from({ length: rows }, () => (random.int(10) === 0 ? 0 : 1)),
  related: Uint8Array.from({ length: rows }, () => (random.int(33) === 0 ? 1 : 0)),
  settled: Float64Array.from(
    { length: rows },
    () => fen(100_000_000) + (random.int(100) === 0 ? 400_000_000 : 0),
  ),
  amount: Float64Array.from(
    { length: rows },
    () => fen(120_000_000) + (random.int(100) === 0 ? 500_000_000 : 0),
  ),
  local: Uint8Array.from({ length: rows }, () => random.int(2)),
  startup: Uint8Array.from({ length: rows }, () => (random.int(4) === 0 ? 1 : 0)),
  usedYear: Float64Array.from({ length: rows }, () => (random.int(5) === 0 ? fen(200_000_000) : 0)),
  usedPool: new Float64Array(rows).fill(1_000_000_000),
}
const one = (dictionary: readonly string[]): Column => ({ values: new Int32Array(rows), dictionary })
const population: Population = {
  rows,
  beyond: new Map(),
  facts: new Map<string, Column>([
    ['applicant.region', { values: columns.region, dictionary: REGIONS }],
    ['applicant.status', { values: columns.status, dictionary: STATUSES }],
    ['applicant.size', { values: columns.size, dictionary: SIZES }],
    ['applicant.on_dishonesty_list', { values: columns.onList }],
    ['contract.signed_on', { values: columns.signedOn }],
    ['provider.listed', { values: columns.listed }],
    ['parties.related', { values: columns.related }],
    ['contract.settled', { values: columns.settled }],
    ['contract.amount', { values: columns.amount }],
    ['provider.at_designated_centre', { values: columns.local }],
    ['applicant.incubated', { values: columns.startup }],
    ['applicant.uscc', one(['91320211MA1234567X'])],
    ['contract.number', one(['HT-1'])],
  ]),
  balances: new Map([
    ['year.granted', columns.usedYear],
    ['pool.granted', columns.usedPool],
  ]),
}

const printed = (): Result => {
  const found = determinePopulation(programme, { population, act: 'grant' })
  if (!found.ok || found.value.byRow > 0 || found.value.notColumnar !== null)
    throw new Error('the rule is not determined by columns')
  const { failed, ceilingFen, binding, outcome } = found.value
  return { failed: failed[0]!, ceilingFen, binding, outcome }
}

interface Result {
  readonly failed: Uint32Array
  readonly ceilingFen: Float64Array
  readonly binding: Uint8Array
  readonly outcome: Uint8Array
}

const emptyResult = (): Result => ({
  failed: new Uint32Array(rows),
  ceilingFen: new Float64Array(rows),
  binding: new Uint8Array(rows),
  outcome: new Uint8Array(rows),
})

/** The same rule by hand, as well as one knows: chunks, a bit a condition, a selection without a branch. */
function byHand(): Result {
  const result = emptyResult()
  const { region, status, size, onList, signedOn, listed, related, settled, amount } = columns
  const { local, startup, usedYear, usedPool } = columns
  const { failed, ceilingFen, binding, outcome } = result
  const here = Uint8Array.from(REGIONS, (code) => Number(code.startsWith('3202')))
  const [first, last] = [dayNumber('2025-01-01'), dayNumber('2025-12-31')]
  const chosen = new Uint32Array(4096)
  for (let from = 0; from < rows; from += 4096) {
    const to = from + 4096 < rows ? from + 4096 : rows
    let count = 0
    for (let i = from; i < to; i++) {
      const inWindow = +(signedOn[i]! >= first) & +(signedOn[i]! <= last)
      const mask =
        (here[region[i]!]! ^ 1) |
        (+(status[i] !== 0) << 1) |
        ((((7 >>> size[i]!) & 1) ^ 1) << 2) |
        (onList[i]! << 3) |
        ((inWindow ^ 1) << 4) |
        ((listed[i]! ^ 1) << 5) |
        (related[i]! << 6) |
        (+(settled[i]! < 1_000_000) << 7)
      failed[i] = mask
      ceilingFen[i] = 0
      binding[i] = 0
      const fails = +(mask !== 0)
      outcome[i] = (inWindow ^ 1) | ((inWindow & fails) << 1)
      chosen[count] = i
      count = (count + (inWindow & (fails ^ 1))) | 0
    }
    for (let j = 0; j < count; j++) {
      const i = chosen[j]!
      const rate = local[i] === 1 ? (startup[i] === 1 ? 8 : 6) : 3
      let granted = Math.floor((Math.min(settled[i]!, amount[i]!) * rate) / 2000) * 100
      let bind = 0
      if (granted > 100_000_000) [granted, bind] = [100_000_000, 1]
      const year = Math.floor(Math.max(0, 200_000_000 - usedYear[i]!) / 100) * 100
      if (granted > year) [granted, bind] = [year, 2]
      const pool = Math.floor(Math.max(0, 5_000_000_000_000 - usedPool[i]!) / 100) * 100
      if (granted > pool) [granted, bind] = [pool, 3]
      ceilingFen[i] = granted
      binding[i] = bind
      if (granted === 0) outcome[i] = 3
    }
  }
  return result
}

/** The same rule with BigInt amounts and no cleverness: what the others are held against. */
function interpreted(i: number): readonly [failed: number, fen: bigint, binding: number] {
  const c = columns
  const signed = c.signedOn[i]!
  const holds = [
    REGIONS[c.region[i]!]!.startsWith('3202'),
    STATUSES[c.status[i]!] === 'active',
    ['micro', 'small', 'medium'].includes(SIZES[c.size[i]!]!),
    c.onList[i] === 0,
    signed >= dayNumber('2025-01-01') && signed <= dayNumber('2025-12-31'),
    c.listed[i] === 1,
    c.related[i] === 0,
    BigInt(c.settled[i]!) >= 1_000_000n,
  ]
  const failed = holds.reduce((mask, holding, bit) => (holding ? mask : mask | (1 << bit)), 0)
  if (failed !== 0) return [failed, 0n, 0]
  const base = c.settled[i]! < c.amount[i]! ? BigInt(c.settled[i]!) : BigInt(c.amount[i]!)
  const percent = c.local[i] === 0 ? 15n : c.startup[i] === 1 ? 40n : 30n
  let [granted, bind] = [((base * percent) / 10_000n) * 100n, 0]
  const rooms = [
    100_000_000n,
    200_000_000n - BigInt(c.usedYear[i]!),
    5_000_000_000_000n - BigInt(c.usedPool[i]!),
  ]
  for (const [index, room] of rooms.entries()) {
    const whole = room > 0n ? (room / 100n) * 100n : 0n
    if (granted > whole) [granted, bind] = [whole, index + 1]
  }
  return [0, granted, bind]
}

const reference = printed()
const hand = byHand()
let different = 0
let eligible = 0
for (let i = 0; i < rows; i++) {
  const [failed, granted, bind] = interpreted(i)
  eligible += +(failed === 0)
  for (const result of [reference, hand])
    if (
      result.failed[i] !== failed ||
      BigInt(result.ceilingFen[i]!) !== granted ||
      result.binding[i] !== bind
    )
      different += 1
}

const rate = (work: () => unknown, of: number): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return of / ((user + system) / 1e6)
}
const scalar = (): void => {
  for (let i = 0; i < SCALAR_ROWS; i++) determine(programme, rowOf(cnVoucherFacts, population, i))
}
const rates: Record<'printed' | 'byHand' | 'scalar', number[]> = { printed: [], byHand: [], scalar: [] }
for (let turn = 0; turn < TURNS; turn++) {
  rates.printed.push(rate(printed, rows))
  rates.byHand.push(rate(byHand, rows))
  if (turn < 3) rates.scalar.push(rate(scalar, SCALAR_ROWS))
}
const text = readFileSync('programme.yaml', 'utf8').replace('rate("30%")', 'rate("25%")')
const changed = checkProgramme(text, 'changed.yaml').programme!
const difference = (): unknown => {
  const [before, after] = [programme, changed].map((each) =>
    determinePopulation(each, { population, act: 'grant' }),
  )
  return before!.ok && after!.ok && comparePopulations(before.value, after.value)
}
const differenceSeconds = Math.min(...Array.from({ length: 5 }, () => rows / rate(difference, rows)))
const best = (list: readonly number[]): number => Math.max(...list)
const ratio = best(rates.printed) / best(rates.byHand)
const said = (name: string, value: string): void => console.log(`${name.padEnd(50)}${value.padStart(14)}`)
console.log(`${rows} rows, ${eligible} eligible; ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`)
said('rows that differ from the BigInt interpreter', String(different))
said('printed columns, rows a CPU second', `${(best(rates.printed) / 1e6).toFixed(1)} M`)
said('by hand, rows a CPU second', `${(best(rates.byHand) / 1e6).toFixed(1)} M`)
said('printed / by hand (asked 0.8)', ratio.toFixed(2))
said('scalar with every reason, rows a CPU second', `${Math.round(best(rates.scalar))}`)
said('two versions set against each other, CPU seconds', differenceSeconds.toFixed(3))
mkdirSync('results', { recursive: true })
writeFileSync(
  'results/latest.json',
  `${JSON.stringify({ rows, eligible, different, ratio, differenceSeconds, rates, load: loadavg() }, null, 2)}\n`,
)
process.exitCode = different === 0 ? 0 : 1
