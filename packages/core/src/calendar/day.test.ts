import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMonths, addMonthsToNumber, dayFromNumber, dayNumber, isDay } from './index.ts'

const days = fc.integer({ min: -25_567, max: 376_200 })

test('a day and its number are the same day, as the calendar of JavaScript has it', () => {
  fc.assert(
    fc.property(days, (number) => {
      const day = dayFromNumber(number)
      expect(day).toBe(new Date(number * 86_400_000).toISOString().slice(0, 10))
      expect(dayNumber(day)).toBe(number)
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
