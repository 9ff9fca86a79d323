import { describe, expect, it } from 'vitest'
import { scoreReviews, type ScoredForecast } from './scoring.ts'

const forecast: ScoredForecast = {
  id: 'a',
  chanceOfGain: 0.8,
  soldShare: [0.5, 0.6, 0.7],
  priceIndex: [1, 0.75, 0.5],
}

describe('scoring reviews against what happened', () => {
  it('gives the mean squared error of the chance and the relative errors of sales and price', () => {
    const score = scoreReviews(
      [forecast, { ...forecast, id: 'b', chanceOfGain: 0.3 }],
      [
        { id: 'a', gained: true, soldShare: [0.4, 0.6], priceIndex: [1, 0.5] },
        { id: 'b', gained: false, soldShare: [], priceIndex: [] },
      ],
    )
    if (!score.ok) throw new Error('the actuals are in range')
    expect(score.value.brier).toBeCloseTo((0.04 + 0.09) / 2, 12)
    expect(score.value.soldShareError).toBeCloseTo((0.25 + 0) / 2, 12)
    expect(score.value.priceError).toBeCloseTo((0 + 0.5) / 2, 12)
    expect(score.value).toMatchObject({ reviews: 2, decided: 2, yearsLeftOut: 0 })
  })

  it('leaves out what cannot be scored and says how much that was', () => {
    const actual = { id: 'a', gained: undefined, soldShare: [0, 0.6, 0.7, 0.7], priceIndex: [] }
    const score = scoreReviews([forecast], [actual])
    expect(score).toMatchObject({
      ok: true,
      value: { decided: 0, brier: undefined, soldShareError: 0, priceError: undefined, yearsLeftOut: 2 },
    })
  })

  it('refuses actuals of a review that was never made, and shares that are none', () => {
    const actual = { id: 'c', gained: true, soldShare: [], priceIndex: [] }
    expect(scoreReviews([forecast], [actual])).toMatchObject({
      ok: false,
      refusal: { code: 'feasibility.actuals_without_review', params: { id: 'c' } },
    })
    expect(scoreReviews([forecast], [{ ...actual, id: 'a', soldShare: [1.5] }]).ok).toBe(false)
    expect(scoreReviews([forecast], [{ ...actual, id: 'a', priceIndex: [NaN] }]).ok).toBe(false)
  })
})
