// Debt service counts from commissioning: a late start moves it and makes the loan dearer, and is no missed payment.
import { expect, it } from 'vitest'
import { coverRatios, debtService } from './debt.ts'

const LOAN = { principalYuan: 1000, rate: 0.1, tenorYears: 2, graceYears: 0 }
const LEVEL = 1000 / (1 / 1.1 + 1 / 1.21)

it('moves with a late start, with the interest of the wait added to it', () => {
  const [first, second, third] = debtService(LOAN, 1)
  expect(first).toBe(0)
  expect(second).toBeCloseTo(1.1 * LEVEL, 9)
  expect(third).toBeCloseTo(1.1 * LEVEL, 9)
})

it('is spread over the calendar years that a part of a year of delay cuts through', () => {
  const due = debtService(LOAN, 0.5)
  expect(due.map((each) => each / (1.05 * LEVEL))).toEqual(
    [0.5, 1, 0.5].map((part) => expect.closeTo(part, 12)),
  )
})

it('takes no year in which nothing is due for one that is not covered', () => {
  expect(coverRatios([0, 5000, 5000], LOAN, 1)!.lowestDebtServiceCover).toBeGreaterThan(5)
})
