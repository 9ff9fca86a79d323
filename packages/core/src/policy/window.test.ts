import { describe, expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import { readLiteral } from './literals.ts'
import type { Period } from './types.ts'
import { endsOf, windowTakes, writePeriod } from './window.ts'

const read = (text: string): Period | null => {
  const found = readLiteral({ kind: 'period' }, text)
  return found.ok ? (found.value as Period) : null
}
const at = (day: string, minute: number, ms = 0): number => startOf(day) + minute * 60_000 + ms

describe('a window that closes at 17:30 of 31 August', () => {
  const window = read('2026-07-31/2026-08-31T17:30')!
  test.each([
    ['the last moment of 30 July', at('2026-07-30', 1_439, 59_999), false],
    ['the first moment of 31 July', at('2026-07-31', 0), true],
    ['the last moment of 17:30', at('2026-08-31', 1_050, 59_999), true],
    ['17:31', at('2026-08-31', 1_051), false],
  ])('%s', (_, instant, taken) => expect(windowTakes(window, instant)).toBe(taken))
  test('is written as it was read', () => {
    expect(writePeriod(window)).toBe('2026-07-31/2026-08-31T17:30')
    expect(endsOf(window)).toEqual({ opensOn: '2026-07-31', closesOn: '2026-08-31 17:30' })
  })
})

test('a window that opens at a minute takes nothing before it; one without minutes has whole days', () => {
  const window = read('2026-03-01T09:00/2026-03-01T17:00')!
  expect(windowTakes(window, at('2026-03-01', 539, 59_999))).toBe(false)
  expect(windowTakes(window, at('2026-03-01', 540))).toBe(true)
  const days = read('2026-03-01/2026-03-02')!
  expect(windowTakes(days, at('2026-03-02', 1_439, 59_999))).toBe(true)
  expect(windowTakes(days, at('2026-03-03', 0))).toBe(false)
})

test.each([
  '2026-03-01T9:00/2026-03-02',
  '2026-03-01T24:00/2026-03-02',
  '2026-03-01T10:60/2026-03-02',
  '2026-03-01T10:00T11:00/2026-03-02',
  '2026-03-01T17:00/2026-03-01T09:00',
  '2026-03-02/2026-03-01T09:00',
  '2026-03-01',
])('%s is no period', (text) => expect(read(text)).toBeNull())
