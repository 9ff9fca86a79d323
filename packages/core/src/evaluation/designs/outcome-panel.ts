// The monthly table of outcomes for all applicants, winners and losers alike, 24 months back and 36 forward, from
// registers and meters rather than surveys; and who is missing from it. Were the two groups alike before?
import { differenceInMeans } from '../estimators/lottery.ts'

export const MONTHS_BACK = 24
export const MONTHS_FORWARD = 36

export interface PanelMember {
  readonly id: string
  readonly treated: boolean
  /** outcome by month relative to the decision, −24 … 36; a month that is not there is missing */
  readonly months: ReadonlyMap<number, number>
}

export interface Attrition {
  readonly month: number
  readonly missingTreated: number
  readonly missingControl: number
  /** two-sided p-value of the difference; null when a group has fewer than two members */
  readonly pValue: number | null
}

/** Shares missing in each month up to `lastMonth` (36 unless the programme is younger). */
export function attritionOf(
  members: readonly PanelMember[],
  lastMonth = MONTHS_FORWARD,
): readonly Attrition[] {
  const treated = Float64Array.from(members, (member) => (member.treated ? 1 : 0))
  const reports: Attrition[] = []
  for (let month = -MONTHS_BACK; month <= Math.min(lastMonth, MONTHS_FORWARD); month++) {
    const missing = Float64Array.from(members, ({ months }) => (months.has(month) ? 0 : 1))
    const test = differenceInMeans({ outcome: missing, treated })
    reports.push({
      month,
      missingTreated: share(missing, treated, 1),
      missingControl: share(missing, treated, 0),
      pValue: test.ok ? test.value.pValue : null,
    })
  }
  return reports
}

export interface Balance {
  readonly name: string
  /** difference of means over the pooled standard deviation */
  readonly standardised: number | null
  readonly pValue: number | null
}

/** What was known before, compared between the groups: beyond 0.25 they were not alike (Imbens and Rubin 2015). */
export function balanceOf(
  covariates: Readonly<Record<string, Float64Array>>,
  treated: Float64Array,
): readonly Balance[] {
  return Object.entries(covariates).map(([name, outcome]) => {
    const test = differenceInMeans({ outcome, treated })
    if (!test.ok) return { name, standardised: null, pValue: null }
    const { estimate, meanTreated, meanControl, pValue } = test.value
    let squares = 0
    outcome.forEach((value, row) => {
      const off = value - (treated[row] === 1 ? meanTreated : meanControl)
      squares += off * off
    })
    const deviation = Math.sqrt(squares / (outcome.length - 2))
    return { name, standardised: deviation > 0 ? estimate / deviation : null, pValue }
  })
}

function share(missing: Float64Array, treated: Float64Array, group: number): number {
  let [count, sum] = [0, 0]
  missing.forEach((value, row) => {
    if (treated[row] !== group) return
    count++
    sum += value
  })
  return count === 0 ? 0 : sum / count
}
