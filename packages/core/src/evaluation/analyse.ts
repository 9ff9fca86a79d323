// From a table and named columns to a graded result: the one path that the command line, the portal and the yearly
// scorecard share. Rows with a missing value are left out and counted; the checks that a design owes (manipulation,
// pre-trends, attrition) run by themselves and decide the grade.
import { accept, refuse, type Decision } from '../refusal.ts'
import { gradeEffect, type Downgrade, type GradedEffect, type Qualification } from './accounts/grade.ts'
import type { EffectFact } from './accounts/inputs.ts'
import { finite } from './estimate.ts'
import { isConstant, type EstimatorCode } from './estimators/codes.ts'
import { densityTest, type DensityTest } from './estimators/density.ts'
import {
  differenceInDifferences,
  type DifferenceInDifferences,
} from './estimators/difference-in-differences.ts'
import {
  discontinuity,
  kink,
  type Discontinuity,
  type DiscontinuityCode,
  type DiscontinuityOptions,
} from './estimators/discontinuity.ts'
import { completeRows, isMissing, labels, numbers, type Table, type TableCode } from './table.ts'

export interface Analysed {
  readonly effect: GradedEffect
  /** rows used and rows left out because a value was missing */
  readonly rows: number
  readonly dropped: number
}

/** Beyond this share of rows left out, the rest may not be what was meant. */
const MUCH_DROPPED = 0.05

/** The caution that left-out rows owe. */
export function droppedCaution(rows: number, dropped: number): readonly 'rows_dropped'[] {
  return dropped > MUCH_DROPPED * (rows + dropped) ? ['rows_dropped'] : []
}

const YES = new Set(['1', 'true', 'TRUE', 'True', 'yes', '是'])
const NO = new Set(['0', 'false', 'FALSE', 'False', 'no', '否'])

/** A result as a fact of the scorecard. */
export function effectFact(
  { effect, rows, dropped }: Analysed,
  provenance: Pick<EffectFact, 'source' | 'cutOn' | 'nTreated' | 'nControl' | 'horizonMonths' | 'checks'>,
): EffectFact {
  const { estimate, ci, grade } = effect
  return { ...provenance, estimate, ci, grade, n: rows, missingShare: dropped / Math.max(rows + dropped, 1) }
}

/** A column of 0 and 1, written as numbers or as yes and no; NaN where missing. */
export function yesNo(
  table: Table,
  name: string,
): Decision<Float64Array, TableCode | 'evaluation.not_binary'> {
  const cells = labels(table, name)
  if (!cells.ok) return cells
  const values = new Float64Array(cells.value.length)
  for (const [row, cell] of cells.value.entries()) {
    const value =
      YES.has(cell) || Number(cell) === 1
        ? 1
        : NO.has(cell) || (cell !== '' && Number(cell) === 0)
          ? 0
          : Number.NaN
    if (Number.isNaN(value) && !isMissing(cell)) return refuse('evaluation.not_binary', { column: name })
    values[row] = value
  }
  return accept(values)
}

/** Each row's group as 0, 1, 2 … in order of appearance; NaN where missing. */
export function groupsOf(table: Table, name: string): Decision<Float64Array, TableCode> {
  const cells = labels(table, name)
  if (!cells.ok) return cells
  const codes = new Map<string, number>()
  const groups = new Float64Array(cells.value.length)
  for (const [row, cell] of cells.value.entries()) {
    if (!codes.has(cell)) codes.set(cell, codes.size)
    groups[row] = isMissing(cell) ? Number.NaN : codes.get(cell)!
  }
  return accept(groups)
}

export interface CutoffQuestion extends DiscontinuityOptions {
  readonly outcome: string
  readonly running: string
  readonly cutoff: number
  /** column of who was in fact treated: makes the design fuzzy */
  readonly treated?: string
}

export interface CutoffAnswer extends Discontinuity, Analysed {
  /** null when the running variable has too few points for the test */
  readonly manipulation: DensityTest | null
}

/** A score cut-off. Grade B while the density test sees nobody moved across it; D when it does or cannot be made. */
export function analyseCutoff(
  table: Table,
  question: CutoffQuestion,
): Decision<CutoffAnswer, DiscontinuityCode | TableCode> {
  return atCutoff(table, question, (data, options) => discontinuity(data, options))
}

export interface KinkQuestion extends CutoffQuestion {
  /** change of the support's slope at the cap: −rate where it ends */
  readonly slopeChange?: number
}

