import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import { bandParts, invoiced, timeCharge, type PriceTerms } from '../market/index.ts'
import {
  defaultRatingRules,
  rateUsage,
  usageKey,
  type AgreedPrice,
  type IdleWindows,
  type RatedUsage,
  type ServiceContract,
  type UsageRecord,
} from './index.ts'

const HOUR = 3_600
const plainTerms: PriceTerms = {
  priceFen: 2_800n,
  outputFen: null,
  items: [],
  minimumSeconds: 0,
  stepSeconds: 1,
  minimumMonths: 0,
  proration: 'by_day',
  discount: 0,
  committed: [],
  bands: [],
}
const agreed = (terms: Partial<PriceTerms> = {}, change: Partial<AgreedPrice> = {}): AgreedPrice => ({
  offerNo: 'BJ-1',
  version: 1,
  startsOn: '2026-01-01',
  mode: 'card_hour',
  chip: 'a100',
  cardsPerDevice: 1,
  devices: 1,
  terms: { ...plainTerms, ...terms },
  ...change,
})
const contract: ServiceContract = {
  contractNo: 'HT-1',
  buyer: '91510100MA6C0000X1',
  seller: '91510100MA6C0000X9',
  amountFen: 100_000_000n,
  signedOn: '2026-01-05',
  termFrom: '2026-01-01',
  termUntil: '2026-12-31',
  prices: [{ chip: 'a100', fenPerCardHour: 2_800n }],
  shard: null,
}

function run(from: number, seconds: number, cards = 1, change: Partial<UsageRecord> = {}): UsageRecord {
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
    submittedAt: from,
    startedAt: from,
    endedAt: from + seconds * 1000,
    elapsedSeconds: seconds,
    suspendedSeconds: 0,
    limitSeconds: null,
    nodes: 1,
    nodeList: 'n1',
    gpus: cards,
    chips: [{ chip: 'a100', cards }],
    shards: 0,
    billing: 0,
    jobName: null,
    contractHint: null,
    ...change,
  }
  return { ...base, key: usageKey(base) }
}

function rated(
  records: readonly UsageRecord[],
  versions: readonly AgreedPrice[] | undefined,
  more: { readonly idle?: IdleWindows; readonly zero?: boolean; readonly of?: Partial<ServiceContract> } = {},
): RatedUsage {
  const rules = { ...defaultRatingRules, idle: more.zero ? ('rated_zero' as const) : ('rated' as const) }
  const named = { ...contract, ...more.of, ...(versions ? { agreed: versions } : {}) }
  const usage = rateUsage(records, named, rules, more.idle)
  if (!usage.ok) throw new Error(JSON.stringify(usage.refusal))
  return usage.value
}

const march = startOf('2026-03-01')
const told = ({ lines }: RatedUsage): unknown =>
  lines.map(({ reason, seconds, tariff, valueFen, amountFen }) => [
    reason,
    seconds,
    tariff!.item,
    valueFen,
    amountFen,
  ])

test('a version without terms of its own rates as a plain price does, to the fen', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(5_000_000), fc.integer({ min: 1, max: 400_000 })), { maxLength: 6 }),
      (runs) => {
        const records = runs.map(([from, seconds], jobId) => run(march + from * 1000, seconds, 3, { jobId }))
        const amounts = (usage: RatedUsage): unknown =>
          usage.lines.map((line) => ({ ...line, tariff: undefined }))
        expect(amounts(rated(records, [agreed()]))).toEqual(amounts(rated(records, undefined)))
      },
    ),
  )
})

test('by hand: 8 cards, 2 h at 28 yuan, 12.5 % off, 10 % off for a year: 448 × 0.875 × 0.9 = 352.80 yuan', () => {
  const terms = { discount: 1_250, committed: [{ months: 12, off: 1_000 }] }
  expect(rated([run(march, 2 * HOUR, 8)], [agreed(terms)])).toMatchObject({
    amountFen: 35_280n,
    lines: [{ tariff: { offerNo: 'BJ-1', version: 1, discount: 1_250, committed: 1_000 } }],
  })
  const short = { of: { termUntil: '2026-12-30' } }
  expect(rated([run(march, 2 * HOUR, 8)], [agreed(terms)], short).amountFen).toBe(39_200n)
})

test('a price changes inside a run at midnight in China, and the volume of the month goes on', () => {
  const bands = [{ aboveHours: 10, off: 5_000 }]
  const versions = [
    agreed({ bands }),
    agreed({ priceFen: 2_000n, bands }, { version: 2, startsOn: '2026-03-02' }),
  ]
  const usage = rated([run(startOf('2026-03-02') - 8 * HOUR * 1000, 16 * HOUR)], versions)
  // 8 h at 28 yuan; then 2 h at 20 yuan up to the mark and 6 h at half of it
  expect(usage.lines.map(({ tariff, seconds, amountFen }) => [tariff!.version, seconds, amountFen])).toEqual([
    [1, 8 * HOUR, 22_400n],
    [2, 8 * HOUR, 10_000n],
  ])
})

test('a minimum and a started hour are charged in a line of their own, and are no use', () => {
  const records = [run(march, 20 * 60), run(march, 90 * 60, 1, { jobId: 2 })]
  expect(told(rated(records, [agreed({ minimumSeconds: HOUR })]))).toEqual([
    ['rated', 1_200, 'compute', 933n, 933n],
    ['beyond_use', 0, 'compute', 1_867n, 0n],
    ['rated', 5_400, 'compute', 4_200n, 4_200n],
  ])
  expect(told(rated(records, [agreed({ stepSeconds: 3_600 })]))).toEqual([
    ['rated', 1_200, 'compute', 933n, 933n],
    ['beyond_use', 0, 'compute', 1_867n, 0n],
    ['rated', 5_400, 'compute', 4_200n, 4_200n],
    ['beyond_use', 0, 'compute', 1_400n, 0n],
  ])
  const open = run(march, 20 * 60, 1, { state: 'RUNNING', endedAt: null })
  expect(rated([open], [agreed({ minimumSeconds: HOUR })]).lines).toHaveLength(1)
})

