// Where applications go, and how long they stay: each counts under the furthest stage it reached, so that whoever
// reached a stage went on from it, is still there, or ended there; none is counted twice.
import { workingDaysLeft, type Day } from '../calendar/index.ts'

/** In their order. `approved`: the reviewer's decision stands, the notice is not out. */
export const funnelStages = [
  'opened',
  'submitted',
  'approved',
  'announced',
  'granted',
  'claimed',
  'paid',
] as const

export type FunnelStage = (typeof funnelStages)[number]

export interface FunnelCase {
  /** the day on which a stage was first reached */
  readonly reachedOn: Readonly<Partial<Record<FunnelStage, Day>>>
  /** refused, withdrawn, lapsed, or its voucher went back unused: it goes no further */
  readonly ended: boolean
}

export interface FunnelLine {
  readonly stage: FunnelStage
  readonly entered: number
  readonly waiting: number
  readonly left: number
  /** half of those that went on took at most so many; null while nobody went on */
  readonly medianWorkingDays: number | null
}

/** @param stages those that the way has, in order; a way without claims leaves `claimed` out */
export function funnelOf(
  cases: readonly FunnelCase[],
  stages: readonly FunnelStage[] = funnelStages,
): readonly FunnelLine[] {
  const furthest = cases.map(({ reachedOn }) =>
    stages.reduce((far, stage, index) => (reachedOn[stage] === undefined ? far : index), -1),
  )
  return stages.map((stage, index) => {
    const here = cases.filter((_, at) => furthest[at] === index)
    const left = index === stages.length - 1 ? 0 : here.filter(({ ended }) => ended).length
    return {
      stage,
      entered: furthest.filter((far) => far >= index).length,
      waiting: index === stages.length - 1 ? 0 : here.length - left,
      left,
      medianWorkingDays: medianOf(cases.flatMap(({ reachedOn }) => daysBefore(reachedOn, stages, index))),
    }
  })
}

/** The working days from a stage to the next that was reached. */
function daysBefore(
  reachedOn: FunnelCase['reachedOn'],
  stages: readonly FunnelStage[],
  index: number,
): number[] {
  const from = reachedOn[stages[index]!]
  const next = stages.slice(index + 1).find((stage) => reachedOn[stage] !== undefined)
  const to = next === undefined ? undefined : reachedOn[next]
  if (from === undefined || to === undefined) return []
  const counted = workingDaysLeft(from, to)
  return counted.ok ? [Math.max(0, counted.value.days)] : []
}

function medianOf(values: readonly number[]): number | null {
  const ordered = [...values].sort((left, right) => left - right)
  return ordered[Math.floor((ordered.length - 1) / 2)] ?? null
}