/** A kink of the support at a cap. */
export function analyseKink(
  table: Table,
  question: KinkQuestion,
): Decision<CutoffAnswer, DiscontinuityCode | TableCode> {
  const { slopeChange } = question
  const slope = slopeChange === undefined ? {} : { slopeChange }
  return atCutoff(table, question, (data, options) => kink(data, { ...options, ...slope }))
}

function atCutoff(
  table: Table,
  question: CutoffQuestion,
  estimator: typeof discontinuity,
): Decision<CutoffAnswer, DiscontinuityCode | TableCode> {
  if (!Number.isFinite(question.cutoff))
    return refuse('evaluation.bad_option', { option: 'cutoff', value: String(question.cutoff) })
  const parts = [numbers(table, question.outcome), numbers(table, question.running)]
  const treatment = question.treated === undefined ? [] : [yesNo(table, question.treated)]
  const all: Float64Array[] = []
  for (const part of [...parts, ...treatment]) {
    if (!part.ok) return part
    all.push(part.value)
  }
  const { columns, dropped } = completeRows(all)
  const [outcome, running, treated] = columns
  const data = {
    outcome: outcome!,
    running: running!,
    cutoff: question.cutoff,
    ...(treated === undefined ? {} : { treated }),
  }
  const result = estimator(data, question)
  if (!result.ok) return result
  const density = densityTest(running!, question.cutoff)
  const manipulation = density.ok ? density.value : null
  const cautions: (Downgrade | Qualification)[] =
    manipulation === null ? ['density_not_tested'] : manipulation.pValue < 0.05 ? ['density_jumps'] : []
  const grade = cautions.length === 0 ? 'B' : 'D'
  cautions.push(...droppedCaution(outcome!.length, dropped))
  return finite({
    ...result.value,
    effect: gradeEffect(result.value, grade, { cautions }),
    manipulation,
    rows: outcome!.length,
    dropped,
  })
}

export interface DensityAnswer extends DensityTest {
  /** false when the density jumps, at 5 per cent */
  readonly passed: boolean
  readonly rows: number
  readonly dropped: number
}

/** The density test alone. */
export function analyseDensity(
  table: Table,
  question: { readonly running: string; readonly cutoff: number; readonly bandwidth?: number },
): Decision<DensityAnswer, EstimatorCode | TableCode | 'evaluation.cutoff_outside'> {
  const read = numbers(table, question.running)
  if (!read.ok) return read
  if (!Number.isFinite(question.cutoff))
    return refuse('evaluation.bad_option', { option: 'cutoff', value: String(question.cutoff) })
  const running = read.value.filter((value) => Number.isFinite(value))
  const result = densityTest(running, question.cutoff, question.bandwidth)
  if (!result.ok) return result
  return finite({
    ...result.value,
    passed: result.value.pValue >= 0.05,
    rows: running.length,
    dropped: read.value.length - running.length,
  })
}

export interface DifferenceQuestion {
  readonly outcome: string
  readonly treated: string
  readonly post: string
  /** column of units or districts for clustered errors */
  readonly cluster?: string
  readonly covariates?: readonly string[]
}

/** Two groups and two periods: grade D, since nothing in it can show that trends ran parallel. */
export function analyseDifference(
  table: Table,
  question: DifferenceQuestion,
): Decision<DifferenceInDifferences & Analysed, EstimatorCode | TableCode> {
  const parts = [yesNo(table, question.treated), yesNo(table, question.post)]
  if (question.cluster !== undefined) parts.push(groupsOf(table, question.cluster))
  const names = [question.outcome, ...(question.covariates ?? [])]
  const columns: Float64Array[] = []
  for (const part of [...parts, ...names.map((name) => numbers(table, name))]) {
    if (!part.ok) return part
    columns.push(part.value)
  }
  const complete = completeRows(columns)
  const [treated, post, ...others] = complete.columns
  const cluster = question.cluster === undefined ? undefined : others.shift()
  const [outcome, ...covariates] = others
  if (isConstant(outcome!)) return refuse('evaluation.no_variation', { column: question.outcome })
  const result = differenceInDifferences({
    outcome: outcome!,
    treated: treated!,
    post: post!,
    covariates,
    ...(cluster === undefined ? {} : { cluster }),
  })
  if (!result.ok) return result
  return finite({
    ...result.value,
    effect: gradeEffect(result.value, 'D', {
      cautions: ['two_periods_only', ...droppedCaution(outcome!.length, complete.dropped)],
    }),
    rows: outcome!.length,
    dropped: complete.dropped,
  })
}
