import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMonths } from '../calendar/index.ts'
import {
  bandParts,
  checkTerms,
  comparablePrice,
  invoiced,
  leaseMonths,
  leaseTopUp,
  nextVersion,
  timeCharge,
  tokenCharge,
  versionOn,
  wholeMonths,
  type PriceTerms,
  type PriceVersion,
} from './index.ts'

const plain: PriceTerms = {
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

describe('a price version', () => {
  const first: PriceVersion = { offerNo: 'B', version: 1, startsOn: '2026-01-01', terms: plain }
  test('the next one starts later than the one before, not before today, and says something else', () => {
    const next = (startsOn: string, terms = { ...plain, priceFen: 2_700n }, today = '2026-03-01') =>
      nextVersion(first, { terms, startsOn, today })
    expect(next('2026-03-01')).toEqual({ ok: true, value: 2 })
    expect(next('2026-02-28')).toMatchObject({ refusal: { code: 'market.version_too_early' } })
    expect(next('2026-01-01', plain, '2025-12-01')).toMatchObject({
      refusal: { code: 'market.version_too_early' },
    })
    expect(next('2026-03-01', plain)).toMatchObject({ refusal: { code: 'market.version_unchanged' } })
  })
  test('the latest that has started stands; before the first, none', () => {
    const second = { ...first, version: 2, startsOn: '2026-07-01' }
    expect(versionOn([second, first], '2025-12-31')).toBeNull()
    expect(versionOn([second, first], '2026-06-30')).toBe(first)
    expect(versionOn([second, first], '2026-07-01')).toBe(second)
  })
  test.each([
    ['market.price_not_positive', 'card_hour', { priceFen: 0n }],
    ['market.price_not_positive', 'card_hour', { items: [{ kind: 'storage', priceFen: 0n }] }],
    ['market.discount_too_high', 'card_hour', { discount: 10_000 }],
    ['market.steps_not_rising', 'card_hour', { bands: [{ aboveHours: 0, off: 1 }] }],
    [
      'market.steps_not_rising',
      'card_hour',
      {
        committed: [
          { months: 12, off: 1 },
          { months: 6, off: 2 },
        ],
      },
    ],
    ['market.term_not_of_mode', 'whole_device', { stepSeconds: 60 }],
    ['market.term_not_of_mode', 'card_hour', { minimumMonths: 3 }],
    ['market.term_not_of_mode', 'tokens', {}],
    ['market.term_not_of_mode', 'card_hour', { outputFen: 1n }],
  ] as const)('%s for %s', (code, mode, change) => {
    expect(checkTerms(mode, { ...plain, ...change })).toMatchObject({ refusal: { code } })
    expect(checkTerms('card_hour', plain).ok).toBe(true)
  })
})

describe('volume bands', () => {
  const bands = [
    { aboveHours: 100, off: 1_000 },
    { aboveHours: 200, off: 2_500 },
  ]
  test('by hand: 250 card-hours at 28 yuan, 10 % off above 100 and 25 % off above 200 cost 6,370 yuan', () => {
    const parts = bandParts(bands, { unitSeconds: 250n * 3_600n, unitsPerCard: 1n }, 0n)
    expect(parts.map(({ off, unitSeconds }) => [off, unitSeconds / 3_600n])).toEqual([
      [0, 100n],
      [1_000, 100n],
      [2_500, 50n],
    ])
    // 2,800 + 2,520 + 1,050 yuan
    expect(invoiced(timeCharge(2_800n, [], parts, 1n))).toBe(637_000n)
  })
  test('parts add up to the quantity, and a quantity taken in two steps costs what it costs in one', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 2_000_000n),
        fc.bigInt(0n, 2_000_000n),
        fc.bigInt(1n, 8n),
        (a, b, unitsPerCard) => {
          const parts = (unitSeconds: bigint, before: bigint) =>
            bandParts(bands, { unitSeconds, unitsPerCard }, before)
          const cost = (of: ReturnType<typeof parts>) => timeCharge(2_799n, [333], of, unitsPerCard)
          const [first, second, whole] = [parts(a, 0n), parts(b, a), parts(a + b, 0n)]
          expect([...first, ...second].reduce((sum, part) => sum + part.unitSeconds, 0n)).toBe(a + b)
          const [x, y, z] = [cost(first), cost(second), cost(whole)]
          expect((x.numerator * y.denominator + y.numerator * x.denominator) * z.denominator).toBe(
            z.numerator * x.denominator * y.denominator,
          )
        },
      ),
    )
  })
})

