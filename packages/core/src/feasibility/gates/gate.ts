// What a gate is: one question that a proposal must answer, held by known facts, failed by known facts, or unknown
// with the facts that would settle it. Reasons are codes; their sentences stand with the text layer.
import type { ClauseId } from '../benchmarks.ts'
import type { Appraisal } from '../economics.ts'
import type { Fact, FactPath, PReading, Proposal } from '../proposal.ts'
import type { ChipSum, ChipTable, Reading } from '../readings.ts'
import type { GateReason } from './reasons.ts'

export type GateStatus = 'held' | 'failed' | 'unknown'
export type GateValue = number | string | boolean | readonly string[]

export interface Judgement {
  readonly status: GateStatus
  readonly reason: GateReason
  readonly values?: Readonly<Record<string, GateValue>>
  /** paths of the facts that would settle an unknown gate or mend a failed one */
  readonly needs?: readonly FactPath[]
  /** of an expansion: each earlier phase by itself, in the order of the proposal */
  readonly byPhase?: readonly Omit<Judgement, 'byReading' | 'byPhase'>[]
  readonly byReading?: readonly (Omit<Judgement, 'byReading'> & { readonly reading: PReading })[]
}

export interface GateContext {
  readonly proposal: Proposal
  readonly chips: ChipTable
  /** undefined while the chip list is unknown, only assumed, or not in the table */
  readonly chipSum: ChipSum | undefined
  /** false while the size rests on an assumed chip list or precision */
  readonly sizeIsFirm: boolean
  readonly readings: readonly Reading[]
  /** by reading; missing where the outlay or the P_d16 is not known */
  readonly appraisals: ReadonlyMap<PReading, Appraisal>
  /** the value of a fact that may decide: undefined when it is unknown or only assumed */
  readonly firm: <Value>(fact: Fact<Value>) => Value | undefined
}

export interface GateRule<Id extends string = string> {
  readonly id: Id
  /** a proven failure says 不宜建设; one that the applicant can mend sends the proposal back */
  readonly blocking: boolean
  readonly clause: ClauseId
  readonly judge: (context: GateContext) => Judgement
}

/** Sums of decimal shares are compared with this slack, so that 0.2 + 0.1 is not above 0.3. */
export const SLACK = 1e-9

export function held(reason: GateReason, values?: Judgement['values']): Judgement {
  return values ? { status: 'held', reason, values } : { status: 'held', reason }
}

export function failed(
  reason: GateReason,
  needs: readonly FactPath[],
  values?: Judgement['values'],
): Judgement {
  return values ? { status: 'failed', reason, needs, values } : { status: 'failed', reason, needs }
}

export function unknown(
  reason: GateReason,
  needs: readonly FactPath[],
  values?: Judgement['values'],
): Judgement {
  return values ? { status: 'unknown', reason, needs, values } : { status: 'unknown', reason, needs }
}

/** The paths whose values are not there, in the order given. */
export function missingOf(values: Partial<Record<FactPath, unknown>>): FactPath[] {
  return (Object.keys(values) as FactPath[]).filter((path) => values[path] === undefined)
}

/** One judgement over all readings: held or failed only when every reading is, else unknown until they are settled. */
export function overReadings(
  context: GateContext,
  judge: (reading: Reading) => Judgement,
  reason: GateReason,
): Judgement {
  const byReading = context.readings.map((reading) => ({ reading: reading.reading, ...judge(reading) }))
  const first = byReading[0]
  if (!first) return unknown('no_reading', ['compute.chips', 'compute.claimedPetaflops'])
  if (!context.sizeIsFirm)
    return { ...unknown('size_assumed', ['compute.chips', 'compute.reading']), byReading }
  if (byReading.every((each) => each.status === first.status)) {
    const { reading: _, ...judgement } = first
    return { ...judgement, byReading }
  }
  return { ...unknown(reason, ['compute.reading', 'compute.chips']), byReading }
}
