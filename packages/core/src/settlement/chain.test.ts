import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOf, type Day } from '../calendar/index.ts'
import type { RatedLine, ServiceContract } from '../metering/index.ts'
import {
  LEGS,
  settle,
  upstreamTaken,
  type ClaimEvidence,
  type Invoice,
  type Payment,
  type Settlement,
  type Upstream,
} from './index.ts'

const YUAN = 100n
const [firm, operator, centre] = ['91510100MA6C0000X1', '91510100MA6C0000X9', '91510100MA6C0000X5']

const contract: ServiceContract = {
  contractNo: 'HT-1',
  buyer: firm!,
  seller: operator!,
  amountFen: 1_000_000n * YUAN,
  signedOn: '2024-01-05',
  termFrom: '2024-01-10',
  termUntil: '2024-12-31',
  prices: [{ chip: 'a100', fenPerCardHour: 1_000n }],
  shard: null,
}

const bought: ServiceContract = {
  ...contract,
  contractNo: 'SY-1',
  buyer: operator!,
  seller: centre!,
  prices: [{ chip: 'a100', fenPerCardHour: 800n }],
}

/** hours of one card at the operator's price */
const use = (hours: bigint, day: Day = '2024-03-01', change: Partial<RatedLine> = {}): RatedLine => ({
  recordKey: `c/${day}`,
  contractNo: 'HT-1',
  month: '2024-03',
  fromAt: startOf(day),
  untilAt: startOf(day) + 1,
  chip: 'a100',
  units: 1,
  unitsPerCard: 1,
  seconds: Number(hours) * 3_600,
  fenPerCardHour: 1_000n,
  reason: 'rated',
  open: false,
  valueFen: hours * 1_000n,
  amountFen: hours * 1_000n,
  ...change,
})

const invoice = (amountFen: bigint, parties: [string, string], change: Partial<Invoice> = {}): Invoice => ({
  number: `2424${parties[0]}`,
  issuedOn: '2024-04-01',
  seller: parties[0],
  buyer: parties[1],
  amountFen,
  redLetterOf: null,
  excludedFen: 0n,
  usedFen: 0n,
  ...change,
})

const payment = (amountFen: bigint, parties: [string, string]): Payment => ({
  reference: `P-${parties[0]}`,
  paidOn: '2024-04-05',
  payer: parties[0],
  payee: parties[1],
  amountFen,
  usedFen: 0n,
})

const upstream: Upstream = {
  contract: bought,
  legs: ['contract', 'invoice', 'payment'],
  usedFen: 0n,
  invoices: [invoice(80_000n, [centre!, operator!])],
  payments: [payment(80_000n, [operator!, centre!])],
}

/** 100 card-hours: 1,000 yuan to the operator, 800 yuan to the centre, everything invoiced and paid */
const agreeing: ClaimEvidence = {
  legs: LEGS,
  claimedOn: '2024-04-20',
  contract,
  contractExcludedFen: 0n,
  contractUsedFen: 0n,
  lines: [use(100n)],
  meteredUsedFen: 0n,
  invoices: [invoice(100_000n, [operator!, firm!])],
  payments: [payment(100_000n, [firm!, operator!])],
  deductedFen: 0n,
  upstream,
  askedFen: null,
}

