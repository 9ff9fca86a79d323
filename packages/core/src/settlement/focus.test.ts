import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import type { RatedLine } from '../metering/index.ts'
import {
  creditRow,
  FOCUS_COLUMNS,
  focusHead,
  focusLine,
  usageRow,
  type FocusContract,
  type FocusCredit,
} from './index.ts'

const contract: FocusContract = {
  contractNo: 'HT-1',
  firm: { creditCode: '91110000802100433B', name: '示例科技' },
  provider: { creditCode: '9144030071526726XG', name: '示例算力中心' },
  region: { id: '510100', name: '510100' },
}

const line: RatedLine = {
  recordKey: 'c/1/0/0',
  contractNo: 'HT-1',
  month: '2026-03',
  fromAt: startOf('2026-03-01'),
  untilAt: startOf('2026-03-01') + 3_600_000,
  chip: 'a100',
  units: 8,
  unitsPerCard: 1,
  seconds: 3600,
  fenPerCardHour: 2_800n,
  reason: 'rated',
  open: false,
  valueFen: 22_400n,
  amountFen: 22_400n,
}

const credit: FocusCredit = {
  claimNo: 'DF-1',
  voucherNo: 'Q-1',
  programmeId: 'demo',
  authority: '示例市经信局',
  paid: 'afterwards',
  month: '2026-04',
  from: '2026-03-01',
  until: '2026-04-01',
  amountFen: 6_720n,
  corrects: false,
}

const use = (change: Partial<RatedLine> = {}) =>
  usageRow(contract, {
    line: { ...line, ...change },
    jobId: '1',
    meterSource: 'file',
    listFenPerCardHour: null,
  })

describe('a rated line is a Usage row', () => {
  test('with its fen, its card-hours and the month of China in UTC', () => {
    expect(use()).toMatchObject({
      BilledCost: '224.00',
      ContractedUnitPrice: '28.00',
      PricingQuantity: '8',
      ContractedCost: '224',
      BillingPeriodStart: '2026-02-28T16:00:00Z',
      BillingPeriodEnd: '2026-03-31T16:00:00Z',
      ChargePeriodEnd: '2026-02-28T17:00:00Z',
      ChargeClass: null,
    })
  })
  test('what is not charged costs 0, with its reason and its worth', () => {
    expect(use({ reason: 'node_failed', amountFen: 0n })).toMatchObject({
      BilledCost: '0.00',
      EffectiveCost: '0.00',
      ContractedCost: '224',
      x_RatedReason: 'node_failed',
    })
  })
  test('use of an earlier month that is booked to a later one is a Correction', () => {
    expect(use({ month: '2026-04' }).ChargeClass).toBe('Correction')
  })
  test('shares of a card are priced as the part of the card that they are', () => {
    expect(use({ units: 2, unitsPerCard: 8, seconds: 1 })).toMatchObject({
      PricingQuantity: '0.000069444',
      ContractedCost: '0.001944432',
      SkuPriceDetails: '{"x_ChipModel":"a100","x_SharesPerCard":8}',
    })
  })
})

describe('voucher money is a Credit row', () => {
  test('paid afterwards it is billed by the authority, below zero', () => {
    expect(creditRow(contract, credit)).toMatchObject({
      ChargeCategory: 'Credit',
      BilledCost: '-67.20',
      InvoiceIssuerName: '示例市经信局',
      ProviderName: '示例市经信局',
      PricingQuantity: null,
      x_VoucherId: 'Q-1',
    })
  })
  test('deducted at billing it stands on the provider’s bill; taken back it is a Correction above zero', () => {
    expect(
      creditRow(contract, { ...credit, paid: 'at_billing', amountFen: -5n, corrects: true }),
    ).toMatchObject({ BilledCost: '0.05', ChargeClass: 'Correction', InvoiceIssuerName: '示例算力中心' })
  })
})

test('Σ BilledCost of the rows is Σ charged fen, and price × quantity is the cost to the last digit', () => {
  const lines = fc.array(
    fc.record({
      units: fc.integer({ min: 1, max: 4096 }),
      unitsPerCard: fc.constantFrom(1, 3, 8),
      seconds: fc.integer({ min: 1, max: 2_700_000 }),
      fenPerCardHour: fc.bigInt({ min: 1n, max: 9_999_999n }),
      amountFen: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    }),
  )
  const digits = (text: string | null, places: number): bigint => {
    const [whole = '', rest = ''] = text!.split('.')
    expect(rest.length).toBeLessThanOrEqual(places)
    return BigInt(whole + rest.padEnd(places, '0'))
  }
  fc.assert(
    fc.property(lines, (list) => {
      const rows = list.map((change) => use({ ...change, valueFen: change.amountFen }))
      const billed = rows.reduce((sum, row) => sum + digits(row.BilledCost, 2), 0n)
      expect(billed).toBe(list.reduce((sum, { amountFen }) => sum + amountFen, 0n))
      for (const row of rows)
        expect(digits(row.ContractedUnitPrice, 2) * digits(row.PricingQuantity, 9)).toBe(
          digits(row.ContractedCost, 11),
        )
    }),
  )
})

test('a line of the file has a field for every column; what a spreadsheet would run is led by an apostrophe', () => {
  expect(focusHead().trimEnd().split(',')).toEqual(FOCUS_COLUMNS.map(({ name }) => name))
  const named = { ...contract, firm: { ...contract.firm, name: '=1+1,"x"' } }
  const written = focusLine(creditRow(named, credit))
  expect(written).toContain(`,"'=1+1,""x""",`)
  expect(written.startsWith('-67.20,')).toBe(true)
})
