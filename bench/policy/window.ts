// The rule of policy-engine §2: eight conditions, three rates, three caps.
import type { Random } from '@suanquan/core'
import { dayNumber } from '@suanquan/core/calendar'
import type { Column } from '@suanquan/core/policy'
import { CHUNK, emptyResult, interpretedCaps, type Result, type Rule } from './result.ts'

const REGIONS = ['320211', '320206', '320281', '320100', '110108', '320213', '320214', '440300']
const STATUSES = ['active', 'deregistered']
const SIZES = ['micro', 'small', 'medium', 'large']
const [FIRST, LAST] = [dayNumber('2025-01-01'), dayNumber('2025-12-31')]

interface Columns {
  readonly region: Int32Array
  readonly status: Int32Array
  readonly size: Int32Array
  readonly onList: Uint8Array
  readonly signedOn: Int32Array
  readonly listed: Uint8Array
  readonly related: Uint8Array
  readonly settled: Float64Array
  readonly amount: Float64Array
  readonly local: Uint8Array
  readonly startup: Uint8Array
  readonly usedYear: Float64Array
  readonly usedPool: Float64Array
}

function columnsOf(rows: number, random: Random): Columns {
  const length = rows
  const often = (one: number): Uint8Array => Uint8Array.from({ length }, () => +(random.int(one) === 0))
  const fen = (most: number, more: number): Float64Array =>
    Float64Array.from({ length }, () => random.int(most) + (random.int(100) === 0 ? more : 0))
  return {
    region: Int32Array.from({ length }, () => random.int(random.int(10) < 8 ? 3 : REGIONS.length)),
    status: Int32Array.from({ length }, () => +(random.int(20) === 0)),
    size: Int32Array.from({ length }, () => (random.int(6) === 0 ? 3 : random.int(3))),
    onList: often(50),
    signedOn: Int32Array.from({ length }, () => dayNumber('2024-12-01') + random.int(410)),
    listed: often(10).map((each) => each ^ 1),
    related: often(33),
    settled: fen(100_000_000, 400_000_000),
    amount: fen(120_000_000, 500_000_000),
    local: often(2),
    startup: often(4),
    usedYear: Float64Array.from({ length }, () => (random.int(5) === 0 ? random.int(200_000_000) : 0)),
    usedPool: new Float64Array(length).fill(1_000_000_000),
  }
}

export function windowRule(rows: number, random: Random): Rule {
  const c = columnsOf(rows, random)
  const one = (dictionary: readonly string[]): Column => ({ values: new Int32Array(rows), dictionary })
  return {
    name: 'window',
    byHand: () => byHand(rows, c),
    interpreted: (row) => interpreted(c, row),
    population: {
      rows,
      beyond: new Map(),
      facts: new Map<string, Column>([
        ['applicant.region', { values: c.region, dictionary: REGIONS }],
        ['applicant.status', { values: c.status, dictionary: STATUSES }],
        ['applicant.size', { values: c.size, dictionary: SIZES }],
        ['applicant.on_dishonesty_list', { values: c.onList }],
        ['contract.signed_on', { values: c.signedOn }],
        ['provider.listed', { values: c.listed }],
        ['parties.related', { values: c.related }],
        ['contract.settled', { values: c.settled }],
        ['contract.amount', { values: c.amount }],
        ['provider.at_designated_centre', { values: c.local }],
        ['applicant.incubated', { values: c.startup }],
        ['applicant.uscc', one(['91320211MA1234567X'])],
        ['contract.number', one(['HT-1'])],
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
  const { region, status, size, onList, signedOn, listed, related, settled, amount } = columns
  const { local, startup, usedYear, usedPool } = columns
  const { failed, ceilingFen, binding, outcome } = result
  const here = Uint8Array.from(REGIONS, (code) => Number(code.startsWith('3202')))
  const chosen = new Uint32Array(CHUNK)
  for (let from = 0; from < rows; from += CHUNK) {
    const to = from + CHUNK < rows ? from + CHUNK : rows
    let count = 0
    for (let i = from; i < to; i++) {
      const inWindow = +(signedOn[i]! >= FIRST) & +(signedOn[i]! <= LAST)
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

function interpreted(c: Columns, i: number): ReturnType<Rule['interpreted']> {
  const signed = c.signedOn[i]!
  const holds = [
    REGIONS[c.region[i]!]!.startsWith('3202'),
    STATUSES[c.status[i]!] === 'active',
    ['micro', 'small', 'medium'].includes(SIZES[c.size[i]!]!),
    c.onList[i] === 0,
    signed >= FIRST && signed <= LAST,
    c.listed[i] === 1,
    c.related[i] === 0,
    BigInt(c.settled[i]!) >= 1_000_000n,
  ]
  const amount = (): bigint => {
    const base = c.settled[i]! < c.amount[i]! ? BigInt(c.settled[i]!) : BigInt(c.amount[i]!)
    const percent = c.local[i] === 0 ? 15n : c.startup[i] === 1 ? 40n : 30n
    return ((base * percent) / 10_000n) * 100n
  }
  const rooms = [
    100_000_000n,
    200_000_000n - BigInt(c.usedYear[i]!),
    5_000_000_000_000n - BigInt(c.usedPool[i]!),
  ]
  return interpretedCaps(holds, amount, { rooms, unitFen: 100n })
}
