import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addWorkingDays,
  chinaWorkingDays,
  chinaWorkingDayYears,
  dayFromNumber,
  dayNumber,
  isWorkingDay,
  nextWorkingDay,
  weekdayOf,
  workingDaysLeft,
  workingDayTable,
} from './index.ts'

const days = fc.integer({ min: dayNumber('2004-01-01'), max: dayNumber('2026-12-31') }).map(dayFromNumber)
const counted = (day: string, provisional = false): unknown => ({ ok: true, value: { day, provisional } })

describe('the table', () => {
  test('covers 2004 to 2026 without a gap', () => {
    expect(chinaWorkingDays.covers).toEqual({ from: 2004, to: 2026 })
  })
  test('lists as off only weekdays and as worked only weekend days, no day as both', () => {
    for (const day of chinaWorkingDays.off) expect(weekdayOf(day)).toBeLessThanOrEqual(5)
    for (const day of chinaWorkingDays.worked) expect(weekdayOf(day)).toBeGreaterThanOrEqual(6)
    for (const day of chinaWorkingDays.off) expect(chinaWorkingDays.worked.has(day)).toBe(false)
  })
  test('holds the 124 weekend days that the notices for 2008 to 2026 leave worked', () => {
    expect([...chinaWorkingDays.worked].filter((day) => day >= '2008').length).toBe(123)
    // 2007-12-29 belongs to the notice for 2008
    expect(chinaWorkingDays.worked.has('2007-12-29')).toBe(true)
  })
  test('names the notice of every year since 2008 and leaves unknown ones empty', () => {
    for (const [year, { notices }] of Object.entries(chinaWorkingDayYears))
      expect(notices.length > 0).toBe(Number(year) >= 2008)
  })
})

describe('one day', () => {
  test.each([
    ['2025-10-11', true, 'a worked Saturday'],
    ['2025-10-08', false, 'the last day of the long holiday'],
    ['2020-01-31', false, 'the Spring Festival prolonged in 2020'],
    ['2020-02-01', false, 'a Saturday whose work the prolongation took away'],
    ['2015-09-03', false, 'the victory day of 2015'],
    ['2018-01-01', false, 'new year'],
    ['2023-01-03', true, 'the day after the new year holiday'],
    ['2026-02-23', false, 'the ninth day of the Spring Festival of 2026'],
  ])('%s works: %s (%s)', (day, working) =>
    expect(isWorkingDay(day)).toEqual({ ok: true, value: { working, provisional: false } }),
  )
  test('a year without a notice is answered as a plain week and marked provisional', () => {
    expect(isWorkingDay('2027-02-08')).toEqual({ ok: true, value: { working: true, provisional: true } })
  })
  test('a day before the table and a day that does not exist are refused', () => {
    expect(isWorkingDay('2003-12-31')).toMatchObject({ refusal: { code: 'calendar.before_table' } })
    expect(addWorkingDays('2026-02-30', 1)).toMatchObject({ refusal: { code: 'calendar.not_a_day' } })
    expect(workingDaysLeft('2026-01-01', '24:00')).toMatchObject({ refusal: { code: 'calendar.not_a_day' } })
  })
})

describe('counting', () => {
  test('five working days after 30 September 2025 end on 14 October 2025', () => {
    expect(addWorkingDays('2025-09-30', 5)).toEqual(counted('2025-10-14'))
  })
  test.each([
    ['2024-02-08', 1, '2024-02-09'],
    ['2024-02-09', 1, '2024-02-18'],
    ['2024-09-13', 3, '2024-09-19'],
    ['2026-02-13', 2, '2026-02-24'],
    ['2025-12-31', 1, '2026-01-04'],
  ])('%s and %i working days end on %s', (event, count, end) =>
    expect(addWorkingDays(event, count)).toEqual(counted(end)),
  )
  test('a period ending on a day off ends on the next working day', () => {
    expect(nextWorkingDay('2025-10-01')).toEqual(counted('2025-10-09'))
    expect(nextWorkingDay('2025-10-11')).toEqual(counted('2025-10-11'))
    expect(addWorkingDays('2025-10-01', 0)).toEqual(counted('2025-10-09'))
  })
  test('a period that runs past the table is provisional and moves when the next notice is entered', () => {
    expect(addWorkingDays('2026-12-31', 1)).toEqual(counted('2027-01-01', true))
    const next = workingDayTable({
      ...chinaWorkingDayYears,
      2027: { notices: ['a later notice'], off: '01:01', worked: '01:03' },
    })
    expect(addWorkingDays('2026-12-31', 1, next)).toEqual(counted('2027-01-03'))
  })
  test('the days left are zero on the last day and negative after it', () => {
    const left = (today: string): unknown => workingDaysLeft(today, '2025-10-14')
    expect(left('2025-10-14')).toEqual({ ok: true, value: { days: 0, provisional: false } })
    expect(left('2025-09-30')).toEqual({ ok: true, value: { days: 5, provisional: false } })
    expect(left('2025-10-16')).toEqual({ ok: true, value: { days: -2, provisional: false } })
  })
})

test('peers 15 (Waldur): the days left until the end of a period are the days of the period', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 120 }), (event, count) => {
      const end = addWorkingDays(event, count)
      if (!end.ok) throw new Error('every covered day can be counted from')
      expect(workingDaysLeft(event, end.value.day)).toMatchObject({ value: { days: count } })
    }),
  )
})

test('a period ends on a working day, and one more day of period never ends earlier', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 60 }), (event, count) => {
      const [end, later] = [addWorkingDays(event, count), addWorkingDays(event, count + 1)]
      if (!end.ok || !later.ok) throw new Error('every covered day can be counted from')
      expect(isWorkingDay(end.value.day)).toMatchObject({ value: { working: true } })
      expect(later.value.day > end.value.day).toBe(true)
    }),
  )
})

test('counting a period in two parts or in one ends on the same day', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (event, one, two) => {
      const middle = addWorkingDays(event, one)
      if (!middle.ok) throw new Error('every covered day can be counted from')
      expect(addWorkingDays(middle.value.day, two)).toEqual(addWorkingDays(event, one + two))
    }),
  )
})

test('the weekday moves on by one each day and starts again after seven', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect(weekdayOf(addDays(day, 1))).toBe((weekdayOf(day) % 7) + 1)
    }),
  )
  expect(weekdayOf('2026-11-22')).toBe(7)
})
