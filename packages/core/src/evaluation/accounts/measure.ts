// A measure is a formula with its unit, the inputs it needs and how sure it is. It sees nothing but the inputs it
// names; a missing input makes it unknown, an effect gives it the effect's grade and word.
import type { ConfidenceInterval } from '../estimate.ts'
import {
  gradeEffect,
  wordFor,
  type Caution,
  type DesignGrade,
  type Downgrade,
  type EffectWord,
  type GradedEffect,
} from './grade.ts'
import { INPUTS, type EffectFact, type FactOf, type Facts, type InputKey, type InputValue } from './inputs.ts'

export type IndicatorId = `${'E' | 'S'}${number}`

/** Where the uncertainty of a measure comes from. */
export type Uncertainty =
  | 'none'
  | 'measurement'
  | 'effect'
  | 'binomial'
  | 'bootstrap'
  | 'simulation'
  | 'survey'

export type MeasureCaution =
  | Caution
  | 'equals_inverse_rate_when_uncapped'
  | 'interval_unbounded'
  | 'ladder_not_monotone'
  | 'response_below_half'

export interface Computed {
  readonly value: number
  readonly interval?: ConfidenceInterval
  readonly groups?: Readonly<Record<string, number>>
  readonly cautions?: readonly MeasureCaution[]
}

export interface Measure {
  readonly indicator: IndicatorId
  readonly name: string
  readonly unit: string
  /** as published beside the number */
  readonly formula: string
  /** at most one of them is an effect, whose grade and word the measure takes */
  readonly needs: readonly InputKey[]
  readonly uncertainty: Uncertainty
  /** null when a denominator is zero or a needed effect is zero */
  readonly compute: (facts: Facts) => Computed | null
}

/** Declares a measure; `compute` is given exactly the inputs that `needs` names. */
export function measure<Key extends InputKey>(definition: {
  readonly indicator: IndicatorId
  readonly name: string
  readonly unit: string
  readonly formula: string
  readonly needs: readonly Key[]
  readonly uncertainty?: Uncertainty
  readonly compute: (inputs: { readonly [K in Key]: InputValue<K> }) => Computed | number | null
}): Measure {
  return {
    ...definition,
    uncertainty: definition.uncertainty ?? 'none',
    compute: (facts) => {
      const inputs = Object.fromEntries(definition.needs.map((key) => [key, valueOf(key, facts)]))
      const result = definition.compute(inputs as { readonly [K in Key]: InputValue<K> })
      return typeof result === 'number' ? { value: result } : result
    },
  }
}

function valueOf(key: InputKey, facts: Facts): unknown {
  const fact = facts[key] as FactOf<InputKey>
  if ('value' in fact) return fact.value
  if ('values' in fact) return fact.values
  if ('groups' in fact) return fact.groups
  return 'cells' in fact ? fact.cells : fact
}

/** A ratio, or null when there is nothing to divide by. */
export function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

/** An effect times a known number, interval included. */
export function scale(effect: { estimate: number; ci: ConfidenceInterval }, factor: number): Computed {
  const ends = [effect.ci[0] * factor, effect.ci[1] * factor]
  return { value: effect.estimate * factor, interval: [Math.min(...ends), Math.max(...ends)] }
}

export interface KnownMeasure {
  readonly status: 'known'
  readonly value: number
  readonly interval: ConfidenceInterval | null
  readonly groups?: Readonly<Record<string, number>>
  /** null for counts and ratios that claim no effect */
  readonly grade: DesignGrade | null
  readonly word: EffectWord | null
  readonly cautions: readonly MeasureCaution[]
  /** of the effect behind it: units, months after the award, p-values of its checks */
  readonly evidence: Pick<EffectFact, (typeof EVIDENCE)[number]> | null
}

export type MeasureOutcome =
  | KnownMeasure
  | { readonly status: 'unknown'; readonly missing: readonly InputKey[] }
  | { readonly status: 'undefined' }

export type MeasureResult = Pick<Measure, 'indicator' | 'name' | 'unit' | 'formula' | 'uncertainty'> & {
  readonly outcome: MeasureOutcome
  readonly inputs: readonly {
    readonly input: InputKey
    readonly source: string
    readonly cutOn: string
    readonly n?: number
    readonly missingShare?: number
  }[]
}

/** One measure from what is known: its value with everything that must be published beside it, or what is missing. */
export function evaluateMeasure(definition: Measure, facts: Facts): MeasureResult {
  const { indicator, name, unit, formula, uncertainty, needs } = definition
  const inputs = needs.flatMap((input) => {
    const fact = facts[input]
    if (fact === undefined) return []
    return [{ input, source: fact.source, cutOn: fact.cutOn, ...picked(fact, ['n', 'missingShare']) }]
  })
  return { indicator, name, unit, formula, uncertainty, inputs, outcome: outcomeOf(definition, facts) }
}

const EVIDENCE = ['nTreated', 'nControl', 'horizonMonths', 'checks'] as const

function outcomeOf(definition: Measure, facts: Facts): MeasureOutcome {
  const missing = definition.needs.filter((key) => facts[key] === undefined)
  if (missing.length > 0) return { status: 'unknown', missing }
  const computed = definition.compute(facts)
  if (computed === null || !Number.isFinite(computed.value)) return { status: 'undefined' }
  const interval = computed.interval?.every(Number.isFinite) ? computed.interval : null
  const effectKey = definition.needs.find((key) => INPUTS[key].kind === 'effect')
  const effect = effectKey && (facts[effectKey] as EffectFact)
  const graded = effect && gradeFact(effect)
  return {
    status: 'known',
    value: computed.value,
    interval,
    ...(computed.groups === undefined ? {} : { groups: computed.groups }),
    grade: graded?.grade ?? null,
    word: graded?.word ?? null,
    cautions: [...(computed.cautions ?? []), ...(graded?.cautions ?? [])],
    evidence: effect ? picked(effect, EVIDENCE) : null,
  }
}

const CHECKS: Readonly<Record<string, Downgrade>> = {
  preTrend: 'trends_parted',
  manipulation: 'density_jumps',
  attrition: 'unequal_attrition',
}

/** An effect whose own checks failed is worth no more than D, whatever grade it came with. */
function gradeFact(effect: EffectFact): GradedEffect {
  const failed = Object.entries(effect.checks ?? {}).flatMap(([name, p]) =>
    p < 0.05 && CHECKS[name] !== undefined ? [CHECKS[name]] : [],
  )
  const lowered = failed.length > 0 && wordFor(effect.grade) === 'net_effect'
  return gradeEffect(effect, lowered ? 'D' : effect.grade, { cautions: failed })
}

/** The named fields that are there. */
function picked<Item extends object, Key extends keyof Item>(
  item: Item,
  keys: readonly Key[],
): { readonly [K in Key]?: NonNullable<Item[K]> } {
  const present = keys.filter((key) => item[key] !== undefined).map((key) => [key, item[key]])
  return Object.fromEntries(present) as { readonly [K in Key]?: NonNullable<Item[K]> }
}
