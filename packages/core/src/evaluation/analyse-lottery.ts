// A lottery from a table: difference in means (within strata when it was drawn by strata, weighted when the chances
// were stored), a permutation test, the adjusted estimates, take-up and the bounds when outcomes are missing. Grade A
// while both arms are observed about equally, else D. Attrition is counted over every row whose arm is known, whatever
// else it lacks; rows without an arm are counted apart. Whether zero is excluded is said by the permutation test too,
// which needs no large sample.
import { accept, refuse, type Decision } from '../refusal.ts'
import { gradeEffect, type Downgrade, type Qualification } from './accounts/grade.ts'
import { droppedCaution, groupsOf, yesNo, type Analysed } from './analyse.ts'
import { estimateOf, finite, type Estimate } from './estimate.ts'
import { isConstant, type EstimatorCode } from './estimators/codes.ts'
import {
  adjustedDifference,
  differenceInMeans,
  leeBounds,
  permutationP,
  takeUpEffect,
  weightedDifference,
  type AdjustedEstimate,
  type GroupComparison,
  type LeeBounds,
  type LotteryData,
  type TakeUp,
} from './estimators/lottery.ts'
import { completeRows, numbers, type Table, type TableCode } from './table.ts'

export interface LotteryQuestion {
  readonly outcome: string
  readonly treated: string
  /** column of the strata that the draw was made in */
  readonly stratum?: string
  /** column of the stored chance of being drawn */
  readonly chance?: string
  /** column of who used what was offered */
  readonly used?: string
  readonly covariates?: readonly string[]
  /** of the permutation test; when left out 10,000, fewer when the table is very long */
  readonly draws?: number
  readonly seed?: string
}

/** Outcomes that are not there, as shares of the rows whose arm is known. */
export interface LotteryAttrition {
  /** rows with a known arm, and rows of the file without one */
  readonly assigned: number
  readonly unassigned: number
  readonly overall: number
  readonly treated: number
  readonly control: number
  /** between the arms, in size */
  readonly differential: number
}

export interface LotteryAnswer extends GroupComparison, Analysed {
  /** of the unweighted difference; drawn anew within strata, or among equal stored chances */
  readonly permutationP: number
  readonly permutationDraws: number
  readonly ancova: AdjustedEstimate | null
  readonly lin: AdjustedEstimate | null
  readonly takeUp: TakeUp | null
  readonly bounds: LeeBounds
  readonly attrition: LotteryAttrition
  /** how `estimate` was made */
  readonly weighting: 'none' | 'strata' | 'chances'
}

export type LotteryCode = EstimatorCode | TableCode | 'evaluation.no_first_stage'

/** Shares of outcomes seen may differ by a tenth before the lottery no longer speaks for itself. */
const MOST_UNEQUAL_ATTRITION = 0.1
/** Beyond these shares what is missing is said beside the result. */
const MUCH_ATTRITION = 0.05
const UNEQUAL_ATTRITION = 0.03
/** Below this size of an arm the normal interval is too narrow to be read alone. */
const FEW_UNITS = 20
/** First-stage F below which the effect per user is not to be trusted (Staiger and Stock 1997). */
const WEAK_FIRST_STAGE = 10

export function analyseLottery(
  table: Table,
  question: LotteryQuestion,
): Decision<LotteryAnswer, LotteryCode> {
  const read = readLottery(table, question)
  if (!read.ok) return read
  const { columns, whole, dropped } = read.value
  const data: LotteryData = { outcome: columns.outcome!, treated: columns.treated! }
  const plain = differenceInMeans(data)
  if (!plain.ok) return plain
  if (isConstant(data.outcome)) return refuse('evaluation.no_variation', { column: question.outcome })
  const headline = headlineOf(data, plain.value, columns)
  if (!headline.ok) return headline
  const { draws = usualDraws(data.outcome.length), seed = 'lottery' } = question
  const blocks = columns.stratum ?? columns.chance
  const strata = blocks === undefined ? {} : { strata: blocks }
  const permutation = permutationP(data, { draws, seed, ...strata })
  if (!permutation.ok) return permutation
  const bounds = leeBounds(whole)
  if (!bounds.ok) return bounds
  const takeUp = columns.used && takeUpEffect(data, columns.used)
  if (takeUp && !takeUp.ok) return takeUp
  const adjusted = (method: 'ancova' | 'lin'): AdjustedEstimate | null => {
    if (columns.covariates.length === 0) return null
    const result = adjustedDifference(data, columns.covariates, method)
    return result.ok ? result.value : null
  }
  const attrition = attritionOf(whole, bounds.value)
  const found = { plain: plain.value, bounds: bounds.value, attrition, takeUp: takeUp ? takeUp.value : null }
  const cautions = [...cautionsOf(found), ...droppedCaution(data.outcome.length, dropped)]
  return finite({
    ...plain.value,
    ...headline.value.estimate,
    weighting: headline.value.weighting,
    permutationP: permutation.value,
    permutationDraws: draws,
    ancova: adjusted('ancova'),
    lin: adjusted('lin'),
    takeUp: found.takeUp,
    bounds: bounds.value,
    attrition,
    effect: gradeEffect(headline.value.estimate, cautions.includes('unequal_attrition') ? 'D' : 'A', {
      cautions,
      // with unequal chances the permutations are those of another statistic
      ...(columns.chance === undefined ? { exactP: permutation.value } : {}),
    }),
    rows: data.outcome.length,
    dropped,
  })
}

