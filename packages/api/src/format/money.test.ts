import { describe, expect, test } from 'vitest'
import { axisMoney, readMoney, readTogether, sayMoney, shortMoney } from './money.ts'

describe('amounts', () => {
  test.each([
    ['40000000', '40.00\u2009万元', '40\u2009万元'],
    ['82450000', '82.45\u2009万元', '82.45\u2009万元'],
    ['12000000000', '1.20\u2009亿元', '1.2\u2009亿元'],
    ['12345670000', '12,345.67\u2009万元', '12,345.67\u2009万元'],
    ['1549888', '15,498.88\u2009元', '15,498.88\u2009元'],
    ['474892103', '4,748,921.03\u2009元', '4,748,921.03\u2009元'],
    ['824550', '8,245.50\u2009元', '8,245.50\u2009元'],
    ['0', '0.00\u2009万元', '0\u2009万元'],
    ['-60000000', '−60.00\u2009万元', '−60\u2009万元'],
    ['100000000', '100.00\u2009万元', '100\u2009万元'],
  ])('%s fen reads %s and is said %s', (fen, read, said) => {
    expect(readMoney(fen, 'zh-CN')).toBe(read)
    expect(sayMoney(fen, 'zh-CN')).toBe(said)
  })

  test.each([
    ['40000000', '¥400,000.00', '¥400,000'],
    ['-824550', '−¥8,245.50', '−¥8,245.50'],
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

  test('amounts that stand together have one unit', () => {
    expect(['0', '1280000'].map(readTogether(['0', '1280000'], 'zh-CN'))).toEqual([
      '0.00\u2009万元',
      '1.28\u2009万元',
    ])
    expect(readTogether(['1280000', '280000'], 'zh-CN')('1280000')).toBe('12,800.00\u2009元')
  })

  test('where there is little room three figures stand for an amount, in either language', () => {
    const fen = [0n, 99n, 824_550n, 4_748_921_03n, 12_345_670_000n, -99_996_000n, 32_400_000_000n]
    expect(fen.map((each) => shortMoney(each, 'zh-CN').replace('\u2009', ' '))).toEqual([
      '0 元',
      '1 元',
      '8,246 元',
      '475 万',
      '1.23 亿',
      '−100 万',
      '3.24 亿',
    ])
    expect(fen.map((each) => shortMoney(each, 'en'))).toEqual([
      '¥0',
      '¥1',
      '¥8.25k',
      '¥4.75m',
      '¥123m',
      '−¥1,000k',
      '¥324m',
    ])
  })
})
