// Rates of return that exist are found, those that do not are not invented.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { annuityFactor, internalRates, levelPayment, netPresentValue, payback } from './returns.ts'

/** Flows whose value is zero exactly at the given rates: the product of (1 − v·(1 + rate)). */
function flowsWithRates(rates: readonly number[]): number[] {
  return rates.reduce<number[]>(
    (flows, rate) => [...flows, 0].map((value, index) => value - (1 + rate) * (flows[index - 1] ?? 0)),
    [-1000],
  )
}

describe('internal rates', () => {
  it('are none for flows that never change sign', () => {
    expect(internalRates([-100, -5, -5])).toEqual({ kind: 'none' })
    expect(internalRates([0, 0, 0])).toEqual({ kind: 'none' })
    expect(internalRates([100, 0, 3])).toEqual({ kind: 'none' })
    expect(internalRates([])).toEqual({ kind: 'none' })
  })

  it('are none for flows that change sign twice and are never worth nothing', () => {
    expect(internalRates([100, -150, 100])).toEqual({ kind: 'none' })
  })

  it('are both of two: the textbook pump of −1,600, 10,000, −10,000 pays 25 % and 400 %', () => {
    const rates = internalRates([-1600, 10_000, -10_000])
    if (rates.kind !== 'many') throw new Error('there are two')
    expect(rates.rates.map((rate) => Math.round(rate * 1e9) / 1e9)).toEqual([0.25, 4])
  })

  it('find a rate that only touches zero', () => {
    const rates = internalRates([-100, 220, -121])
    expect(rates.kind).toBe('one')
    if (rates.kind === 'one') expect(rates.rate).toBeCloseTo(0.1, 6)
  })

  it('are all found, however many were built in', () => {
    const apart = fc
      .uniqueArray(fc.integer({ min: -8, max: 20 }), { minLength: 1, maxLength: 5 })
      .map((steps) => steps.map((step) => step / 10).sort((left, right) => left - right))
    fc.assert(
      fc.property(apart, (rates) => {
        const found = internalRates(flowsWithRates(rates))
        const list = found.kind === 'none' ? [] : found.kind === 'one' ? [found.rate] : found.rates
        expect(list).toHaveLength(rates.length)
        for (const [index, rate] of rates.entries()) expect(Math.abs(list[index]! - rate)).toBeLessThan(1e-6)
      }),
      { numRuns: 300 },
    )
  })

  it('make the value vanish, for any flows', () => {
    const flow = fc.integer({ min: -1_000_000, max: 1_000_000 })
    fc.assert(
      fc.property(fc.array(flow, { minLength: 2, maxLength: 12 }), (flows) => {
        const found = internalRates(flows)
        for (const rate of found.kind === 'none' ? [] : found.kind === 'one' ? [found.rate] : found.rates) {
          const size = netPresentValue(flows.map(Math.abs), rate)
          expect(Math.abs(netPresentValue(flows, rate))).toBeLessThanOrEqual(1e-9 * size)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('payback', () => {
  it('is never when the money does not come back', () => {
    expect(payback([-100, 30, 30])).toEqual({ kind: 'never' })
  })

  it('is interpolated within its year and later when discounted', () => {
    expect(payback([-100, 60, 80])).toEqual({ kind: 'after', years: 1.5 })
    const discounted = payback([-100, 60, 80], 0.1)
    expect(discounted.kind === 'after' && discounted.years).toBeCloseTo(
      1 + (100 - 60 / 1.1) / (80 / 1.21),
      12,
    )
  })

  it('waits for the last time the total turns positive', () => {
    expect(payback([-100, 150, -100, 60])).toEqual({ kind: 'after', years: 2 + 50 / 60 })
  })
})

describe('a level payment', () => {
  it('repays exactly what was lent', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 1, max: 30 }),
        (rate, years) => {
          const due = levelPayment(1000, rate, years)
          expect(due * annuityFactor(rate, years)).toBeCloseTo(1000, 8)
          let rest = 1000
          for (let year = 0; year < years; year++) rest = rest * (1 + rate) - due
          expect(Math.abs(rest)).toBeLessThan(1e-3)
        },
      ),
    )
  })
})
