// Hindsight: a review says how likely a gain is and how much will be sold at which price. Once the years have passed,
// the reviews are scored against what happened, so that the review function is itself audited.
import { accept, refuse, type Decision } from '../refusal.ts'
import type { FeasibilityReview } from './review.ts'
import { outsideRange, type RangeCode } from './ranges.ts'

export interface ScoredForecast {
  readonly id: string
  readonly chanceOfGain: number
  readonly soldShare: readonly number[]
  readonly priceIndex: readonly number[]
}

/** What a review foretold, to be scored later; undefined while more than one reading is open. */
export function forecastOf(review: FeasibilityReview): ScoredForecast | undefined {
  const [only, ...others] = review.appraisals
  if (!only || others.length > 0) return undefined
  const { soldShare, priceIndex, simulation } = only
  return { id: review.proposal.id, chanceOfGain: simulation.chanceOfGain, soldShare, priceIndex }
}

/** What happened, year by year from the first of operation; as many years as are known. */
export interface Actuals {
  readonly id: string
  /** undefined while it cannot be said yet */
  readonly gained: boolean | undefined
  readonly soldShare: readonly number[]
  readonly priceIndex: readonly number[]
}

export interface ReviewScore {
  readonly reviews: number
  readonly decided: number
  /** mean squared error of the chance of gain; a coin has 0.25; undefined while nothing is decided */
  readonly brier: number | undefined
  /** mean absolute error over the actual value; years with an actual of zero are left out and counted */
  readonly soldShareError: number | undefined
  readonly priceError: number | undefined
  readonly yearsLeftOut: number
}

type ScoreCode = RangeCode | 'feasibility.actuals_without_review'

/** @returns `feasibility.actuals_without_review` when actuals name a review that was never made */
export function scoreReviews(
  forecasts: readonly ScoredForecast[],
  actuals: readonly Actuals[],
): Decision<ReviewScore, ScoreCode> {
  const byId = new Map(forecasts.map((forecast) => [forecast.id, forecast]))
  const [squares, sold, price]: [number[], number[], number[]] = [[], [], []]
  let yearsLeftOut = 0
  for (const actual of actuals) {
    const forecast = byId.get(actual.id)
    if (!forecast) return refuse('feasibility.actuals_without_review', { id: actual.id })
    const refused = checked(forecast, actual)
    if (refused) return refused
    if (actual.gained !== undefined) {
      const error = forecast.chanceOfGain - (actual.gained ? 1 : 0)
      squares.push(error * error)
    }
    yearsLeftOut += relativeErrors(forecast.soldShare, actual.soldShare, sold)
    yearsLeftOut += relativeErrors(forecast.priceIndex, actual.priceIndex, price)
  }
  return accept({
    reviews: actuals.length,
    decided: squares.length,
    brier: mean(squares),
    soldShareError: mean(sold),
    priceError: mean(price),
    yearsLeftOut,
  })
}

function checked(forecast: ScoredForecast, actual: Actuals): ReturnType<typeof outsideRange> {
  const shares = [...forecast.soldShare, ...actual.soldShare]
  const prices = [...forecast.priceIndex, ...actual.priceIndex]
  return (
    outsideRange({ chanceOfGain: forecast.chanceOfGain }, { chanceOfGain: [0, 1] }) ??
    shares.map((soldShare) => outsideRange({ soldShare }, { soldShare: [0, 1] })).find(Boolean) ??
    prices.map((priceIndex) => outsideRange({ priceIndex }, { priceIndex: [0, 1e6] })).find(Boolean)
  )
}

function relativeErrors(forecast: readonly number[], actual: readonly number[], into: number[]): number {
  let leftOut = 0
  for (let year = 0; year < actual.length; year++) {
    const [expected, happened] = [forecast[year], actual[year]!]
    if (expected === undefined || happened === 0) leftOut++
    else into.push(Math.abs(expected - happened) / happened)
  }
  return leftOut
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}