function settled(change: Partial<ClaimEvidence> = {}): Settlement {
  const result = settle({ ...agreeing, ...change })
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

const up = (change: Partial<Upstream>): Partial<ClaimEvidence> => ({ upstream: { ...upstream, ...change } })
const told = ({ shortfalls }: Settlement): unknown =>
  shortfalls.map(({ code, leg, differenceFen }) => [code, leg, differenceFen])

describe('a claim rests on what the operator bought from the centre', () => {
  test('a purchase that covers the use at its own lower price covers all of it', () => {
    const settlement = settled()
    expect(settlement).toMatchObject({ baseFen: 100_000n, shortfalls: [] })
    expect(settlement.upstream!.map(({ leg, countedFen }) => [leg, countedFen])).toEqual([
      ['contract', 100_000_000n],
      ['invoice', 80_000n],
      ['payment', 80_000n],
    ])
    expect(upstreamTaken(agreeing, 100_000n)).toBe(80_000n)
  })
  test.each<[string, Partial<ClaimEvidence>, bigint]>([
    ['upstream_not_joined', up({ contract: { ...bought, buyer: firm! } }), 100_000n],
    ['upstream_outside_term', up({ contract: { ...bought, termUntil: '2024-02-28' } }), 100_000n],
    ['upstream_chip_not_bought', up({ contract: { ...bought, prices: [] } }), 100_000n],
    ['upstream_contract_covers_less', up({ contract: { ...bought, amountFen: 40_000n } }), 50_000n],
    ['upstream_contract_covers_less', up({ usedFen: bought.amountFen - 20_000n }), 75_000n],
    ['upstream_invoices_cover_less', up({ invoices: [invoice(60_000n, [centre!, operator!])] }), 25_000n],
    ['upstream_invoices_cover_less', up({ invoices: [invoice(80_000n, [firm!, operator!])] }), 100_000n],
    ['upstream_payments_cover_less', up({ payments: [payment(72_000n, [operator!, centre!])] }), 10_000n],
  ])('%s is a break that is told on the metered line', (code, change, lost) => {
    const settlement = settled(change)
    expect(told(settlement)).toEqual([[code, 'metered', lost]])
    expect(settlement.baseFen).toBe(100_000n - lost)
  })
  test('each link that is shorter than the one before it is told in turn', () => {
    const papers = { invoices: [invoice(60_000n, [centre!, operator!])], payments: [] }
    expect(told(settled(up(papers)))).toEqual([
      ['upstream_invoices_cover_less', 'metered', 25_000n],
      ['upstream_payments_cover_less', 'metered', 75_000n],
    ])
  })
  test('papers that the programme does not name are reckoned and have no effect', () => {
    const settlement = settled(up({ legs: ['contract'], invoices: [], payments: [] }))
    expect(settlement.baseFen).toBe(100_000n)
    expect(settlement.upstream!.map(({ applies }) => applies)).toEqual([true, false, false])
  })
  test('a void invoice upstream covers nothing', () => {
    const invoices = [invoice(80_000n, [centre!, operator!], { standing: 'voided' })]
    const settlement = settled(up({ invoices }))
    expect(settlement.baseFen).toBe(0n)
    expect(settlement.upstream![1]!.causes).toMatchObject([{ code: 'invoice_voided', amountFen: 80_000n }])
  })
})

test.each([
  ['voided', 'invoice_voided'],
  ['not_found', 'invoice_not_found'],
] as const)('an invoice that the tax authority calls %s does not count', (standing, code) => {
  const { upstream: _, ...alone } = agreeing
  const result = settle({ ...alone, invoices: [invoice(100_000n, [operator!, firm!], { standing })] })
  expect(result).toMatchObject({ ok: true, value: { baseFen: 0n } })
  const { legs } = (result as { value: Settlement }).value
  expect(legs[2]!.causes).toEqual([{ code, amountFen: 100_000n, refs: [`2424${operator}`] }])
})

const fen = fc.bigInt(0n, 200_000n)

test('the base is at most each link of the chain, nothing is lost, and two claims never take more than was bought', () => {
  const cases = fc.record({
    hours: fc.array(fc.bigInt(1n, 60n), { minLength: 1, maxLength: 4 }),
    shards: fc.constantFrom(1, 3, 7),
    price: fc.bigInt(1n, 2_000n),
    amount: fc.bigInt(1n, 200_000n),
    used: fen,
    invoiced: fc.bigInt(1n, 200_000n),
    paid: fc.bigInt(1n, 200_000n),
    before: fen,
  })
  fc.assert(
    fc.property(cases, ({ hours, shards, price, amount, used, invoiced, paid, before }) => {
      const evidence: ClaimEvidence = {
        ...agreeing,
        lines: hours.map((each) => use(each, '2024-03-01', { unitsPerCard: shards })),
        meteredUsedFen: before,
        upstream: {
          ...upstream,
          contract: { ...bought, amountFen: amount, prices: [{ chip: 'a100', fenPerCardHour: price }] },
          usedFen: used,
          invoices: [invoice(invoiced, [centre!, operator!])],
          payments: [payment(paid, [operator!, centre!])],
        },
      }
      const result = settle(evidence)
      if (!result.ok) throw new Error(result.refusal.code)
      const { baseFen, legs, shownFen, shortfalls, upstream: links } = result.value
      for (const leg of legs) {
        expect(baseFen).toBeLessThanOrEqual(leg.countedFen)
        expect(leg.causes.reduce((sum, { amountFen }) => sum + amountFen, leg.countedFen)).toBe(leg.shownFen)
      }
      expect(shortfalls.reduce((sum, { differenceFen }) => sum + differenceFen, baseFen)).toBe(shownFen)
      const taken = upstreamTaken(evidence, baseFen)
      for (const link of links!) expect(taken).toBeLessThanOrEqual(link.countedFen)
    }),
    { numRuns: 300 },
  )
})
