// 专家评审: what a panel's scores say together. It advises; people decide. Totals are weighted means of whole points from
// 0 to 100, in exact tenths rounded half up, so that everybody who adds them up finds the same figure. A panel needs
// three opinions: with fewer, neither a middle nor a spread means anything.
import { assert } from '../assert.ts'

export const EXPERTS_AT_LEAST = 3

/** Two experts further apart than this have not judged the same thing: the minutes should say why. In tenths of a point. */
export const WIDE_SPREAD_TENTHS = 300

export const recommendations = ['support', 'support_with_conditions', 'oppose'] as const

export type Recommendation = (typeof recommendations)[number]

export interface Opinion {
  /** whole points 0 to 100, one a criterion, in the order of the weights */
  readonly points: readonly number[]
  readonly recommendation: Recommendation
}

export interface Spread {
  readonly lowestTenths: number
  readonly meanTenths: number
  readonly highestTenths: number
}

export interface PanelSummary {
  readonly total: Spread
  /** one a criterion */
  readonly criteria: readonly Spread[]
  readonly recommended: Readonly<Record<Recommendation, number>>
  /** the experts are further apart than `WIDE_SPREAD_TENTHS` */
  readonly wide: boolean
}

/**
 * @param weights whole numbers above zero, one a criterion
 * @returns null without opinions
 */
export function summarisePanel(
  weights: readonly number[],
  opinions: readonly Opinion[],
): PanelSummary | null {
  if (opinions.length === 0) return null
  const total = spreadOf(opinions.map(({ points }) => totalTenths(weights, points)))
  const count = (asked: Recommendation): number =>
    opinions.filter(({ recommendation }) => recommendation === asked).length
  return {
    total,
    criteria: weights.map((_, index) => spreadOf(opinions.map(({ points }) => points[index]! * 10))),
    recommended: {
      support: count('support'),
      support_with_conditions: count('support_with_conditions'),
      oppose: count('oppose'),
    },
    wide: total.highestTenths - total.lowestTenths > WIDE_SPREAD_TENTHS,
  }
}

/** One expert's weighted mean, in tenths of a point. */
export function totalTenths(weights: readonly number[], points: readonly number[]): number {
  assert(weights.length === points.length, 'one score a criterion')
  const weighted = weights.reduce((sum, weight, index) => sum + weight * points[index]!, 0)
  return halfUp(weighted * 10, sumOf(weights))
}

function spreadOf(tenths: readonly number[]): Spread {
  return {
    lowestTenths: Math.min(...tenths),
    meanTenths: halfUp(sumOf(tenths), tenths.length),
    highestTenths: Math.max(...tenths),
  }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

/** A quotient of whole numbers to the nearest whole number; a half goes up. */
const halfUp = (dividend: number, divisor: number): number =>
  Math.floor((2 * dividend + divisor) / (2 * divisor))
