import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import {
  generateCreditCode,
  maskAccount,
  maskName,
  maskPhone,
  readCreditCode,
  sizeClassOf,
  sizeTables,
} from './index.ts'

const WAN = 1_000_000n

describe('credit codes', () => {
  test.each([
    '91110000802100433B',
    '9144030071526726XG',
    '91330100799655058B',
    '91110000600037341L',
    '91440300708461136T',
    '91110108551385082Q',
  ])('%s of the public register passes both checks', (code) =>
    expect(readCreditCode(code)).toEqual({ ok: true, value: { code, warnings: [] } }),
  )

  test.each(['91350100M0001TGQXM', '91350211M0000XUF46'])(
    '%s, a legal code of the pilot years, is accepted with a warning',
    (code) => {
      const read = readCreditCode(code)
      expect(read).toMatchObject({ ok: true, value: { code } })
      expect(read.ok && read.value.warnings.length > 0).toBe(true)
    },
  )

  test('a typing error in the last place warns, one inside the organisation code warns twice', () => {
    expect(readCreditCode('91110000802100433A')).toMatchObject({
      value: { warnings: ['credit_code_check_digit'] },
    })
    expect(readCreditCode('91110000802100432B')).toMatchObject({
      value: { warnings: ['credit_code_check_digit', 'organisation_code_check_digit'] },
    })
  })

  test.each([
    ['9111000080210043', 'party.credit_code_length', { length: 16 }],
    ['', 'party.credit_code_length', { length: 0 }],
    ['91110000802100433b', 'party.credit_code_lower_case', { position: 18, instead: 'B' }],
    ['９1110000802100433B', 'party.credit_code_full_width', { position: 1, instead: '9' }],
    ['91110000802100433Ｂ', 'party.credit_code_full_width', { position: 18, instead: 'B' }],
    ['91110000802100433В', 'party.credit_code_look_alike', { position: 18, instead: 'B' }],
    ['9111O000802100433B', 'party.credit_code_look_alike', { position: 5, instead: '0' }],
    ['91110000802100433\u0001', 'party.credit_code_symbol', { position: 18 }],
    ['9111000080210043\u202e3B', 'party.credit_code_symbol', { position: 17 }],
    ['91110000-80210043', 'party.credit_code_symbol', { position: 9, symbol: '-' }],
    ['9111A000802100433B', 'party.credit_code_region', { region: '11A000' }],
  ])('%j is refused as %s with its place', (text, code, params) =>
    expect(readCreditCode(text)).toMatchObject({ ok: false, refusal: { code, params } }),
  )

  test('white space around a code is dropped', () => {
    expect(readCreditCode(' 91110000802100433B\n')).toMatchObject({ value: { code: '91110000802100433B' } })
  })

  test('every generated code passes both checks, and one changed symbol never does', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 8, max: 16 }), (seed, place) => {
        const code = generateCreditCode(seededRandom(seed), '91510100')
        expect(readCreditCode(code)).toEqual({ ok: true, value: { code, warnings: [] } })
        const other = code[place] === '7' ? '8' : '7'
        const read = readCreditCode(code.slice(0, place) + other + code.slice(place + 1))
        expect(read.ok && read.value.warnings.includes('credit_code_check_digit')).toBe(true)
      }),
    )
  })

  test('no text whatever makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(typeof readCreditCode(text).ok).toBe('boolean')
      }),
    )
  })
})

describe('size classes', () => {
  const size = (industry: string, employees: number, revenueWan: bigint, assetsWan?: bigint): string =>
    sizeClassOf(
      {
        industry,
        employees,
        revenueFen: revenueWan * WAN,
        ...(assetsWan === undefined ? {} : { assetsFen: assetsWan * WAN }),
      },
      '2025-06-01',
    ).size

  test.each([
    ['I65', 300, 9_000n, 'medium'],
    ['I65', 300, 10_000n, 'large'],
    ['I65', 99, 20_000n, 'small'],
    ['I65', 9, 60n, 'micro'],
    ['I6510', 120, 900n, 'small'],
    ['I65', 301, 9_999n, 'medium'],
    ['I65', 9, 99_999n, 'micro'],
    ['C39', 1_000, 40_000n, 'large'],
  ])('in %s a firm with %i persons and %s 万元 is %s', (industry, employees, revenue, expected) =>
    expect(size(industry, employees, revenue)).toBe(expected),
  )

  test('a property developer is classed by revenue and assets', () => {
    expect(size('K701', 5, 200_000n, 9_999n)).toBe('medium')
  })

  test('one fen below a bound falls one class', () => {
    const revenueFen = 10_000n * WAN
    const facts = { industry: 'I65', employees: 300 }
    expect(sizeClassOf({ ...facts, revenueFen }, '2025-06-01').size).toBe('large')
    expect(sizeClassOf({ ...facts, revenueFen: revenueFen - 1n }, '2025-06-01').size).toBe('medium')
  })

  test.each([
    ['J66', 'industry_not_covered'],
    ['G', 'industry_too_coarse'],
    ['G59', 'industry_too_coarse'],
    ['X99', 'industry_unknown'],
  ])('industry %s is unknown: %s, never micro', (industry, reason) =>
    expect(sizeClassOf({ industry, employees: 1, revenueFen: 1n }, '2025-06-01')).toMatchObject({
      size: 'unknown',
      reason,
    }),
  )

  test('a missing fact leaves the class unknown unless another makes the firm micro already', () => {
    expect(sizeClassOf({ industry: 'I65', employees: 120 }, '2025-06-01')).toEqual({
      size: 'unknown',
      reason: 'facts_missing',
      needed: ['revenueFen'],
    })
    expect(sizeClassOf({ industry: 'I65', employees: 9 }, '2025-06-01').size).toBe('micro')
    expect(sizeClassOf({}, '2025-06-01')).toMatchObject({ needed: ['industry'] })
  })

  test('before the first table there is no class', () => {
    const facts = { industry: 'I65', employees: 9, revenueFen: 0n }
    expect(sizeClassOf(facts, '2011-06-17')).toMatchObject({ reason: 'no_table_in_force' })
  })

  test('every row has falling bounds and every code belongs to one row only', () => {
    for (const table of sizeTables) {
      const codes = [...table.rows.flatMap((row) => row.codes), ...table.uncovered]
      expect(new Set(codes).size).toBe(codes.length)
      for (const { employees, revenueWan, assetsWan } of table.rows)
        for (const bounds of [employees, revenueWan, assetsWan])
          if (bounds) expect(bounds[0] > bounds[1] && bounds[1] > bounds[2]).toBe(true)
    }
  })
})

describe('masking', () => {
  test.each([
    ['陈小明', '陈**'],
    ['陈', '*'],
    ['𠮷田', '𠮷*'],
    ['Johannes', 'J***'],
    ['', ''],
  ])('the name %s is shown as %s', (name, shown) => expect(maskName(name)).toBe(shown))
  test.each([
    ['13812345678', '138****5678'],
    ['+86 138-1234-5678', '138****5678'],
    ['028-85551234', '****1234'],
    ['110', '****'],
  ])('the telephone %s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown))
  test.each([
    ['6222 0210 0101 1234', '****1234'],
    ['12345678', '****'],
  ])('the account %s is shown as %s', (account, shown) => expect(maskAccount(account)).toBe(shown))
})