describe('a lease of whole devices', () => {
  const lease = { devices: 2, from: '2026-01-16', until: '2026-03-10' }
  test('by hand: 2 devices at 31,000 yuan from 16 January to 10 March cost 32,000, 62,000 and 20,000 yuan', () => {
    const months = leaseMonths(plain, 3_100_000n, lease, [])
    expect(months.map(({ month, days, fen }) => [month, days, fen])).toEqual([
      ['2026-01', 16, 3_200_000n],
      ['2026-02', 28, 6_200_000n],
      ['2026-03', 10, 2_000_000n],
    ])
  })
  test('a version that charges started months whole charges three of them', () => {
    const whole = { ...plain, proration: 'whole_month' as const }
    expect(leaseMonths(whole, 3_100_000n, lease, []).map(({ fen }) => fen)).toEqual([
      6_200_000n,
      6_200_000n,
      6_200_000n,
    ])
  })
  test('by hand: a term of two whole months tops a minimum of three up by one month, less the discount', () => {
    const term = { devices: 1, from: '2026-01-01', until: '2026-02-28' }
    const terms = { ...plain, minimumMonths: 3 }
    expect(leaseTopUp(terms, 3_000_000n, term, [1_000])).toBe(2_700_000n)
    expect(leaseTopUp(terms, 3_000_000n, { ...term, until: '2026-03-31' }, [1_000])).toBe(0n)
  })
  test('whole months are counted from the first day to the last, both included', () => {
    expect(wholeMonths('2026-01-15', '2026-04-14')).toBe(3)
    expect(wholeMonths('2026-01-15', '2026-04-13')).toBe(2)
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(wholeMonths('2026-01-31', '2026-02-27')).toBe(1)
  })
})

test('by hand: 3,000,000 tokens in at 2 yuan and 500,000 out at 8 yuan, 10 % off, cost 9 yuan', () => {
  const terms = { ...plain, priceFen: 200n, outputFen: 800n, discount: 1_000 }
  expect(tokenCharge(terms, { put: 3_000_000n, given: 500_000n }, 12)).toBe(900n)
})

describe('a comparable price', () => {
  test('by hand: a server of 8 H800 at 58,400 yuan a month is 10 yuan a card-hour', () => {
    const offer = { mode: 'whole_device', chip: 'h800', cardsPerDevice: 8 } as const
    expect(comparablePrice(offer, { priceFen: 5_840_000n, discount: 0 }).fenPerCardHour).toBe(1_000n)
  })
  test('by hand: an A100 of 312 TFLOPS at 31.20 yuan a card-hour is 100 yuan an hour of P', () => {
    const offer = { mode: 'card_hour', chip: 'a100', cardsPerDevice: 1 } as const
    expect(comparablePrice(offer, { priceFen: 3_120n, discount: 0 })).toEqual({
      fenPerCardHour: 3_120n,
      fenPerPetaflopHour: 10_000n,
    })
  })
  test('what cannot be compared is unknown, not zero', () => {
    const terms = { priceFen: 1_000n, discount: 0 }
    const unknown = { mode: 'container', chip: 'nobody-knows', cardsPerDevice: 1 } as const
    expect(comparablePrice(unknown, terms)).toEqual({ fenPerCardHour: 1_000n, fenPerPetaflopHour: null })
    expect(comparablePrice({ ...unknown, mode: 'tokens' }, terms)).toEqual({
      fenPerCardHour: null,
      fenPerPetaflopHour: null,
    })
  })
})
