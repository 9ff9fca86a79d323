import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { summarisePanel, totalTenths, type Opinion } from './expert-review.ts'

const opinion = (
  points: readonly number[],
  recommendation: Opinion['recommendation'] = 'support',
): Opinion => ({
  points,
  recommendation,
})

describe('what a panel says together', () => {
  test('a total is the weighted mean, to a tenth, a half goes up', () => {
    expect(totalTenths([1, 1], [80, 91])).toBe(855)
    expect(totalTenths([2, 1], [80, 90])).toBe(833)
    expect(totalTenths([3, 1], [71, 72])).toBe(713)
    expect(totalTenths([1, 1, 1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 2])).toBe(3)
  })

  test('three opinions: lowest, mean and highest, over all and by criterion', () => {
    const said = [
      opinion([90, 60]),
      opinion([80, 70], 'support_with_conditions'),
      opinion([70, 20], 'oppose'),
    ]
    expect(summarisePanel([1, 1], said)).toEqual({
      total: { lowestTenths: 450, meanTenths: 650, highestTenths: 750 },
      criteria: [
        { lowestTenths: 700, meanTenths: 800, highestTenths: 900 },
        { lowestTenths: 200, meanTenths: 500, highestTenths: 700 },
      ],
      recommended: { support: 1, support_with_conditions: 1, oppose: 1 },
      wide: false,
    })
  })

  test('experts more than thirty points apart are said to be', () => {
    expect(summarisePanel([1], [opinion([50]), opinion([80])])!.wide).toBe(false)
    expect(summarisePanel([1], [opinion([50]), opinion([81])])!.wide).toBe(true)
  })

  test('without opinions nothing is said', () => {
    expect(summarisePanel([1], [])).toBeNull()
  })

  test('a mean lies between the lowest and the highest, and the order of experts decides nothing', () => {
    const panel = fc.integer({ min: 1, max: 6 }).chain((size) =>
      fc.record({
        weights: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: size, maxLength: size }),
        opinions: fc.array(
          fc
            .array(fc.integer({ min: 0, max: 100 }), { minLength: size, maxLength: size })
            .map((points) => opinion(points)),
          { minLength: 1, maxLength: 15 },
        ),
      }),
    )
    fc.assert(
      fc.property(panel, ({ weights, opinions }) => {
        const { total, criteria } = summarisePanel(weights, opinions)!
        for (const { lowestTenths, meanTenths, highestTenths } of [total, ...criteria]) {
          expect(lowestTenths).toBeLessThanOrEqual(meanTenths)
          expect(meanTenths).toBeLessThanOrEqual(highestTenths)
        }
        expect(summarisePanel(weights, opinions.toReversed())).toEqual(summarisePanel(weights, opinions))
      }),
    )
  })
})
