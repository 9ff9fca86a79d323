import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import {
  defaultRatingRules,
  piecesOf,
  rateUsage,
  readSlurmJson,
  usageKey,
  type RatedUsage,
  type RatingRules,
  type ServiceContract,
  type UsageRecord,
} from './index.ts'

function recordsOf(name: string, qos: string): readonly UsageRecord[] {
  const read = readSlurmJson(readFileSync(new URL(`../../fixtures/slurm/${name}`, import.meta.url)))
  if (!read.ok) throw new Error(JSON.stringify(read.refusal))
  return read.value.records.filter((record) => record.qos === qos)
}

const contract: ServiceContract = {
  contractNo: 'HT-2026-0007',
  buyer: '91510100MA6C0000X1',
  seller: '91510100MA6C0000X9',
  amountFen: 100_000_000n,
  signedOn: '2026-01-05',
  termFrom: '2026-01-10',
  termUntil: '2026-12-31',
  prices: [
    { chip: 'a100', fenPerCardHour: 2_800n },
    { chip: 'ascend910b', fenPerCardHour: 1_999n },
  ],
  shard: null,
}

const start = startOf('2026-03-01')
const run = (change: Partial<UsageRecord> = {}): UsageRecord => {
  const base: UsageRecord = {
    key: '',
    cluster: 'c',
    jobId: 1,
    arrayTask: null,
    hetComponent: null,
    account: 'a',
    creditCode: null,
    qos: 'q',
    state: 'COMPLETED',
    cancelledBy: null,
    submittedAt: start,
    startedAt: start,
    endedAt: start + 3_600_000,
    elapsedSeconds: 3_600,
    suspendedSeconds: 0,
    limitSeconds: null,
    nodes: 1,
    nodeList: 'n1',
    gpus: 8,
    chips: [{ chip: 'a100', cards: 8 }],
    shards: 0,
    billing: 0,
    jobName: null,
    contractHint: null,
    ...change,
  }
  return { ...base, key: usageKey(base) }
}

function rated(records: readonly UsageRecord[], rules: Partial<RatingRules> = {}, of = contract): RatedUsage {
  const usage = rateUsage(records, of, { ...defaultRatingRules, ...rules })
  if (!usage.ok) throw new Error(JSON.stringify(usage.refusal))
  return usage.value
}

