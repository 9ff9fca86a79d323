// A grant divided among the budgets that bear it, to the fen, so that the parts add up (largest remainder).
import { splitInProportion, type Fen } from '../money/index.ts'
import type { FundingShare, Programme, Text } from './programme.ts'

export interface FundedPart {
  readonly id: string
  readonly text: Text
  readonly fen: Fen
}

/** The shares over one denominator, and that denominator. */
export function fundingWeights(shares: readonly Pick<FundingShare, 'share'>[]): {
  readonly weights: readonly bigint[]
  readonly whole: bigint
} {
  const whole = shares.reduce((product, { share }) => product * share.denominator, 1n)
  return { weights: shares.map(({ share }) => (share.numerator * whole) / share.denominator), whole }
}

/** @returns what each budget bears of an amount; none where the programme names no more than one budget */
export function fundingParts({ funding = [] }: Programme, amount: Fen): readonly FundedPart[] {
  const parts = funding.length === 0 ? [] : splitInProportion(amount, fundingWeights(funding).weights)
  return funding.map(({ id, text }, index) => ({ id, text, fen: parts[index]! }))
}
