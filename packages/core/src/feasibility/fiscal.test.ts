// 东阿's published ratios and what follows from them.
import { describe, expect, it } from 'vitest'
import { debtLight, fiscalBurden, fiscalPosition, yearsToRed, type Budget } from './fiscal.ts'

const DONGE: Budget = {
  revenueYuan: 15.8e8,
  governmentDebtYuan: 56.97e8,
  narrowRatio: 1.9318,
  broadRatio: 3.65,
  residents: 341_000,
}

const yi = (yuan: number): number => Math.round(yuan / 1e6) / 100

describe('fiscal position', () => {
  it('follows from the two published ratios', () => {
    const position = fiscalPosition(DONGE)
    if (!position.ok) throw new Error('the budget is in range')
    expect(yi(position.value.capacityYuan)).toBe(29.49)
    expect(yi(position.value.broadDebtYuan)).toBe(107.64)
    expect(yi(position.value.platformDebtYuan)).toBe(50.67)
    expect(position.value.light).toBe('red')
  })

  it('refuses a broad ratio below the narrow one, and no number at all', () => {
    expect(fiscalPosition({ ...DONGE, broadRatio: 1.9 }).ok).toBe(false)
    expect(fiscalPosition({ ...DONGE, narrowRatio: NaN }).ok).toBe(false)
    expect(fiscalPosition({ ...DONGE, revenueYuan: 0 }).ok).toBe(false)
  })

  it.each([
    [3, 'red'],
    [2.9999, 'orange'],
    [2, 'orange'],
    [1.9999, 'yellow'],
    [1.2, 'yellow'],
    [1.1999, 'green'],
    [0, 'green'],
  ] as const)('shows %d as %s', (ratio, light) => {
    expect(debtLight(ratio)).toBe(light)
  })
})

describe('fiscal burden', () => {
  it.each([
    [0.8, 0.05, 15, 405.7, 1.156, 0.073],
    [0.8, 0.06, 10, 405.7, 1.63, 0.103],
    [1, 0.05, 15, 415.9, 1.445, 0.0915],
  ] as const)(
    'with %d of 15亿 borrowed at %d over %d years',
    (...[share, rate, tenorYears, after, service, ofRevenue]) => {
      const burden = fiscalBurden(DONGE, { capexYuan: 15e8, publicDebtYuan: share * 15e8, rate, tenorYears })
      if (!burden.ok) throw new Error('the project is in range')
      expect(Math.round(burden.value.ratioAfter * 1000) / 10).toBe(after)
      expect(burden.value.debtServiceYuan / 1e8).toBeCloseTo(service, 3)
      expect(burden.value.debtServiceOverRevenue).toBeCloseTo(ofRevenue, 3)
      expect(burden.value.lightAfter).toBe('red')
    },
  )

  it('is refused for a loan of no years', () => {
    expect(fiscalBurden(DONGE, { capexYuan: 1, publicDebtYuan: 1, rate: 0.05, tenorYears: 0 }).ok).toBe(false)
  })
})

describe('years to red', () => {
  it('count from the ratio at hand, and never end when nothing is added', () => {
    expect(yearsToRed(2, 0.25)).toBe(4)
    expect(yearsToRed(3, 0.25)).toBe(0)
    expect(yearsToRed(2, 0)).toBeUndefined()
  })
})
