// The rows that Suanquan writes against the rules that FOCUS publishes. The rules are other people's data: without
// `$SUANQUAN_DATA/focus/model-1.2.json` these tests say that they skipped.
import { startOf } from '@suanquan/core/calendar'
import { parseRecords } from '@suanquan/core/evaluation'
import type { RatedLine } from '@suanquan/core/metering'
import {
  creditRow,
  focusHead,
  focusLine,
  usageRow,
  type FocusContract,
  type FocusCredit,
  type FocusRow,
} from '@suanquan/core/settlement'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkFocus, type RuleVerdict } from './check.ts'
import type { FocusTable } from './check-functions.ts'
import { readModel } from './rules.ts'
import { focusCounts } from './waivers.ts'

const path = `${process.env['SUANQUAN_DATA'] ?? `${import.meta.dirname}/../../../../../shared/data`}/focus/model-1.2.json`
const isThere = existsSync(path)
const model = isThere ? readModel(path) : { version: '', rules: {} }
if (!isThere) process.stdout.write(`skipped: the rules of FOCUS are not at ${path}\n`)

const party = (creditCode: string, name: string): FocusContract['firm'] => ({ creditCode, name })
const contracts: readonly FocusContract[] = [1, 2, 3].map((number) => ({
  contractNo: `HT-${number}`,
  firm: party(number === 3 ? '91110000802100433B' : '91330100799655058B', `企业${number === 3 ? 2 : 1}`),
  provider: party(number === 1 ? '9144030071526726XG' : '91110000802100433B', `中心${number}`),
  region: { id: '510100', name: '510100' },
}))

const hour = 3_600_000
const usage: readonly FocusRow[] = contracts.flatMap((contract, at) =>
  [0, 1, 2, 3].map((day) => {
    const fromAt = startOf(`2026-03-0${day + 1}`) + at * 7_000
    const seconds = 3_600 * 5 + day * 17 + at
    const failed = day === 3
    const shards = day === 2
    const line: RatedLine = {
      recordKey: `c/${at}${day}/1/2`,
      contractNo: contract.contractNo,
      month: '2026-03',
      fromAt,
      untilAt: fromAt + seconds * 1000,
      chip: at === 1 ? 'ascend910b' : 'a100',
      units: shards ? 3 : 8,
      unitsPerCard: shards ? 8 : 1,
      seconds,
      fenPerCardHour: 2_799n + BigInt(at),
      reason: failed ? 'node_failed' : 'rated',
      open: day === 1,
      valueFen: 99_999n,
      amountFen: failed ? 0n : 99_999n,
    }
    return usageRow(contract, { line, jobId: `${day}`, meterSource: 'agent', listFenPerCardHour: 3_000n })
  }),
)
const credit: FocusCredit = {
  claimNo: 'DF-1',
  voucherNo: 'Q-1',
  programmeId: 'demo',
  authority: '市经信局',
  paid: 'afterwards',
  month: '2026-04',
  from: '2026-03-01',
  until: '2026-04-01',
  amountFen: 6_720n,
  corrects: false,
}
const credits = contracts.map((contract, at) =>
  creditRow(contract, { ...credit, paid: at === 1 ? 'at_billing' : 'afterwards' }),
)
const late = usageRow(contracts[0]!, {
  line: {
    recordKey: 'c/9/1/2',
    contractNo: 'HT-1',
    month: '2026-04',
    fromAt: startOf('2026-03-30'),
    untilAt: startOf('2026-03-30') + hour,
    chip: 'a100',
    units: 1,
    unitsPerCard: 1,
    seconds: 3_600,
    fenPerCardHour: 2_799n,
    reason: 'rated',
    open: false,
    valueFen: 2_799n,
    amountFen: 2_799n,
  },
  jobId: '9',
  meterSource: 'file',
  listFenPerCardHour: null,
})
const corrections = [
  late,
  creditRow(contracts[0]!, { ...credit, month: '2026-05', amountFen: -20n, corrects: true }),
]

/** Written and read again, as whoever checks a file has it. */
function table(rows: readonly FocusRow[]): FocusTable {
  const read = parseRecords(focusHead() + rows.map(focusLine).join(''))
  if (!read.ok) throw new Error(read.refusal.code)
  const { header, rows: lines } = read.value
  return {
    columns: header.cells,
    rows: lines.map(({ cells }) => cells.map((cell) => (cell === '' ? null : cell))),
  }
}

const of = (verdicts: readonly RuleVerdict[], verdict: RuleVerdict['verdict']): string[] =>
  verdicts.filter((each) => each.verdict === verdict).map(({ id }) => id)