describe('one run', () => {
  test('cards × hours × price', () => {
    expect(rated([run()])).toMatchObject({
      amountFen: 22_400n,
      lines: [{ month: '2026-03', seconds: 3_600 }],
    })
  })
  test('suspended time is not metered', () => {
    const half = run({ elapsedSeconds: 1_800, suspendedSeconds: 1_800 })
    expect(rated([half]).amountFen).toBe(11_200n)
  })
  test('a dead node is metered, valued and rated 0, unless the programme says otherwise', () => {
    const dead = run({ state: 'NODE_FAIL' })
    expect(rated([dead])).toMatchObject({
      valueFen: 22_400n,
      amountFen: 0n,
      lines: [{ reason: 'node_failed', valueFen: 22_400n, amountFen: 0n }],
    })
    expect(rated([dead], { nodeFailure: 'rated' }).amountFen).toBe(22_400n)
  })
  test('time before, in and after the term is cut exactly at midnight in China', () => {
    const long = run({
      startedAt: startOf('2026-12-31'),
      endedAt: startOf('2027-01-02'),
      elapsedSeconds: 172_800,
      gpus: 1,
      chips: [{ chip: 'a100', cards: 1 }],
    })
    expect(
      rated([long]).lines.map(({ month, reason, seconds, amountFen }) => [month, reason, seconds, amountFen]),
    ).toEqual([
      ['2026-12', 'rated', 86_400, 67_200n],
      ['2027-01', 'outside_term', 86_400, 0n],
    ])
    const early = run({
      startedAt: startOf('2026-01-10') - 1_800_000,
      endedAt: startOf('2026-01-10') + 1_800_000,
    })
    expect(rated([early]).lines.map(({ reason, amountFen }) => [reason, amountFen])).toEqual([
      ['outside_term', 0n],
      ['rated', 11_200n],
    ])
  })
  test('peers 6 (OpenMeter): time outside the days that the programme pays for is rated 0 with that reason', () => {
    expect(rated([run()], { usableUntil: '2026-02-28' }).lines).toMatchObject([
      { reason: 'outside_usable_days', amountFen: 0n, valueFen: 22_400n },
    ])
    expect(rated([run()], { usableFrom: '2026-03-01', usableUntil: '2026-03-01' }).amountFen).toBe(22_400n)
  })
  test('peers 13 (OpenCost, HAMi): the parts of a card and its idle time are the whole card, in time and in money', () => {
    const sliced = { ...contract, shard: { chip: 'a100', shardsPerCard: 8 } }
    const sizes = [1, 2, 4] as const
    const parts = sizes.map((shards, index) => run({ jobId: index + 1, gpus: 0, chips: [], shards }))
    const idle = run({ jobId: 9, gpus: 0, chips: [], shards: 8 - 1 - 2 - 4 })
    const card = rated([run({ gpus: 1, chips: [{ chip: 'a100', cards: 1 }] })])
    const whole = rated([...parts, idle], {}, sliced)
    expect(whole.amountFen).toBe(card.amountFen)
    const time = (usage: RatedUsage): number =>
      usage.lines.reduce((sum, { units, unitsPerCard, seconds }) => sum + (units / unitsPerCard) * seconds, 0)
    expect(time(whole)).toBe(time(card))
    for (const [index, { amountFen }] of parts.map((part) => rated([part], {}, sliced)).entries())
      expect(amountFen * 8n).toBe(card.amountFen * BigInt(sizes[index]!))
  })
  test('peers 15 (Waldur): a run over the leap day or the end of a year belongs to its months to the second', () => {
    const over = (from: string, until: string): unknown =>
      piecesOf(
        run({
          startedAt: startOf(from),
          endedAt: startOf(until),
          elapsedSeconds: (startOf(until) - startOf(from)) / 1000,
        }),
        [],
      ).map(({ month, seconds }) => [month, seconds / 86_400])
    expect(over('2024-02-28', '2024-03-02')).toEqual([
      ['2024-02', 2],
      ['2024-03', 1],
    ])
    expect(over('2023-02-28', '2023-03-02')).toEqual([
      ['2023-02', 1],
      ['2023-03', 1],
    ])
    expect(over('2024-11-30', '2025-02-01')).toEqual([
      ['2024-11', 1],
      ['2024-12', 31],
      ['2025-01', 31],
    ])
  })
  test('shards are parts of a card', () => {
    const shards = run({ gpus: 0, chips: [], shards: 4 })
    const sliced = { ...contract, shard: { chip: 'a100', shardsPerCard: 8 } }
    expect(rated([shards], {}, sliced).lines).toMatchObject([
      { units: 4, unitsPerCard: 8, amountFen: 1_400n },
    ])
  })
  test('a running job gives an open line, one that never ran or held no card is shown without value', () => {
    const open = run({ state: 'RUNNING', endedAt: null, elapsedSeconds: 60 })
    expect(rated([open]).lines).toMatchObject([{ open: true, amountFen: 373n }])
    const idle = run({ jobId: 2, gpus: 0, chips: [] })
    const never = run({ jobId: 3, state: 'PENDING', startedAt: null, endedAt: null, elapsedSeconds: 0 })
    expect(rated([idle, never])).toMatchObject({
      lines: [],
      unvalued: [{ reason: 'no_cards' }, { reason: 'no_time' }],
    })
  })
})

test('an open run reaches as far as its use and its suspension together', () => {
  const open = run({
    state: 'RUNNING',
    startedAt: startOf('2026-04-01') - 3_600_000,
    endedAt: null,
    elapsedSeconds: 3_600,
    suspendedSeconds: 3_600,
  })
  expect(rated([open]).lines.map(({ month, seconds }) => [month, seconds])).toEqual([
    ['2026-03', 1_800],
    ['2026-04', 1_800],
  ])
})

