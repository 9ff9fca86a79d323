import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMonths, addMonthsToNumber, dayFromNumber, dayNumber, isDay } from './index.ts'

const days = fc.integer({ min: -25_567, max: 376_199 })

test('days and their numbers go up by one', () => {
  expect([dayNumber('1970-01-01'), dayNumber('2000-03-01'), dayNumber('2026-11-22')]).toEqual([
    0, 11_017, 20_779,
  ])
  fc.assert(
    fc.property(days, (number) => {
      const [day, next] = [dayFromNumber(number), dayFromNumber(number + 1)]
      expect(isDay(day) && day < next).toBe(true)
      expect(dayNumber(next) - dayNumber(day)).toBe(1)
    }),
  )
})

test('months are added to days and to their numbers alike', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -600, max: 600 }), (number, months) => {
      expect(dayFromNumber(addMonthsToNumber(number, months))).toBe(addMonths(dayFromNumber(number), months))
    }),
  )
})

test.each([
  ['2024-02-29', true],
  ['2025-02-29', false],
  ['2100-02-29', false],
  ['2000-02-29', true],
  ['2025-04-31', false],
  ['2025-00-10', false],
  ['2025-13-01', false],
  ['2025-12-00', false],
  ['1899-12-31', false],
  ['3000-01-01', false],
  ['2025-1-1', false],
])('%s is a day: %s', (text, is) => expect(isDay(text)).toBe(is))
