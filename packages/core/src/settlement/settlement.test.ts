import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RatedLine, ServiceContract } from '../metering/index.ts'
import { LEGS, settle, type ClaimEvidence, type Invoice, type Payment, type Settlement } from './index.ts'

const YUAN = 100n
const contract: ServiceContract = {
  contractNo: 'HT-2024-0001',
  buyer: '91510100MA6C0000X1',
  seller: '91510100MA6C0000X9',
  amountFen: 100_000n * YUAN,
  signedOn: '2024-01-05',
  termFrom: '2024-01-10',
  termUntil: '2024-12-31',
  prices: [{ chip: 'a100', fenPerCardHour: 2_800n }],
  shard: null,
}

const line = (valueFen: bigint, change: Partial<RatedLine> = {}): RatedLine => {
  const reason = change.reason ?? 'rated'
  return {
    recordKey: 'c/1/2/3',
    contractNo: contract.contractNo,
    month: '2024-03',
    fromAt: 0,
    untilAt: 0,
    chip: 'a100',
    units: 1,
    unitsPerCard: 1,
    seconds: 1,
    fenPerCardHour: 2_800n,
    open: false,
    ...change,
    reason,
    valueFen,
    amountFen: reason === 'rated' ? valueFen : 0n,
  }
}

const invoice = (number: string, amountFen: bigint, change: Partial<Invoice> = {}): Invoice => ({
  number,
  issuedOn: '2024-04-01',
  seller: contract.seller,
  buyer: contract.buyer,
  amountFen,
  redLetterOf: null,
  excludedFen: 0n,
  usedFen: 0n,
  ...change,
})

const payment = (reference: string, amountFen: bigint, change: Partial<Payment> = {}): Payment => ({
  reference,
  paidOn: '2024-04-05',
  payer: contract.buyer,
  payee: contract.seller,
  amountFen,
  usedFen: 0n,
  ...change,
})

/** a claim in which all four legs agree on 50,000 yuan */
const agreeing: ClaimEvidence = {
  legs: LEGS,
  claimedOn: '2024-04-20',
  contract,
  contractExcludedFen: 0n,
  contractUsedFen: 0n,
  lines: [line(50_000n * YUAN)],
  meteredUsedFen: 0n,
  invoices: [invoice('24510000000000000001', 50_000n * YUAN)],
  payments: [payment('P-1', 50_000n * YUAN)],
  deductedFen: 0n,
  askedFen: null,
}

