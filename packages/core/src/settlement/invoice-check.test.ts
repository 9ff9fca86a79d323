import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkInvoice, excludedFenOf, excludedItems, type InvoiceLine, type InvoiceRead } from './index.ts'

const line = (change: Partial<InvoiceLine> = {}): InvoiceLine => ({
  name: '*信息技术服务*GPU算力服务',
  taxCode: '3040203000000000000',
  amountFen: 100_000n,
  taxRate: 600,
  taxFen: 6_000n,
  ...change,
})

const sound: InvoiceRead = {
  number: '24512000000012345678',
  issuedOn: '2024-06-03',
  seller: { name: '示例智算中心', creditCode: '91110000802100433B' },
  buyer: { name: '示例科技', creditCode: '9144030071526726XG' },
  lines: [line()],
  amountFen: 100_000n,
  taxFen: 6_000n,
  totalFen: 106_000n,
  redLetterOf: null,
}

const faults = (change: Partial<InvoiceRead>): string[] =>
  checkInvoice({ ...sound, ...change }, '2024-06-10').map(({ code }) => code)

const taken = { totalFen: -106_000n, amountFen: -100_000n, taxFen: -6_000n }
const takenLines = [line({ amountFen: -100_000n, taxFen: -6_000n })]

describe('an invoice is checked by itself', () => {
  test('a sound one has no fault', () => expect(faults({})).toEqual([]))
  test('so has an older one, named by its code and number', () =>
    expect(faults({ number: '05100220011187654321' })).toEqual([]))
  test('and a red-letter invoice that names its original', () =>
    expect(faults({ ...taken, lines: takenLines, redLetterOf: '24512000000000000001' })).toEqual([]))
  test.each<[string, Partial<InvoiceRead>]>([
    ['trade_paper.number_form', { number: '12345' }],
    ['trade_paper.number_year', { number: '23512000000012345678' }],
    ['trade_paper.party_code', { buyer: { name: '某某', creditCode: '123' } }],
    ['trade_paper.same_party', { buyer: sound.seller }],
    ['trade_paper.dated_later', { issuedOn: '2024-06-11' }],
    ['trade_paper.total_differs', { totalFen: 106_001n }],
    ['trade_paper.lines_differ', { lines: [line({ amountFen: 99_999n })] }],
    [
      'trade_paper.line_tax_differs',
      { lines: [line({ taxFen: 6_007n })], taxFen: 6_007n, totalFen: 106_007n },
    ],
    ['trade_paper.amount_zero', { lines: [], amountFen: 0n, taxFen: 0n, totalFen: 0n }],
    ['trade_paper.red_letter_unnamed', { ...taken, lines: takenLines }],
    ['trade_paper.red_letter_positive', { redLetterOf: '24512000000000000001' }],
    ['trade_paper.red_letter_itself', { ...taken, lines: takenLines, redLetterOf: sound.number }],
  ])('%s', (code, change) => expect(faults(change)).toEqual([code]))
  test('what invoicing software rounds on a line is no fault', () =>
    expect(faults({ lines: [line({ taxFen: 6_006n })], taxFen: 6_006n, totalFen: 106_006n })).toEqual([]))
  test('every fault is told at once', () =>
    expect(faults({ number: 'X', issuedOn: '2030-01-01', totalFen: 1n })).toHaveLength(3))
})

describe('items that programmes do not support are recognised from their lines', () => {
  test.each([
    ['*信息技术服务*对象存储服务', 'storage'],
    ['*电信服务*专线带宽', 'network'],
    ['*信息技术服务*云防火墙', 'security'],
  ])('%s is %s', (name, kind) =>
    expect(excludedItems([line(), line({ name })])).toEqual([
      { line: 2, name, kind, amountFen: 106_000n, doubtful: false },
    ]),
  )
  test('a line that names computing as well is doubtful, and nothing is taken off for it', () => {
    const items = excludedItems([line({ name: '*信息技术服务*智算服务（含网络）' })])
    expect(items).toMatchObject([{ kind: 'network', doubtful: true }])
    expect(excludedFenOf(items)).toBe(0n)
  })
  test('the class of an item is not the item', () =>
    expect(excludedItems([line({ name: '*网络服务*GPU租用' })])).toEqual([]))
  test('a kind that the programme supports stays in', () =>
    expect(excludedItems([line({ name: '云硬盘' })], ['network'])).toEqual([]))
  test('a discount lowers what is taken off, never below zero', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(-1_000n, 1_000n)), (amounts) => {
        const lines = amounts.map((amountFen) => line({ name: '备份', amountFen, taxFen: 0n }))
        const sum = amounts.reduce((total, each) => total + each, 0n)
        expect(excludedFenOf(excludedItems(lines))).toBe(sum > 0n ? sum : 0n)
      }),
    )
  })
})
