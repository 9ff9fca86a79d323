// Alternatives: five conditions with `or` in them, a base by case, a rate of a third with an exception, two caps.
import type { Random } from '@suanquan/core'
import { dayNumber } from '@suanquan/core/calendar'
import type { Column } from '@suanquan/core/policy'
import { CHUNK, emptyResult, interpretedCaps, type Result, type Rule } from './result.ts'

const REGIONS = ['320211', '320583', '110108', '440300']
const INDUSTRIES = ['I6513', 'I64', 'C391', 'C26', 'M73', 'I63']
const SIZES = ['micro', 'small', 'medium', 'large']
const FITTING = ['I63', 'I64', 'I65', 'C39']
const [FIRST, LAST] = [dayNumber('2025-02-01'), dayNumber('2025-11-30')]
const [FROM, TO] = [dayNumber('2025-01-01'), dayNumber('2025-12-31')]

interface Columns {
  readonly region: Int32Array
  readonly industry: Int32Array
  readonly size: Int32Array
  readonly signedOn: Int32Array
  readonly related: Uint8Array
  readonly listed: Uint8Array
  readonly centre: Uint8Array
  readonly incubated: Uint8Array
  readonly settled: Float64Array
  readonly amount: Float64Array
  readonly usedYear: Float64Array
  readonly usedPool: Float64Array
}

function columnsOf(rows: number, random: Random): Columns {
  const length = rows
  const often = (one: number): Uint8Array => Uint8Array.from({ length }, () => +(random.int(one) === 0))
  return {
    region: Int32Array.from({ length }, () => random.int(random.int(5) === 0 ? 4 : 2)),
    industry: Int32Array.from({ length }, () => random.int(INDUSTRIES.length)),
    size: Int32Array.from({ length }, () => random.int(random.int(5) === 0 ? 4 : 2)),
    signedOn: Int32Array.from({ length }, () => dayNumber('2024-12-15') + random.int(390)),
    related: often(20),
    listed: often(10).map((each) => each ^ 1),
    centre: often(2),
    incubated: often(3),
    settled: Float64Array.from({ length }, () => random.int(300_000_000)),
    amount: Float64Array.from({ length }, () => random.int(400_000_000)),
    usedYear: Float64Array.from({ length }, () => (random.int(5) === 0 ? random.int(70_000_000) : 0)),
    usedPool: new Float64Array(length).fill(1_000_000_000),
  }
}

export function lumpRule(rows: number, random: Random): Rule {
  const c = columnsOf(rows, random)
  return {
    name: 'lump',
    byHand: () => byHand(rows, c),
    interpreted: (row) => interpreted(c, row),
    population: {
      rows,
      beyond: new Map(),
      facts: new Map<string, Column>([
        ['applicant.region', { values: c.region, dictionary: REGIONS }],
        ['applicant.industry', { values: c.industry, dictionary: INDUSTRIES }],
        ['applicant.size', { values: c.size, dictionary: SIZES }],
        ['contract.signed_on', { values: c.signedOn }],
        ['parties.related', { values: c.related }],
        ['provider.listed', { values: c.listed }],
        ['provider.at_designated_centre', { values: c.centre }],
        ['applicant.incubated', { values: c.incubated }],
        ['contract.settled', { values: c.settled }],
        ['contract.amount', { values: c.amount }],
        ['applicant.uscc', { values: new Int32Array(rows), dictionary: ['91320211MA1234567X'] }],
      ]),
      balances: new Map([
        ['year.granted', c.usedYear],
        ['pool.granted', c.usedPool],
      ]),
    },
  }
}

function byHand(rows: number, columns: Columns): Result {
  const result = emptyResult(rows)
  const { region, industry, size, signedOn, related, listed, centre, incubated } = columns
  const { settled, amount, usedYear, usedPool } = columns
  const { failed, ceilingFen, binding, outcome } = result
  const here = Uint8Array.from(REGIONS, (code) => Number(code.startsWith('32')))
  const fits = Uint8Array.from(INDUSTRIES, (code) => Number(FITTING.some((each) => code.startsWith(each))))
  const chosen = new Uint32Array(CHUNK)
  for (let from = 0; from < rows; from += CHUNK) {
    const to = from + CHUNK < rows ? from + CHUNK : rows
    let count = 0
    for (let i = from; i < to; i++) {
      const inside = +(signedOn[i]! >= FIRST) & +(signedOn[i]! <= LAST)
      const governed = +(signedOn[i]! >= FROM) & +(signedOn[i]! <= TO)
      const small = +(size[i] === 0) | (+(size[i] === 1) & (related[i]! ^ 1))
      const mask =
        (here[region[i]!]! ^ 1) |
        ((fits[industry[i]!]! ^ 1) << 1) |
        ((small ^ 1) << 2) |
        (((listed[i]! & (centre[i]! | incubated[i]!)) ^ 1) << 3) |
        ((inside ^ 1) << 4)
      failed[i] = mask
      ceilingFen[i] = 0
      binding[i] = 0
      const fails = +(mask !== 0)
      outcome[i] = (governed ^ 1) | ((governed & fails) << 1)
      chosen[count] = i
      count = (count + (governed & (fails ^ 1))) | 0
    }
    for (let j = 0; j < count; j++) {
      const i = chosen[j]!
      const base =
        incubated[i] === 1 ? Math.min(settled[i]!, 20_000_000) : Math.min(settled[i]! * 2, amount[i]!)
      let granted = Math.floor((base * (centre[i] === 1 ? 3 : 2)) / 600) * 100
      let bind = 0
      const year = Math.floor(Math.max(0, 60_000_000 - usedYear[i]!) / 100) * 100
      if (granted > year) [granted, bind] = [year, 1]
      const pool = Math.floor(Math.max(0, 5_000_000_000_000 - usedPool[i]!) / 100) * 100
      if (granted > pool) [granted, bind] = [pool, 2]
      ceilingFen[i] = granted
      binding[i] = bind
      if (granted === 0) outcome[i] = 3
    }
  }
  return result
}

function interpreted(c: Columns, i: number): ReturnType<Rule['interpreted']> {
  const [signed, size] = [c.signedOn[i]!, SIZES[c.size[i]!]]
  const holds = [
    REGIONS[c.region[i]!]!.startsWith('32'),
    FITTING.some((each) => INDUSTRIES[c.industry[i]!]!.startsWith(each)),
    size === 'micro' || (size === 'small' && c.related[i] === 0),
    c.listed[i] === 1 && (c.centre[i] === 1 || c.incubated[i] === 1),
    signed >= FIRST && signed <= LAST,
  ]
  const least = (left: bigint, right: bigint): bigint => (left < right ? left : right)
  const granted = (): bigint => {
    const [settled, amount] = [BigInt(c.settled[i]!), BigInt(c.amount[i]!)]
    const base = c.incubated[i] === 1 ? least(settled, 20_000_000n) : least(settled * 2n, amount)
    return (base / (c.centre[i] === 1 ? 2n : 3n) / 100n) * 100n
  }
  const rooms = [60_000_000n - BigInt(c.usedYear[i]!), 5_000_000_000_000n - BigInt(c.usedPool[i]!)]
  return interpretedCaps(holds, granted, { rooms, unitFen: 100n })
}
