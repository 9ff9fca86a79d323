import fc from 'fast-check'
import { startOf } from '../calendar/index.ts'
import { describe, expect, test } from 'vitest'
import {
  approvalBytes,
  batchRecord,
  doubtOf,
  instructionIdOf,
  isAccount,
  isIban,
  missingFor,
  NO_PROFILE,
  recordDigest,
  writePain001,
  type PaymentBatch,
  type PaymentLine,
  type TreasuryProfile,
} from './index.ts'

const treasury: TreasuryProfile = {
  ...NO_PROFILE,
  payerName: '示例市数据局',
  payerAccount: '1100010000000001',
  payerBankName: '示例银行营业部',
  payerBankCode: '102100000013',
}

function line(index: number, other: Partial<PaymentLine> = {}): PaymentLine {
  return {
    instructionId: instructionIdOf('BF-2024-00001', index),
    claimNumber: `DF-2024-0000${index + 1}`,
    payeeName: '澜舟示例科技有限公司',
    payeeCreditCode: '91990100MA0000001X',
    bankName: '示例银行启明支行',
    bankCode: null,
    account: '6222000011112222',
    amountFen: 16_000n,
    ...other,
  }
}

function batch(other: Partial<PaymentBatch> = {}): PaymentBatch {
  const preparedAt = startOf('2024-06-10') + 32_523_000
  return { number: 'BF-2024-00001', preparedAt, lines: [line(0), line(1)], treasury, ...other }
}

function message(of: PaymentBatch = batch()): string {
  const made = writePain001(of)
  if (!made.ok) throw new Error(made.refusal.code)
  return made.value
}

const all = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'))].map(([, text]) => text!)

describe('a batch as pain.001.001.03', () => {
  test('its counts and control sums are those of its lines, in the head and in the payment', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 13n })
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), (amounts) => {
        const xml = message(batch({ lines: amounts.map((amountFen, index) => line(index, { amountFen })) }))
        const fen = (text: string): bigint => BigInt(text.replace('.', ''))
        const total = all(xml, 'InstdAmt').reduce((sum, text) => sum + fen(text), 0n)
        expect(all(xml, 'CtrlSum').map(fen)).toEqual([total, total])
        expect(total).toBe(amounts.reduce((sum, each) => sum + each, 0n))
        expect(all(xml, 'NbOfTxs')).toEqual([String(amounts.length), String(amounts.length)])
      }),
      { numRuns: 40 },
    )
  })

  test('every payment has one id, at most 35 letters, which no other has', () => {
    const xml = message(batch({ lines: Array.from({ length: 200 }, (_, index) => line(index)) }))
    const ids = all(xml, 'InstrId')
    expect(ids).toEqual(all(xml, 'EndToEndId'))
    expect(new Set(ids).size).toBe(200)
    expect(ids.every((id) => id.length <= 35)).toBe(true)
    expect(() => instructionIdOf('B'.repeat(31), 0)).toThrow()
  })

  test('equal content is equal bytes', () => expect(message()).toBe(message(batch())))

  test('amounts are in CNY with two decimals, to the fen', () => {
    const xml = message(batch({ lines: [line(0, { amountFen: 7n }), line(1, { amountFen: 100_005n })] }))
    expect(xml).toContain('<InstdAmt Ccy="CNY">0.07</InstdAmt>')
    expect(xml).toContain('<InstdAmt Ccy="CNY">1000.05</InstdAmt>')
    expect(all(xml, 'Ccy')).toEqual(['CNY'])
  })

  test('moments are those of China, the day of execution is that of the preparation', () => {
    const xml = message(batch({ preparedAt: startOf('2024-06-11') + 3_600_000 }))
    expect(all(xml, 'CreDtTm')).toEqual(['2024-06-11T01:00:00+08:00'])
    expect(all(xml, 'ReqdExctnDt')).toEqual(['2024-06-11'])
  })

  test('what would be markup is written as text', () => {
    const xml = message(batch({ lines: [line(0, { payeeName: `A&B <"'>公司` })] }))
    expect(xml).toContain('<Nm>A&amp;B &lt;&quot;&apos;&gt;公司</Nm>')
  })

  test('an IBAN goes as one, any other account as other identification without blanks', () => {
    const accounts = ['DE89 3704 0044 0532 0130 00', '6222-0000 1111 2222']
    const xml = message(batch({ lines: accounts.map((account, index) => line(index, { account })) }))
    expect(all(xml, 'IBAN')).toEqual(['DE89370400440532013000'])
    expect(xml).toContain('<CdtrAcct><Id><Othr><Id>6222000011112222</Id></Othr></Id></CdtrAcct>')
    expect(isIban('DE88370400440532013000')).toBe(false)
  })

  test('a bank with its CNAPS number is named by it, one without by its name', () => {
    const xml = message(batch({ lines: [line(0, { bankCode: '313100000013' }), line(1)] }))
    expect(all(xml, 'MmbId')).toEqual(['102100000013', '313100000013'])
    expect(all(xml, 'Prtry')).toEqual(['CNAPS', 'CNAPS'])
    expect(xml).toContain('<CdtrAgt><FinInstnId><Nm>示例银行启明支行</Nm></FinInstnId></CdtrAgt>')
  })

  test('a bank that takes SWIFT’s letters alone gets credit codes in the place of Chinese names, and no Chinese at all', () => {
    const swift = { ...treasury, letters: 'swift' as const, payerLatinName: 'SHILI DATA BUREAU' }
    const xml = message(batch({ treasury: swift }))
    expect(all(xml, 'Nm').slice(0, 2)).toEqual(['SHILI DATA BUREAU', 'SHILI DATA BUREAU'])
    expect(xml).toContain('<Cdtr><Nm>91990100MA0000001X</Nm>')
    expect(/[^\u0020-\u007e\n]/.test(xml)).toBe(false)
    expect(missingFor({ ...swift, payerLatinName: null }, 'pain001')).toEqual(['payerLatinName'])
  })

  test('what is missing is named before anything is written', () => {
    expect(writePain001(batch({ treasury: null }))).toMatchObject({
      refusal: {
        code: 'treasury.profile_missing',
        params: { fields: ['payerName', 'payerAccount', 'payerBankCode'] },
      },
    })
    const half = { ...treasury, payerBankCode: null }
    expect(writePain001(batch({ treasury: half }))).toMatchObject({
      refusal: { params: { fields: ['payerBankCode'] } },
    })
    expect(missingFor(treasury, 'xlsx')).toContain('functionClass')
  })

  test.each([
    ['a name that would be cut short', { payeeName: '公'.repeat(141) }, 'payeeName'],
    ['a bank’s name that would be cut short', { bankName: '行'.repeat(141) }, 'bankName'],
    ['nothing to pay', { amountFen: 0n }, 'amount'],
    ['an account too long', { account: '1'.repeat(35) }, 'account'],
    ['a letter that XML has not', { payeeName: '公司\u0001' }, 'payeeName'],
  ])('%s is refused with its line', (_, other, field) => {
    expect(writePain001(batch({ lines: [line(0), line(1, other)] }))).toMatchObject({
      refusal: { code: 'treasury.not_expressible', params: { instructionId: 'BF-2024-00001-0002', field } },
    })
  })
})

