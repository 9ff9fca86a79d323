import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fenFromTyped, ledgerMoney, typedFromFen } from './money.ts'
import { readDay, readInstant } from './time.ts'

describe('amounts that are typed', () => {
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