describe('peers 12 (OpenSCOW): rating stops loudly', () => {
  test.each<[string, Partial<UsageRecord>, Partial<ServiceContract>]>([
    ['metering.price_missing', { chips: [{ chip: 'h800', cards: 8 }] }, {}],
    ['metering.price_missing', { state: 'NODE_FAIL', chips: [{ chip: 'h800', cards: 8 }] }, {}],
    ['metering.chip_unknown', { chips: [{ chip: 'a100', cards: 4 }] }, {}],
    ['metering.shard_price_missing', { shards: 2 }, {}],
    ['metering.price_not_positive', {}, { prices: [{ chip: 'a100', fenPerCardHour: 0n }] }],
    ['metering.not_the_buyer', { creditCode: '91110000802100433B' }, {}],
  ])('%s is a refusal, never free', (code, change, terms) =>
    expect(rateUsage([run(change)], { ...contract, ...terms })).toMatchObject({ refusal: { code } }),
  )
})

test('the recorded cluster is rated to the fen', () => {
  const terms = { ...contract, termUntil: '2026-12-31' }
  const usage = rated(recordsOf('sacct-final.json', 'v20260001'), {}, terms)
  // 165 card-seconds × 28 yuan an hour = 128.33 fen
  expect(usage).toMatchObject({ amountFen: 128n, valueFen: 128n })
  const earlier = rated(recordsOf('sacct-requeue-suspend-nodefail-lease.json', 'v20260001'), {}, terms)
  // 4 + 30 + 3 + 16 card-seconds count, 51 on the dead node are valued and not paid
  expect(earlier).toMatchObject({ amountFen: 41n, valueFen: 81n })
})

const records = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: 400 * 86_400 }),
      elapsed: fc.integer({ min: 0, max: 80 * 86_400 }),
      suspended: fc.integer({ min: 0, max: 5 * 86_400 }),
      cards: fc.integer({ min: 1, max: 64 }),
      state: fc.constantFrom('COMPLETED', 'NODE_FAIL', 'TIMEOUT', 'REQUEUED'),
      chip: fc.constantFrom('a100', 'ascend910b'),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.map(({ from, elapsed, suspended, cards, state, chip }, index) => {
      const startedAt = startOf('2025-12-15') + from * 1000
      return run({
        jobId: index + 1,
        startedAt,
        endedAt: startedAt + (elapsed + suspended) * 1000,
        elapsedSeconds: elapsed,
        suspendedSeconds: suspended,
        state,
        gpus: cards,
        chips: [{ chip, cards }],
      })
    }),
  )

test('pieces add up to the record, touch each other and lie in one month of China time', () => {
  fc.assert(
    fc.property(records, (list) => {
      for (const record of list) {
        const pieces = piecesOf(record, [startOf('2026-01-10'), startOf('2026-07-07')])
        expect(pieces.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(record.elapsedSeconds)
        pieces.slice(1).forEach((piece, index) => expect(piece.fromAt).toBe(pieces[index]!.untilAt))
        for (const { month, fromAt, untilAt } of pieces) {
          expect(fromAt >= startOf(`${month}-01`)).toBe(true)
          expect(untilAt - 1 < startOf(`${month}-01`) + 31 * 86_400_000).toBe(true)
        }
        if (record.suspendedSeconds === 0)
          for (const { seconds, fromAt, untilAt } of pieces) expect(seconds * 1000).toBe(untilAt - fromAt)
      }
    }),
  )
})

test('lines add up to the exact total of their month, chip and reason rounded once, in any order of records', () => {
  fc.assert(
    fc.property(records, fc.integer(), (list, turn) => {
      const usage = rated(list)
      const turned =
        list.length > 0 ? [...list.slice(turn % list.length), ...list.slice(0, turn % list.length)] : []
      expect(rated(turned)).toEqual(usage)
      const groups = new Map<string, { exact: bigint; fen: bigint }>()
      for (const line of usage.lines) {
        const key = `${line.month}|${line.chip}|${line.reason}`
        const group = groups.get(key) ?? { exact: 0n, fen: 0n }
        group.exact += BigInt(line.units) * BigInt(line.seconds) * line.fenPerCardHour
        group.fen += line.valueFen
        groups.set(key, group)
        expect(line.amountFen).toBe(line.reason === 'rated' ? line.valueFen : 0n)
      }
      for (const { exact, fen } of groups.values()) expect(fen).toBe((exact * 2n + 3600n) / 7200n)
      expect(usage.lines.reduce((sum, line) => sum + line.valueFen, 0n)).toBe(usage.valueFen)
    }),
  )
})
