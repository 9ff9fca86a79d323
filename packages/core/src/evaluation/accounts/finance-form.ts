// The finance bureau's form (财预〔2020〕10号: decision, process, output, benefit) from the rows of the scorecard, so
// that nobody types a number twice. The weights are our assumption until a bureau states its own; output and benefit
// together must weigh at least 60 of 100.
import { assert } from '../../assert.ts'
import type { IndicatorId, MeasureResult } from './measure.ts'
import type { Scorecard } from './scorecard.ts'

export type FormDimension = 'decision' | 'process' | 'output' | 'benefit'

export interface FormWeights {
  readonly basis: 'assumed' | 'stated'
  readonly weights: Readonly<Record<FormDimension, number>>
}

export const ASSUMED_WEIGHTS: FormWeights = {
  basis: 'assumed',
  weights: { decision: 10, process: 20, output: 35, benefit: 35 },
}

const DIMENSION: Readonly<Partial<Record<IndicatorId, FormDimension>>> = {
  E01: 'process',
  E02: 'process',
  E17: 'process',
  S14: 'process',
  S15: 'process',
  S16: 'decision',
  E18: 'decision',
  E03: 'output',
  E10: 'output',
  E13: 'output',
  E15: 'output',
  S01: 'output',
  S02: 'output',
  S03: 'output',
  S04: 'output',
  S05: 'output',
  S06: 'output',
  S07: 'output',
  S09: 'output',
  S13: 'output',
}

export interface FinanceForm {
  readonly basis: FormWeights['basis']
  readonly dimensions: readonly {
    readonly dimension: FormDimension
    readonly weight: number
    readonly rows: readonly MeasureResult[]
    /** rows whose value is not known */
    readonly unknown: number
  }[]
}

/** Everything that is neither decision, process nor output is a benefit. */
export function financeForm(card: Scorecard, form: FormWeights = ASSUMED_WEIGHTS): FinanceForm {
  const { weights } = form
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
  assert(
    total === 100 && weights.output + weights.benefit >= 60,
    'weights are 100, output and benefit at least 60',
  )
  const rows = [...card.economic, ...card.social]
  return {
    basis: form.basis,
    dimensions: (['decision', 'process', 'output', 'benefit'] as const).map((dimension) => {
      const own = rows.filter(({ indicator }) => (DIMENSION[indicator] ?? 'benefit') === dimension)
      const unknown = own.filter(({ outcome }) => outcome.status !== 'known').length
      return { dimension, weight: weights[dimension], rows: own, unknown }
    }),
  }
}