describe('the record of a batch', () => {
  const weak = (bytes: Uint8Array): Uint8Array =>
    Uint8Array.of(bytes.reduce((sum, byte) => (sum * 31 + byte) % 251, 7))
  const digest = (of: PaymentBatch): string => batchRecord(of) + String(recordDigest(batchRecord(of), weak))

  test('says every payee, amount and setting: none can change and leave it the same', () => {
    const changes: Partial<PaymentLine>[] = [
      { account: '6222000011112223' },
      { amountFen: 16_001n },
      { payeeName: '另一家' },
      { bankCode: '313100000013' },
      { instructionId: 'X' },
    ]
    for (const change of changes)
      expect(digest(batch({ lines: [line(0, change), line(1)] }))).not.toBe(digest(batch()))
    expect(digest(batch({ treasury: { ...treasury, functionClass: '2150899' } }))).not.toBe(digest(batch()))
    expect(digest(batch({ lines: [line(1), line(0)] }))).not.toBe(digest(batch()))
  })

  test('what is signed names its purpose and both people', () => {
    const approved = { number: 'B', digest: 'd', preparedBy: 'a', approvedBy: 'b', approvedAt: 1 }
    const bytes = String.fromCharCode(...approvalBytes(approved))
    expect(bytes).toContain('suanquan/disbursement-approval/v1')
    expect(approvalBytes({ ...approved, approvedBy: 'c' })).not.toEqual(approvalBytes(approved))
  })
})

describe('an account before money goes there', () => {
  test.each([
    ['6222000011112222', true],
    ['1100 0100 0000 0001', true],
    ['1234567', false],
    ['GB82 WEST 1234 5698 7654 32', true],
    ['GB82WEST12345698765433', false],
    ['现金', false],
  ])('%s can be an account: %s', (account, can) => expect(isAccount(account)).toBe(can))

  test('a bank card whose check digit fails is shown; an account of a firm has none', () => {
    expect(doubtOf('6222000011112222')).toBe('check_digit')
    expect(doubtOf('6222021234567890128')).toBe(null)
    expect(doubtOf('1100010000000001')).toBe(null)
  })
})