function settled(change: Partial<ClaimEvidence> = {}): Settlement {
  const result = settle({ ...agreeing, ...change })
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

const told = ({ shortfalls }: Settlement): unknown =>
  shortfalls.map(({ code, differenceFen }) => [code, differenceFen / YUAN])

const causes = ({ legs }: Settlement, leg: string): unknown =>
  legs.find((reckoned) => reckoned.leg === leg)!.causes.map(({ code, amountFen }) => [code, amountFen / YUAN])

describe('the least of the legs is paid on', () => {
  test('where all four agree nothing is short', () => {
    expect(settled()).toMatchObject({
      baseFen: 50_000n * YUAN,
      shortfalls: [],
      leftOut: [],
      settledTooMuchFen: 0n,
    })
  })
  test.each<[string, Partial<ClaimEvidence>, bigint]>([
    ['contract_covers_less', { contractUsedFen: 70_000n * YUAN }, 30_000n],
    ['invoices_cover_less', { invoices: [invoice('1', 20_000n * YUAN)] }, 20_000n],
    ['invoices_cover_less', { invoices: [] }, 0n],
    ['payments_cover_less', { payments: [payment('P-1', 49_999n * YUAN)] }, 49_999n],
    ['payments_cover_less', { payments: [] }, 0n],
    ['asked_less', { askedFen: 10_000n * YUAN }, 10_000n],
  ])('%s is told with its difference', (code, change, base) => {
    const settlement = settled(change)
    expect(settlement.baseFen).toBe(base * YUAN)
    expect(told(settlement)).toEqual([[code, 50_000n - base]])
  })
  test('every leg that is shorter than the one before it is told in turn', () => {
    const settlement = settled({
      contractUsedFen: 60_000n * YUAN,
      invoices: [invoice('1', 45_000n * YUAN)],
      payments: [payment('P-1', 30_000n * YUAN)],
      askedFen: 29_000n * YUAN,
    })
    expect(told(settlement)).toEqual([
      ['contract_covers_less', 10_000n],
      ['payments_cover_less', 10_000n],
      ['asked_less', 1_000n],
    ])
  })
  test('a leg that the programme leaves out is named, reckoned and without effect', () => {
    const settlement = settled({ legs: ['contract', 'invoice'], lines: [], payments: [] })
    expect(settlement).toMatchObject({ leftOut: ['metered', 'payment'], shownFen: 100_000n * YUAN })
    expect(settlement.legs.map(({ leg, applies }) => [leg, applies])).toEqual([
      ['metered', false],
      ['contract', true],
      ['invoice', true],
      ['payment', false],
    ])
    expect(told(settlement)).toEqual([['invoices_cover_less', 50_000n]])
  })
  test('redemption gets its facts by the names of the fact schema', () => {
    expect(settled({ payments: [payment('P-1', 40_000n * YUAN)] }).facts).toEqual({
      'contract.metered': 50_000n * YUAN,
      'contract.amount': 100_000n * YUAN,
      'contract.invoiced': 50_000n * YUAN,
      'contract.paid': 40_000n * YUAN,
      'contract.settled': 40_000n * YUAN,
    })
  })
})

describe('metered use', () => {
  test.each<[string, Partial<RatedLine>]>([
    ['node_failed', { reason: 'node_failed' }],
    ['outside_term', { reason: 'outside_term' }],
    ['outside_usable_days', { reason: 'outside_usable_days' }],
    ['idle', { reason: 'idle' }],
    ['beyond_use', { reason: 'beyond_use' }],
    ['excluded_item', { reason: 'excluded_item' }],
    ['run_not_ended', { open: true }],
  ])('%s is taken off with the runs it concerns', (code, change) => {
    const settlement = settled({
      lines: [line(50_000n * YUAN), line(7n * YUAN, { ...change, recordKey: 'k' })],
    })
    expect(settlement.shortfalls).toEqual([
      {
        code,
        leg: 'metered',
        beforeFen: 50_007n * YUAN,
        afterFen: 50_000n * YUAN,
        differenceFen: 7n * YUAN,
        refs: ['k'],
      },
    ])
  })
  test('two claims in one period never settle more than its use', () => {
    const first = settled({ askedFen: 30_000n * YUAN })
    const second = settled({
      meteredUsedFen: first.baseFen,
      contractUsedFen: first.baseFen,
      invoices: [invoice('24510000000000000001', 50_000n * YUAN, { usedFen: first.baseFen })],
      payments: [payment('P-1', 50_000n * YUAN, { usedFen: first.baseFen })],
    })
    expect(told(second)).toEqual([['metered_settled_before', 30_000n]])
    expect(first.baseFen + second.baseFen).toBe(50_000n * YUAN)
  })
  test('what was settled beyond corrected use is shown for clawback and never netted', () => {
    const settlement = settled({ meteredUsedFen: 60_000n * YUAN })
    expect(settlement).toMatchObject({ baseFen: 0n, settledTooMuchFen: 10_000n * YUAN })
    const without = settled({ legs: ['contract', 'invoice'], meteredUsedFen: 60_000n * YUAN })
    expect(without.settledTooMuchFen).toBe(0n)
  })
})

describe('contract and invoices', () => {
  test('excluded items and earlier settlements lower what the contract covers', () => {
    const settlement = settled({ contractExcludedFen: 60_000n * YUAN, contractUsedFen: 10_000n * YUAN })
    expect(settlement.baseFen).toBe(30_000n * YUAN)
    expect(causes(settlement, 'contract')).toEqual([
      ['contract_excluded_items', 60_000n],
      ['contract_settled_before', 10_000n],
    ])
  })
  test.each<[string, Partial<Invoice>, bigint]>([
    ['invoice_wrong_seller', { seller: '91110000802100433B' }, 50_000n],
    ['invoice_wrong_buyer', { buyer: '91110000802100433B' }, 50_000n],
    ['invoice_before_contract', { issuedOn: '2024-01-04' }, 50_000n],
    ['invoice_after_claim', { issuedOn: '2024-04-21' }, 50_000n],
    ['invoice_excluded_items', { excludedFen: 8_000n * YUAN }, 8_000n],
    ['invoice_settled_before', { usedFen: 49_000n * YUAN }, 49_000n],
  ])('%s does not count', (code, change, amount) => {
    const settlement = settled({ invoices: [invoice('1', 50_000n * YUAN, change)] })
    expect(causes(settlement, 'invoice')).toEqual([[code, amount]])
    expect(settlement.shortfalls).toMatchObject([{ code: 'invoices_cover_less', refs: ['1'] }])
    expect(settlement.baseFen).toBe((50_000n - amount) * YUAN)
  })
  test('the same invoice twice counts once', () => {
    const twice = settled({ invoices: [invoice('1', 25_000n * YUAN), invoice('1', 25_000n * YUAN)] })
    expect(causes(twice, 'invoice')).toEqual([['invoice_repeated', 25_000n]])
    expect(twice.baseFen).toBe(25_000n * YUAN)
  })
  test('a red-letter invoice takes back its original, also in parts, also when told twice', () => {
    const red = invoice('R1', -20_000n * YUAN, { redLetterOf: '1' })
    const settlement = settled({ invoices: [red, invoice('1', 50_000n * YUAN), red] })
    expect(causes(settlement, 'invoice')).toEqual([['invoice_red_letter', 20_000n]])
    expect(settlement.baseFen).toBe(30_000n * YUAN)
  })
  test('a red-letter invoice of an earlier claim lowers this one', () => {
    const red = invoice('R9', -1_000n * YUAN, { redLetterOf: '99' })
    const settlement = settled({ invoices: [...agreeing.invoices, red] })
    expect(causes(settlement, 'invoice')).toEqual([['invoice_red_letter_of_another', 1_000n]])
    expect(settlement.baseFen).toBe(49_000n * YUAN)
  })
})

describe('payments', () => {
  test.each<[string, Partial<Payment>, bigint]>([
    ['payment_wrong_payer', { payer: '91110000802100433B' }, 50_000n],
    ['payment_wrong_payee', { payee: '91110000802100433B' }, 50_000n],
    ['payment_before_contract', { paidOn: '2024-01-04' }, 50_000n],
    ['payment_after_claim', { paidOn: '2024-04-21' }, 50_000n],
    ['payment_settled_before', { usedFen: 1_000n * YUAN }, 1_000n],
  ])('%s does not count', (code, change, amount) => {
    const settlement = settled({ payments: [payment('P-1', 50_000n * YUAN, change)] })
    expect(causes(settlement, 'payment')).toEqual([[code, amount]])
    expect(told(settlement)).toEqual([['payments_cover_less', amount]])
  })
  test('the same slip twice counts once, a voucher deducted at billing counts as payment', () => {
    const twice = settled({ payments: [payment('P-1', 25_000n * YUAN), payment('P-1', 25_000n * YUAN)] })
    expect(causes(twice, 'payment')).toEqual([['payment_repeated', 25_000n]])
    const deducted = settled({ payments: [payment('P-1', 40_000n * YUAN)], deductedFen: 10_000n * YUAN })
    expect(deducted.baseFen).toBe(50_000n * YUAN)
  })
})

test('papers of the day of signing and of the day of the claim count', () => {
  for (const day of [contract.signedOn, agreeing.claimedOn])
    expect(
      settled({
        invoices: [invoice('1', 50_000n * YUAN, { issuedOn: day })],
        payments: [payment('P-1', 50_000n * YUAN, { paidOn: day })],
      }).shortfalls,
    ).toEqual([])
})

describe('evidence that cannot be is refused', () => {
  test.each<[string, Partial<ClaimEvidence>]>([
    ['settlement.no_legs', { legs: [] }],
    ['settlement.amount_not_positive', { invoices: [invoice('1', 0n)] }],
    ['settlement.amount_not_positive', { payments: [payment('P-1', -1n)] }],
    ['settlement.amount_negative', { contractUsedFen: -1n }],
    ['settlement.amount_negative', { invoices: [invoice('1', 5n, { usedFen: -1n })] }],
    ['settlement.red_letter_not_negative', { invoices: [invoice('R', 5n, { redLetterOf: '1' })] }],
    [
      'settlement.red_letter_exceeds',
      { invoices: [invoice('1', 5n), invoice('R', -6n, { redLetterOf: '1' })] },
    ],
    ['settlement.lines_of_another_contract', { lines: [line(1n, { contractNo: 'other' })] }],
    ['settlement.asked_not_positive', { askedFen: 0n }],
  ])('%s', (code, change) =>
    expect(settle({ ...agreeing, ...change })).toMatchObject({ ok: false, refusal: { code } }),
  )
})

const amount = fc.bigInt(1n, 10_000_000n)
const some = fc.bigInt(0n, 6_000_000n)
const codes = fc.constantFrom(contract.buyer, contract.seller)
const days = fc.constantFrom('2024-01-01', '2024-02-02', '2024-04-20', '2024-05-01')
const claims: fc.Arbitrary<ClaimEvidence> = fc.record({
  legs: fc.subarray([...LEGS], { minLength: 1 }),
  claimedOn: fc.constant('2024-04-20'),
  contract: amount.map((amountFen) => ({ ...contract, amountFen })),
  contractExcludedFen: some,
  contractUsedFen: some,
  meteredUsedFen: some,
  deductedFen: some,
  askedFen: fc.option(amount),
  lines: fc.array(
    fc
      .tuple(
        some,
        fc.constantFrom('rated', 'node_failed', 'outside_term', 'outside_usable_days'),
        fc.boolean(),
      )
      .map(([fen, reason, open]) => line(fen, { reason, open })),
  ),
  invoices: fc
    .array(
      fc.record({
        id: fc.nat(3),
        amount,
        buyer: codes,
        seller: codes,
        day: days,
        excludedFen: some,
        usedFen: some,
      }),
      { maxLength: 5 },
    )
    .chain((list) =>
      fc
        .subarray(list)
        .map((taken) => [
          ...list.map(({ id, amount, day, ...rest }) => invoice(`${id}`, amount, { ...rest, issuedOn: day })),
          ...taken.map(({ id }) => invoice(`R${id}`, -1n, { redLetterOf: `${id + (id % 2) * 10}` })),
        ]),
    ),
  payments: fc.array(
    fc
      .record({ id: fc.nat(3), amount, payer: codes, payee: codes, paidOn: days, usedFen: some })
      .map(({ id, amount, ...rest }) => payment(`${id}`, amount, rest)),
    { maxLength: 5 },
  ),
})

test('nothing is lost on the way: shown = base + Σ shortfalls, and each leg shown = counted + Σ causes', () => {
  fc.assert(
    fc.property(claims, (claim) => {
      const result = settle(claim)
      if (!result.ok) throw new Error(result.refusal.code)
      const { shownFen, baseFen, shortfalls, legs } = result.value
      const total = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n)
      expect(baseFen + total(shortfalls.map(({ differenceFen }) => differenceFen))).toBe(shownFen)
      for (const leg of legs) {
        expect(leg.countedFen + total(leg.causes.map(({ amountFen }) => amountFen))).toBe(leg.shownFen)
        expect(leg.countedFen >= 0n && leg.causes.every(({ amountFen }) => amountFen > 0n)).toBe(true)
        if (leg.applies) expect(baseFen <= leg.countedFen).toBe(true)
      }
      const least = legs.filter(({ applies }) => applies).map(({ countedFen }) => countedFen)
      if (claim.askedFen !== null) least.push(claim.askedFen)
      expect(least).toContain(baseFen)
      shortfalls.slice(1).forEach((short, index) => expect(short.beforeFen).toBe(shortfalls[index]!.afterFen))
    }),
    { numRuns: 300 },
  )
})

test('more evidence never lowers the base, and use already settled never raises it', () => {
  fc.assert(
    fc.property(claims, some, (claim, fen) => {
      const base = (change: Partial<ClaimEvidence>): bigint => {
        const result = settle({ ...claim, ...change })
        if (!result.ok) throw new Error(result.refusal.code)
        return result.value.baseFen
      }
      const before = base({})
      expect(base({ payments: [...claim.payments, payment('new', fen + 1n)] }) >= before).toBe(true)
      expect(base({ lines: [...claim.lines, line(fen)] }) >= before).toBe(true)
      expect(base({ meteredUsedFen: claim.meteredUsedFen + fen }) <= before).toBe(true)
      expect(base({ contractUsedFen: claim.contractUsedFen + fen }) <= before).toBe(true)
    }),
    { numRuns: 200 },
  )
})