test('what is sold with the compute is charged, shown and not paid for', () => {
  const items = [{ kind: 'storage' as const, priceFen: 100n }]
  expect(told(rated([run(march, HOUR, 2)], [agreed({ items, discount: 5_000 })]))).toEqual([
    ['rated', HOUR, 'compute', 2_800n, 2_800n],
    ['excluded_item', 0, 'storage', 200n, 0n],
  ])
})

test('under a lease the month is charged and its runs are shown; up to the last day that was metered', () => {
  const lease = agreed({ priceFen: 3_100_000n }, { mode: 'whole_device', cardsPerDevice: 8, devices: 2 })
  const usage = rated([run(startOf('2026-02-10'), HOUR, 8)], [lease], { of: { termFrom: '2026-01-16' } })
  expect(
    usage.lines.map(({ reason, month, seconds, units, amountFen, open }) => [
      reason,
      month,
      seconds,
      units,
      amountFen,
      open,
    ]),
  ).toEqual([
    ['within_lease', '2026-02', HOUR, 8, 0n, false],
    ['rated', '2026-01', 0, 16, 3_200_000n, false],
    ['rated', '2026-02', 0, 16, 2_214_286n, true],
  ])
  expect(rated([], [lease]).lines).toEqual([])
})

describe('idle time', () => {
  const record = run(march, 3 * HOUR, 8)
  const windows = [{ fromAt: march + HOUR * 1000, untilAt: march + 2 * HOUR * 1000, cards: 5 }]
  const idle = new Map([[record.key, windows]])
  test('is shown by devices; it is rated 0 only where the programme says so', () => {
    const shown = rated([record], undefined, { idle })
    expect(shown.amountFen).toBe(67_200n)
    expect(shown.lines.filter((line) => line.idle).map(({ units, seconds }) => [units, seconds])).toEqual([
      [5, HOUR],
    ])
    const zero = rated([record], undefined, { idle, zero: true })
    expect(zero).toMatchObject({ valueFen: 67_200n, amountFen: 53_200n })
    expect(zero.lines.find(({ reason }) => reason === 'idle')).toMatchObject({
      valueFen: 14_000n,
      amountFen: 0n,
    })
  })
  test('what nobody watched is not idle', () => {
    expect(rated([record], undefined, { zero: true }).amountFen).toBe(67_200n)
  })
})

const terms = fc.record({
  minimumSeconds: fc.constantFrom(0, 3_600, 86_400),
  stepSeconds: fc.constantFrom(1, 60, 3_600),
  discount: fc.integer({ min: 0, max: 9_000 }),
  items: fc.constantFrom([], [{ kind: 'storage' as const, priceFen: 37n }]),
  bands: fc.constantFrom(
    [],
    [{ aboveHours: 20, off: 777 }],
    [
      { aboveHours: 5, off: 100 },
      { aboveHours: 50, off: 3_333 },
    ],
  ),
})
const record = fc.tuple(
  fc.nat(4_000_000),
  fc.integer({ min: 1, max: 300_000 }),
  fc.integer({ min: 1, max: 9 }),
)

test('lines add up to the charge of the period: each version of a month is charged once, whatever its lines', () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 8 }),
      fc.tuple(terms, terms),
      fc.bigInt(1n, 9_999n),
      (runs, two, price) => {
        const versions = [
          agreed(two[0]),
          agreed({ ...two[1], priceFen: price }, { version: 2, startsOn: '2026-03-20' }),
        ]
        const records = runs.map(([from, seconds, cards], jobId) =>
          run(march + from * 1000, seconds, cards, { jobId }),
        )
        const usage = rated(records, versions)
        const again = rated([...records].reverse(), versions)
        expect(again).toEqual(usage)
        const months = [...new Set(usage.lines.map(({ month }) => month))]
        let charge = 0n
        for (const month of months) {
          let before = 0n
          for (const version of versions) {
            const own = usage.lines.filter(
              (line) => line.month === month && line.tariff!.version === version.version,
            )
            const seconds = (item: string): bigint =>
              own
                .filter(({ tariff }) => tariff!.item === item)
                .reduce((sum, { units, tariff }) => sum + BigInt(units * tariff!.chargedSeconds), 0n)
            const { bands, discount, items, priceFen } = version.terms
            const unitSeconds = seconds('compute')
            const parts = bandParts(bands, { unitSeconds, unitsPerCard: 1n }, before)
            charge += invoiced(timeCharge(priceFen, [discount], parts, 1n))
            before += unitSeconds
            for (const { priceFen: side } of items) {
              expect(seconds('storage')).toBe(unitSeconds)
              charge += invoiced(timeCharge(side, [], [{ off: 0, unitSeconds }], 1n))
            }
          }
        }
        expect(usage.valueFen).toBe(charge)
        const used = usage.lines.reduce((sum, { units, seconds }) => sum + units * seconds, 0)
        expect(used).toBe(runs.reduce((sum, [, seconds, cards]) => sum + seconds * cards, 0))
        for (const { reason, valueFen, amountFen } of usage.lines)
          expect(amountFen).toBe(reason === 'rated' ? valueFen : 0n)
      },
    ),
  )
})
