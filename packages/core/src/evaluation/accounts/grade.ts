// The design grade decides the word. A lottery · B cut-off or kink · C difference-in-differences whose trends ran
// parallel before · D matched or controlled · E before and after · F self-report. Only A, B and C may be called a net
// effect (净效果) and may use 带动; there is one door to that word, and it is here.
import { accept, refuse, type Decision } from '../../refusal.ts'
import { coversZero, type ConfidenceInterval, type Estimate } from '../estimate.ts'

export const DESIGN_GRADES = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export type DesignGrade = (typeof DESIGN_GRADES)[number]

/** What a number of each grade may be called. */
export type EffectWord = 'net_effect' | 'controlled_difference' | 'change' | 'self_report'

/** What lowered the grade: a check that the design owes and that failed or could not be made. */
export const DOWNGRADES = [
  'density_jumps',
  'density_not_tested',
  'trends_parted',
  'trends_not_testable',
  'two_periods_only',
  'unequal_attrition',
] as const
export type Downgrade = (typeof DOWNGRADES)[number]

/** What leaves the grade and qualifies the number. */
export const QUALIFICATIONS = [
  'few_units',
  'outcomes_missing',
  'assignment_missing',
  'rows_dropped',
  'units_dropped',
  'weak_first_stage',
] as const
export type Qualification = (typeof QUALIFICATIONS)[number]

/** A sentence that must stand beside the number. */
export type Caution = 'cannot_exclude_zero' | 'not_causal' | 'no_leverage_wording' | Downgrade | Qualification

export interface GradedEffect {
  readonly estimate: number
  readonly ci: ConfidenceInterval
  readonly grade: DesignGrade
  readonly word: EffectWord
  readonly cautions: readonly Caution[]
}

export function wordFor(grade: DesignGrade): EffectWord {
  if (grade === 'A' || grade === 'B' || grade === 'C') return 'net_effect'
  if (grade === 'D') return 'controlled_difference'
  return grade === 'E' ? 'change' : 'self_report'
}

export interface Findings {
  readonly cautions?: readonly (Downgrade | Qualification)[]
  /** of an exact test beside the interval: the more cautious of the two says whether zero is excluded */
  readonly exactP?: number
}

/** An estimate with the only word its design allows and the sentences it owes the reader. */
export function gradeEffect(
  estimate: Pick<Estimate, 'estimate' | 'ci'>,
  grade: DesignGrade,
  { cautions: found = [], exactP = 0 }: Findings = {},
): GradedEffect {
  const word = wordFor(grade)
  const cautions: Caution[] = coversZero(estimate.ci) || exactP >= 0.05 ? ['cannot_exclude_zero'] : []
  if (word !== 'net_effect') cautions.push('not_causal', 'no_leverage_wording')
  return { estimate: estimate.estimate, ci: estimate.ci, grade, word, cautions: [...cautions, ...found] }
}

declare const net: unique symbol
/** An effect whose design carries the word; formulas that need a net effect accept nothing else. */
export type NetEffect = GradedEffect & { readonly [net]: true }

/** The door: grades D, E and F are refused with `evaluation.not_a_net_effect`. */
export function asNetEffect(effect: GradedEffect): Decision<NetEffect, 'evaluation.not_a_net_effect'> {
  // the word is derived again, so that a record from outside cannot carry a better one than its grade
  return wordFor(effect.grade) === 'net_effect' && effect.word === 'net_effect'
    ? accept(effect as NetEffect)
    : refuse('evaluation.not_a_net_effect', { grade: effect.grade })
}