function attritionOf({ outcome, treated, unassigned }: WholeLottery, bounds: LeeBounds): LotteryAttrition {
  const seen = outcome.filter((value) => !Number.isNaN(value)).length
  return {
    assigned: treated.length,
    unassigned,
    overall: 1 - seen / treated.length,
    treated: 1 - bounds.observedTreated,
    control: 1 - bounds.observedControl,
    differential: Math.abs(bounds.observedTreated - bounds.observedControl),
  }
}

function cautionsOf({
  plain,
  bounds,
  attrition,
  takeUp,
}: {
  readonly plain: GroupComparison
  readonly bounds: LeeBounds
  readonly attrition: LotteryAttrition
  readonly takeUp: TakeUp | null
}): (Downgrade | Qualification)[] {
  const { assigned, unassigned, overall, differential } = attrition
  const cautions: (Downgrade | Qualification)[] = []
  if (bounds.trimmed > MOST_UNEQUAL_ATTRITION) cautions.push('unequal_attrition')
  else if (overall > MUCH_ATTRITION || differential > UNEQUAL_ATTRITION) cautions.push('outcomes_missing')
  if (unassigned > MUCH_ATTRITION * (assigned + unassigned)) cautions.push('assignment_missing')
  if (Math.min(plain.nTreated, plain.nControl) < FEW_UNITS) cautions.push('few_units')
  if (takeUp !== null && takeUp.firstStageF < WEAK_FIRST_STAGE) cautions.push('weak_first_stage')
  return cautions
}

/** About two hundred million steps at most: a second or two. */
function usualDraws(rows: number): number {
  return Math.max(199, Math.min(10_000, Math.floor(2e8 / rows)))
}

interface LotteryColumns {
  readonly outcome?: Float64Array
  readonly treated?: Float64Array
  readonly stratum?: Float64Array
  readonly chance?: Float64Array
  readonly used?: Float64Array
  readonly covariates: readonly Float64Array[]
}

/** Every row whose arm is known, with NaN where the outcome is missing. */
interface WholeLottery extends LotteryData {
  /** rows of the file that no arm is known of */
  readonly unassigned: number
}

function readLottery(
  table: Table,
  question: LotteryQuestion,
): Decision<{ columns: LotteryColumns; whole: WholeLottery; dropped: number }, LotteryCode> {
  const { stratum, chance, used, covariates = [] } = question
  const wanted = {
    outcome: numbers(table, question.outcome),
    treated: yesNo(table, question.treated),
    ...(stratum === undefined ? {} : { stratum: groupsOf(table, stratum) }),
    ...(chance === undefined ? {} : { chance: numbers(table, chance) }),
    ...(used === undefined ? {} : { used: yesNo(table, used) }),
  }
  const names: string[] = []
  const columns: Float64Array[] = []
  for (const [name, column] of Object.entries(wanted)) {
    if (!column.ok) return column
    names.push(name)
    columns.push(column.value)
  }
  for (const name of covariates) {
    const column = numbers(table, name)
    if (!column.ok) return column
    columns.push(column.value)
  }
  const complete = completeRows(columns)
  const known = columns[1]!.map((value, row) => (Number.isNaN(value) ? -1 : row)).filter((row) => row >= 0)
  return accept({
    columns: {
      ...Object.fromEntries(names.map((name, index) => [name, complete.columns[index]!])),
      covariates: complete.columns.slice(names.length),
    },
    whole: {
      outcome: Float64Array.from(known, (row) => columns[0]![row]!),
      treated: Float64Array.from(known, (row) => columns[1]![row]!),
      unassigned: columns[1]!.length - known.length,
    },
    dropped: complete.dropped,
  })
}

function headlineOf(
  data: LotteryData,
  plain: GroupComparison,
  columns: LotteryColumns,
): Decision<{ estimate: Estimate; weighting: LotteryAnswer['weighting'] }, EstimatorCode> {
  if (columns.chance) {
    const weighted = weightedDifference(data, columns.chance)
    return weighted.ok ? accept({ estimate: weighted.value, weighting: 'chances' }) : weighted
  }
  if (columns.stratum) {
    const within = differenceWithinStrata(data, columns.stratum)
    return within.ok ? accept({ estimate: within.value, weighting: 'strata' }) : within
  }
  return accept({ estimate: estimateOf(plain.estimate, plain.se), weighting: 'none' })
}

/** The differences of the strata, weighted by their size. */
function differenceWithinStrata(data: LotteryData, stratum: Float64Array): Decision<Estimate, EstimatorCode> {
  let [estimate, variance] = [0, 0]
  for (const group of new Set(stratum)) {
    const part = differenceInMeans({
      outcome: data.outcome.filter((_, row) => stratum[row] === group),
      treated: data.treated.filter((_, row) => stratum[row] === group),
    })
    if (!part.ok) return part
    const share = (part.value.nTreated + part.value.nControl) / stratum.length
    estimate += share * part.value.estimate
    variance += share * share * part.value.se * part.value.se
  }
  return accept(estimateOf(estimate, Math.sqrt(variance)))
}
