// The two accounts of one programme and year: every measure with everything published beside it, the claims of others
// in their own list, and the finance bureau's form made from the same rows.
import { ECONOMIC_ACCOUNT } from './economic.ts'
import { QUOTED_CLAIMS, type QuotedClaim } from './claims.ts'
import type { Facts, InputKey } from './inputs.ts'
import { evaluateMeasure, type MeasureResult } from './measure.ts'
import { SOCIAL_ACCOUNT } from './social.ts'

export interface Scorecard {
  readonly programme: string
  readonly year: number
  readonly economic: readonly MeasureResult[]
  readonly social: readonly MeasureResult[]
  readonly claims: readonly QuotedClaim[]
  /** inputs that would turn unknown measures into known ones, most useful first */
  readonly stillNeeded: readonly { readonly input: InputKey; readonly measures: number }[]
}

export function scorecard(programme: string, year: number, facts: Facts): Scorecard {
  const economic = ECONOMIC_ACCOUNT.map((definition) => evaluateMeasure(definition, facts))
  const social = SOCIAL_ACCOUNT.map((definition) => evaluateMeasure(definition, facts))
  const counts = new Map<InputKey, number>()
  for (const { outcome } of [...economic, ...social])
    if (outcome.status === 'unknown')
      for (const input of outcome.missing) counts.set(input, (counts.get(input) ?? 0) + 1)
  const stillNeeded = [...counts]
    .map(([input, measures]) => ({ input, measures }))
    .sort((a, b) => b.measures - a.measures || (a.input < b.input ? -1 : 1))
  return { programme, year, economic, social, claims: QUOTED_CLAIMS, stillNeeded }
}
