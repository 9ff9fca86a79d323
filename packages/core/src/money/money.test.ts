import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  divide,
  formatFen,
  multiply,
  parseMoney,
  parseRate,
  rate,
  splitInProportion,
  toFen,
} from './index.ts'

describe('amounts as text', () => {
  test.each([
    ['200万元', 200_000_000n],
    ['1234.56元', 123_456n],
    ['5亿元', 50_000_000_000n],
    ['50分', 50n],
    ['0.0001万元', 100n],
    ['-3元', -300n],
  ])('%s is %s fen', (text, fen) => expect(parseMoney(text)).toEqual({ ok: true, value: fen }))

  test.each([
    ['5000万', 'money.not_a_number'],
    ['5000', 'money.no_unit'],
    ['0.001元', 'money.finer_than_fen'],
    ['1e3元', 'money.not_a_number'],
    ['１２元', 'money.not_a_number'],
    ['NaN元', 'money.not_a_number'],
  ])('%s is refused as %s', (text, code) => expect(parseMoney(text)).toMatchObject({ refusal: { code } }))

  test('an amount that does not fit the decimals is cut, never rounded up', () => {
    expect(formatFen(199_999_999n, 'wan')).toBe('199.99')
    expect(formatFen(-123_456_789n)).toBe('-1,234,567.89')
    expect(formatFen(83_676_00n, 'wan', 4)).toBe('8.3676')
  })
})

describe('rates', () => {
  test('a percentage and a fraction of the same value are the same rate', () => {
    expect(parseRate('12.5%')).toEqual(parseRate('1/8'))
  })
  test('a rate above one hundred per cent is refused', () => {
    expect(parseRate('130%')).toMatchObject({ refusal: { code: 'rate.above_one' } })
  })
  test('the Nanning example keeps its fourth decimal', () => {
    const base = toFen(multiply(20_000_000n, rate(305n, 729n)), 'yuan', 'down')
    expect(formatFen(base, 'wan', 4)).toBe('8.3676')
    expect(formatFen(toFen(multiply(base, rate(3n, 10n)), 'yuan', 'down'), 'wan', 4)).toBe('2.5102')
  })
})

test('each rounding mode differs from the exact quotient by less than one, halves by half at most', () => {
  const modes = fc.constantFrom('down', 'up', 'half_up', 'half_even')
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 9n), modes, (n, d, mode) => {
      const error = divide(n, d, mode) * d - n
      const size = error < 0n ? -error : error
      expect(mode.startsWith('half') ? size * 2n <= d : size < d).toBe(true)
    }),
  )
})

test('halves go to the even unit or away from zero as the mode says', () => {
  expect([5n, 15n, -5n].map((n) => divide(n, 10n, 'half_even'))).toEqual([0n, 2n, 0n])
  expect([5n, 15n, -5n].map((n) => divide(n, 10n, 'half_up'))).toEqual([1n, 2n, -1n])
})

test('peers 17 (fasrc, OpenG2P, LCK INV-10): shares add up to the total and each is within one fen of its part', () => {
  const weights = fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 13n), weights, (total, list) => {
      const sum = list.reduce((a, b) => a + b, 0n)
      fc.pre(sum > 0n)
      const shares = splitInProportion(total, list)
      expect(shares.reduce((a, b) => a + b, 0n)).toBe(total)
      shares.forEach((share, index) => {
        const off = share * sum - total * list[index]!
        expect(off > -sum && off < sum).toBe(true)
      })
    }),
  )
})

test('a pool shared out over 300,000 awards is used up to the fen, the odd fen with the largest remainders', () => {
  let state = 7n
  const weights = Array.from({ length: 300_000 }, () => {
    state = (state * 1_103_515_245n + 12_345n) % 2_147_483_648n
    return (state % 500_000_000n) + 1n
  })
  const sum = weights.reduce((a, b) => a + b, 0n)
  const pool = (sum * 3n) / 5n
  const shares = splitInProportion(pool, weights)
  expect(shares.reduce((a, b) => a + b, 0n)).toBe(pool)
  let [leastUp, mostDown] = [sum, -1n]
  shares.forEach((share, index) => {
    const product = pool * weights[index]!
    const [floor, remainder] = [product / sum, product % sum]
    if (share === floor + 1n) leastUp = remainder < leastUp ? remainder : leastUp
    else if (share === floor) mostDown = remainder > mostDown ? remainder : mostDown
    else expect.fail(`award ${index} is neither its floor nor one fen more`)
  })
  expect(leastUp >= mostDown).toBe(true)
})
