// Days and bands: five conditions, a base that is a difference, three bands of the rate with a cliff, two caps, rounded
// half up to hundreds of yuan.
import type { Random } from '@suanquan/core'
import { addMonths, dayFromNumber, dayNumber } from '@suanquan/core/calendar'
import type { Column } from '@suanquan/core/policy'
import { CHUNK, emptyResult, interpretedCaps, type Result, type Rule } from './result.ts'

const KINDS = ['enterprise', 'university', 'maker_team']
const USES = ['training', 'finetune', 'inference', 'storage']
const [FIRST, LAST] = [dayNumber('2025-01-01'), dayNumber('2025-12-31')]

interface Columns {
  readonly kind: Int32Array
  readonly use: Int32Array
  readonly establishedOn: Int32Array
  readonly signedOn: Int32Array
  readonly startsOn: Int32Array
  readonly endsOn: Int32Array
  readonly amount: Float64Array
  readonly excluded: Float64Array
  readonly usedPool: Float64Array
}

function columnsOf(rows: number, random: Random): Columns {
  const length = rows
  const signedOn = Int32Array.from({ length }, () => dayNumber('2024-12-15') + random.int(390))
  const startsOn = signedOn.map((day) => day + random.int(30))
  const amount = Float64Array.from(
    { length },
    () => random.int(100_000_000) + (random.int(5) === 0 ? random.int(400_000_000) : 0),
  )
  return {
    kind: Int32Array.from({ length }, () => (random.int(12) === 0 ? 2 : random.int(2))),
    use: Int32Array.from({ length }, () => random.int(random.int(4) === 0 ? 4 : 2)),
    establishedOn: signedOn.map((day) => day - 200 - random.int(4_000)),
    signedOn,
    startsOn,
    endsOn: startsOn.map((day) => day + 30 + random.int(1_200)),
    amount,
    excluded: amount.map((fen) => (random.int(4) === 0 ? Math.floor(fen / 4) : 0)),
    usedPool: new Float64Array(length).fill(1_000_000_000),
  }
}

export function bandsRule(rows: number, random: Random): Rule {
  const c = columnsOf(rows, random)
  return {
    name: 'bands',
    byHand: () => byHand(rows, c),
    interpreted: (row) => interpreted(c, row),
    population: {
      rows,
      beyond: new Map(),
      facts: new Map<string, Column>([
        ['applicant.kind', { values: c.kind, dictionary: KINDS }],
        ['contract.use', { values: c.use, dictionary: USES }],
        ['applicant.established_on', { values: c.establishedOn }],
        ['contract.signed_on', { values: c.signedOn }],
        ['contract.starts_on', { values: c.startsOn }],
        ['contract.ends_on', { values: c.endsOn }],
        ['contract.amount', { values: c.amount }],
        ['contract.excluded_amount', { values: c.excluded }],
        ['contract.number', { values: new Int32Array(rows), dictionary: ['HT-1'] }],
      ]),
      balances: new Map([['pool.granted', c.usedPool]]),
    },
  }
}

function byHand(rows: number, columns: Columns): Result {
  const result = emptyResult(rows)
  const { kind, use, establishedOn, signedOn, startsOn, endsOn, amount, excluded, usedPool } = columns
  const { failed, ceilingFen, binding, outcome } = result
  const chosen = new Uint32Array(CHUNK)
  for (let from = 0; from < rows; from += CHUNK) {
    const to = from + CHUNK < rows ? from + CHUNK : rows
    let count = 0
    for (let i = from; i < to; i++) {
      const inWindow = +(signedOn[i]! >= FIRST) & +(signedOn[i]! <= LAST)
      const mask =
        +(kind[i]! > 1) |
        (+(signedOn[i]! < yearOn(establishedOn[i]!)) << 1) |
        (+(endsOn[i]! - startsOn[i]! > 1095) << 2) |
        (+(use[i]! > 1) << 3) |
        (+(amount[i]! - excluded[i]! < 5_000_000) << 4)
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
      const whole = amount[i]!
      const rate = whole < 50_000_000 ? 10 : whole < 200_000_000 ? 8 : 5
      let granted = Math.floor(((whole - excluded[i]!) * rate + 100_000) / 200_000) * 10_000
      let bind = 0
      if (granted > 80_000_000) [granted, bind] = [80_000_000, 1]
      const pool = Math.floor(Math.max(0, 5_000_000_000_000 - usedPool[i]!) / 10_000) * 10_000
      if (granted > pool) [granted, bind] = [pool, 2]
      ceilingFen[i] = granted
      binding[i] = bind
      if (granted === 0) outcome[i] = 3
    }
  }
  return result
}

/** A day one year on; 29 February becomes 28 February. By Hinnant's civil calendar, months counted from March. */
function yearOn(day: number): number {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const next = year + 1
  const start = next * 365 + Math.floor(next / 4) - Math.floor(next / 100)
  return era * 146_097 + start + (ofYear > 364 ? 364 : ofYear) - 719_468
}

function interpreted(c: Columns, i: number): ReturnType<Rule['interpreted']> {
  const [signed, amount] = [dayFromNumber(c.signedOn[i]!), BigInt(c.amount[i]!)]
  const base = amount - BigInt(c.excluded[i]!)
  const holds = [
    ['enterprise', 'university'].includes(KINDS[c.kind[i]!]!),
    signed >= addMonths(dayFromNumber(c.establishedOn[i]!), 12),
    c.endsOn[i]! - c.startsOn[i]! <= 1095,
    ['training', 'finetune'].includes(USES[c.use[i]!]!),
    base >= 5_000_000n,
  ]
  const granted = (): bigint => {
    const percent = amount < 50_000_000n ? 50n : amount < 200_000_000n ? 40n : 25n
    return ((base * percent + 500_000n) / 1_000_000n) * 10_000n
  }
  const rooms = [80_000_000n, 5_000_000_000_000n - BigInt(c.usedPool[i]!)]
  const found = interpretedCaps(holds, granted, { rooms, unitFen: 10_000n })
  const governed = c.signedOn[i]! >= FIRST && c.signedOn[i]! <= LAST
  return governed ? found : [found[0], 0n, 0]
}
