import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvOf } from './csv.ts'
import { axisMoney, fenFromTyped, ledgerMoney, readMoney, sayMoney, typedFromFen } from './money.ts'
import { readDay, readInstant } from './time.ts'

describe('amounts', () => {
  test.each([
    ['40000000', '40.00\u2009万元', '40\u2009万元'],
    ['82450000', '82.45\u2009万元', '82.45\u2009万元'],
    ['12000000000', '1.20\u2009亿元', '1.2\u2009亿元'],
    ['12345670000', '12,345.67\u2009万元', '12,345.67\u2009万元'],
    ['1549888', '15,498.88\u2009元', '15,498.88\u2009元'],
    ['474892103', '4,748,921.03\u2009元', '4,748,921.03\u2009元'],
    ['824550', '8,245.50\u2009元', '8,245.5\u2009元'],
    ['0', '0.00\u2009万元', '0\u2009万元'],
    ['-60000000', '−60.00\u2009万元', '−60\u2009万元'],
    ['100000000', '100.00\u2009万元', '100\u2009万元'],
  ])('%s fen reads %s and is said %s', (fen, read, said) => {
    expect(readMoney(fen, 'zh-CN')).toBe(read)
    expect(sayMoney(fen, 'zh-CN')).toBe(said)
  })

  test.each([
    ['40000000', '¥400,000.00', '¥400,000'],
    ['-824550', '−¥8,245.50', '−¥8,245.5'],
    ['0', '¥0.00', '¥0'],
  ])('%s fen reads %s in English and is said %s', (fen, read, said) => {
    expect(readMoney(fen, 'en')).toBe(read)
    expect(sayMoney(fen, 'en')).toBe(said)
  })

  test('an axis is short in either language', () => {
    const fen = [50_000_000n, 800_000_000n, 12_000_000_000n]
    expect(fen.map((each) => axisMoney(each, 'en'))).toEqual(['¥500k', '¥8m', '¥120m'])
    expect(fen.map((each) => axisMoney(each, 'zh-CN'))).toEqual(['50 万', '800 万', '1.2 亿'])
  })

  test('what stands in a field is the amount itself, in either unit', () => {
    const amount = fc.bigInt(0n, 10n ** 13n - 1n)
    fc.assert(
      fc.property(amount, fc.constantFrom('yuan' as const, 'wan' as const), (fen, unit) => {
        expect(fenFromTyped(typedFromFen(fen, unit), unit)).toBe(fen.toString())
      }),
    )
  })

  test('what is no amount, or finer than a fen, is not guessed', () => {
    expect(fenFromTyped('1e3', 'yuan')).toBeNull()
    expect(fenFromTyped('-5', 'yuan')).toBeNull()
    expect(fenFromTyped('0.001', 'yuan')).toBeNull()
    expect(fenFromTyped('1,234.5', 'yuan')).toBe('123450')
    expect(ledgerMoney('123450')).toBe('1,234.50')
  })
})

test('an evening in London is the next day in China', () => {
  expect(readInstant('2024-05-06T17:30:00.000Z', 'zh-CN')).toBe('2024-05-07 01:30')
  expect(readDay('2024-05-06', 'en')).toBe('6 May 2024')
})

test('a cell that a spreadsheet would run as a formula is disarmed, negative numbers stay numbers', () => {
  expect(csvOf([['=HYPERLINK("x")', '-5.00', '@a', 'a,b']])).toBe(
    '\uFEFF"\'=HYPERLINK(""x"")",-5.00,\'@a,"a,b"\r\n',
  )
})
