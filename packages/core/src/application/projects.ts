// 择优立项: candidates are ranked by what experts gave, the best that the pool can carry are selected, the next wait in
// reserve. A selected project signs its agreement (任务书), is paid a first part, files for acceptance by its day, and is
// paid the second part by the result; where acceptance fails or lapses, all that was paid is taken back.
//
// Rank: the higher mean; of equal means the one whose lowest expert gave more; of these who was complete first; then the
// lower number. Nobody is overtaken: in each pool the line is drawn before the first whom it cannot carry.
import { assert } from '../assert.ts'
import type { Instant } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import { transitions, type Workflow } from './workflow.ts'

export const projectTable: Workflow = {
  id: 'W5.project',
  version: 1,
  initial: 'agreement',
  transitions: transitions(`
    agreement -sign(clerk)-> signed
    agreement -withdraw(clerk)-> withdrawn
    agreement -lapse(system)-> lapsed
    signed -countersign(reviewer)-> running
    signed -withdraw(clerk)-> withdrawn
    running -extend(reviewer)-> running
    running -file(clerk)-> filed
    running -abandon(clerk)-> failed
    running -lapse(system)-> failed
    filed -return_filing(reviewer)-> running
    filed -conclude(reviewer)-> concluded
    concluded -reopen(reviewer)-> filed
    concluded -accept(reviewer)-> accepted
    concluded -fail(reviewer)-> failed
  `),
  clocks: [
    { state: 'agreement', awaited: 'clerk', limit: 'agreement' },
    { state: 'signed', awaited: 'reviewer', limit: 'countersignature' },
    { state: 'running', awaited: 'clerk', limit: null },
    { state: 'filed', awaited: 'reviewer', limit: 'acceptance' },
    { state: 'concluded', awaited: 'reviewer', limit: 'acceptance' },
  ],
}

/** 优秀、合格、不合格 */
export const acceptanceResults = ['excellent', 'qualified', 'failed'] as const

export type AcceptanceResult = (typeof acceptanceResults)[number]

/** A candidate with what its panel gave; amounts as they were admitted. */
export interface Candidate {
  readonly id: string
  readonly number: string
  readonly meanTenths: number
  readonly lowestTenths: number
  readonly completeAt: Instant
  /** the pools that would pay it, and how much each */
  readonly draws: readonly { readonly pool: string; readonly amountFen: Fen }[]
}

export interface Line {
  /** what is left in each pool */
  readonly leftFen: ReadonlyMap<string, Fen>
  /** how many more projects the programme takes; null where it sets no number */
  readonly most: number | null
  /** below this mean nobody is selected or kept, in tenths of a point */
  readonly leastTenths: number
  /** how many of the next are kept in reserve */
  readonly reserves: number
}

export type Place = 'selected' | 'reserve' | 'passed_over'

export interface Ranked<Each extends Candidate = Candidate> {
  readonly candidate: Each
  /** from 1 */
  readonly rank: number
  readonly place: Place
  /** why it is not selected; null where it is */
  readonly because: 'below_least' | 'pool' | 'number' | null
}

/** Everybody by rank, with the line drawn. */
export function selectByRank<Each extends Candidate>(
  candidates: readonly Each[],
  line: Line,
): readonly Ranked<Each>[] {
  const left = new Map(line.leftFen)
  const short = new Set<string>()
  let selected = 0
  let reserved = 0
  return [...candidates].sort(compareCandidates).map((candidate, index): Ranked<Each> => {
    const each = { candidate, rank: index + 1 }
    if (candidate.meanTenths < line.leastTenths)
      return { ...each, place: 'passed_over', because: 'below_least' }
    const because = whyNot(candidate, line, { left, short, selected })
    if (because === null) {
      for (const { pool, amountFen } of candidate.draws) left.set(pool, (left.get(pool) ?? 0n) - amountFen)
      selected += 1
      return { ...each, place: 'selected', because }
    }
    for (const { pool } of candidate.draws) short.add(pool)
    reserved += 1
    return { ...each, place: reserved <= line.reserves ? 'reserve' : 'passed_over', because }
  })
}

interface Drawn {
  readonly left: ReadonlyMap<string, Fen>
  /** pools in which the line is drawn */
  readonly short: ReadonlySet<string>
  readonly selected: number
}

function whyNot(
  { draws }: Candidate,
  { most }: Line,
  { left, short, selected }: Drawn,
): 'pool' | 'number' | null {
  if (most !== null && selected >= most) return 'number'
  const carried = draws.every(
    ({ pool, amountFen }) => !short.has(pool) && amountFen <= (left.get(pool) ?? 0n),
  )
  return carried ? null : 'pool'
}

export function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.meanTenths - a.meanTenths ||
    b.lowestTenths - a.lowestTenths ||
    a.completeAt - b.completeAt ||
    (a.number < b.number ? -1 : 1)
  )
}

/** One part of what a project is granted, and the results of acceptance that pay it; none: paid when it starts. */
export interface PaymentPart {
  readonly amountFen: Fen
  readonly on: readonly AcceptanceResult[]
}

/** An approved amount in the proportion of the programme's parts: each rounded up to a yuan, the last one takes the rest. */
export function partsOf(amountFen: Fen, parts: readonly PaymentPart[]): readonly Fen[] {
  const whole = parts.reduce((sum, part) => sum + part.amountFen, 0n)
  assert(parts.length > 0 && whole > 0n, 'a project is paid in parts that the programme names')
  let left = amountFen
  return parts.map(({ amountFen: named }, index) => {
    const yuan = (amountFen * named + whole * 100n - 1n) / (whole * 100n)
    const share = index === parts.length - 1 || yuan * 100n > left ? left : yuan * 100n
    left -= share
    return share
  })
}