describe.runIf(isThere)('every rule is decided or waived with its reason, and none is broken', () => {
  const variants: readonly (readonly [string, readonly FocusRow[]])[] = [
    ['use of one provider', usage.slice(0, 4)],
    ['use of one firm', usage.slice(0, 8)],
    ['a programme with voucher money', [...usage, ...credits]],
    ['a programme with corrections', [...usage, ...credits, ...corrections]],
    ['voucher money alone', credits],
    ['corrections alone', corrections],
  ]
  test.each(variants)('%s', (_, rows) => {
    const verdicts = checkFocus(table(rows), { model })
    expect(of(verdicts, 'failed')).toEqual([])
    expect(of(verdicts, 'advised')).toEqual([])
    expect(verdicts).toHaveLength(621)
    const counted: Record<string, number> = {}
    for (const each of verdicts) {
      const name = each.verdict === 'waived' ? each.reason : each.verdict
      counted[name] = (counted[name] ?? 0) + 1
    }
    expect(counted).toEqual(focusCounts)
  })
})

const at = (row: number, change: Partial<Record<keyof FocusRow, string | null>>) => (rows: FocusRow[]) => {
  rows[row] = { ...rows[row]!, ...change }
  return rows
}

const CREDIT = usage.length
const CORRECTION = usage.length + credits.length

/** What is wrong in a file, and the rule that says so. */
const faults: readonly (readonly [string, string, (rows: FocusRow[]) => FocusRow[]])[] = [
  ['an amount that is none', 'BilledCost-C-004-M', at(0, { BilledCost: '1,000.00' })],
  ['no amount', 'BilledCost-C-003-M', at(1, { BilledCost: null })],
  ['billed by another than the provider', 'BilledCost-C-005-C', at(0, { InvoiceIssuerName: '别人' })],
  ['no firm', 'BillingAccountId-C-001-M', at(2, { BillingAccountId: null })],
  ['an unknown currency', 'BillingCurrency-C-006-M', at(0, { BillingCurrency: 'RMB' })],
  ['a local time', 'ChargePeriodStart-C-002-M', at(0, { ChargePeriodStart: '2026-03-01T00:00:00+08:00' })],
  ['a category of our own', 'ChargeCategory-C-003-M', at(0, { ChargeCategory: 'Voucher' })],
  ['a class of our own', 'ChargeClass-C-005-C', at(CORRECTION, { ChargeClass: 'Reversal' })],
  ['a frequency of our own', 'ChargeFrequency-C-003-M', at(0, { ChargeFrequency: 'Hourly' })],
  ['a quantity consumed by a credit', 'ConsumedQuantity-C-004-C', at(CREDIT, { ConsumedQuantity: '1' })],
  ['a unit without quantity', 'ConsumedUnit-C-005-C', at(0, { ConsumedQuantity: null })],
  ['a quantity without unit', 'ConsumedUnit-C-006-C', at(0, { ConsumedUnit: null })],
  ['a cost that is not price × quantity', 'ContractedUnitPrice-C-011-C', at(0, { ContractedCost: '140.01' })],
  ['a list cost that is not', 'ListUnitPrice-C-010-C', at(0, { ListCost: '1' })],
  ['use without price', 'ContractedUnitPrice-C-006-C', at(0, { ContractedUnitPrice: null })],
  ['a price below zero', 'ContractedUnitPrice-C-009-C', at(0, { ContractedUnitPrice: '-1' })],
  ['a priced quantity without unit', 'PricingUnit-C-006-C', at(0, { PricingUnit: null })],
  ['use without kind of price', 'PricingCategory-C-004-C', at(0, { PricingCategory: null })],
  ['a service in another category', 'ServiceName-C-005-C', at(0, { ServiceCategory: 'Compute' })],
  ['a subcategory of another category', 'ServiceSubcategory-C-004-M', at(0, { ServiceCategory: 'Storage' })],
  ['a run without kind', 'ResourceType-C-005-C', at(0, { ResourceType: null })],
  ['a contract without name', 'SubAccountName-C-005-C', at(0, { SubAccountName: null })],
  ['details that are no JSON', 'SkuPriceDetails-C-001-M', at(0, { SkuPriceDetails: 'a100' })],
  ['one price of two goods', 'SkuPriceId-C-008-M', at(0, { SkuId: 'other' })],
]

describe.runIf(isThere)('a planted fault is caught by its rule', () => {
  test.each(faults)('%s: %s', (_, id, plant) => {
    const planted = plant([...usage, ...credits, ...corrections])
    expect(of(checkFocus(table(planted), { model }), 'failed')).toContain(id)
  })
  test('a column that is missing', () => {
    const { columns, rows } = table(usage)
    const place = columns.indexOf('ServiceName')
    const without = { columns: columns.toSpliced(place, 1), rows: rows.map((row) => row.toSpliced(place, 1)) }
    expect(of(checkFocus(without, { model }), 'failed')).toContain('CostAndUsage-D-041-M')
  })
})
