// Determination of a whole population: columnar code where the rules have it, `determine` row by row where a fact is
// unknown, a rule fails or has no columnar code. Both say the same of every row: a test holds them together.
import { dayFromNumber, dayNumber, type Day } from '../../calendar/index.ts'
import { awardNamed } from '../caps.ts'
import type { Act } from '../prepared.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { determine, determineRedemption, type DeterminationRefusal } from '../determine.ts'
import type { Outcome } from '../determination.ts'
import type { Award, Programme } from '../programme.ts'
import { referencesOf } from '../references.ts'
import { NotColumnar } from './code.ts'
import {
  expressionsFor,
  kernelOf,
  OUTCOMES,
  rulesFor,
  type Kernel,
  type Span,
  type Written,
} from './kernel.ts'
import { rowOf, type Population } from './population.ts'

export interface PopulationDetermined {
  readonly rows: number
  /** ids of the conditions, by their bit in `failed` */
  readonly conditions: readonly string[]
  /** what may bind, by its number in `binding` less 1: legs, limits, caps */
  readonly binds: readonly string[]
  /** bit `c % 32` of array `c / 32` is 1 where condition c fails */
  readonly failed: readonly Uint32Array[]
  /** by place in `outcomes` */
  readonly outcome: Uint8Array
  readonly outcomes: readonly Outcome[]
  /** the ceiling in fen, a whole number below 2^53; NaN while unknown */
  readonly ceilingFen: Float64Array
  /** what cut the amount last, from 1, of rows that are supported or exhausted; 0 for nothing */
  readonly binding: Uint8Array
  /** rows that were determined one by one */
  readonly byRow: number
  /** why no row could be determined by columns; null where they could */
  readonly notColumnar: string | null
}

export interface PopulationInput {
  readonly population: Population
  readonly act: Act
  /** needed when the programme has more than one award */
  readonly award?: string
}

/**
 * @returns what `determine` or `determineRedemption` says of every row; `policy.award_not_named`,
 * `policy.no_redemption`, `policy.facts_not_valid`
 */
export function determinePopulation(
  programme: Programme,
  { population, act, award: id }: PopulationInput,
): Decision<PopulationDetermined, DeterminationRefusal> {
  const award = awardNamed(programme.awards, id)
  if (!award) return refuse('policy.award_not_named', { awards: programme.awards.map((item) => item.id) })
  if (act === 'payment' && !programme.redemption)
    return refuse('policy.no_redemption', { programme: programme.id })
  const { conditions, binds } = rulesFor(programme, award, act)
  const written = emptyOf(population.rows, conditions.length)
  const { kernels, reason } = kernelsOf(programme, award, { population, act })
  let rest = 0
  for (const kernel of kernels) rest = kernel(written, rest)
  if (reason !== null) rest = everyRow(written.rest)
  const refusal = byRow(programme, award, { population, act, written, rest })
  if (refusal) return refusal
  const { failed, outcome, ceilingFen, binding } = written
  return accept({
    rows: population.rows,
    conditions: conditions.map((item) => item.id),
    binds,
    failed,
    outcome,
    outcomes: OUTCOMES,
    ceilingFen,
    binding,
    byRow: rest,
    notColumnar: reason,
  })
}

function emptyOf(rows: number, conditions: number): Written {
  const words = Math.max(1, Math.ceil(conditions / 32))
  return {
    failed: Array.from({ length: words }, () => new Uint32Array(rows)),
    outcome: new Uint8Array(rows),
    ceilingFen: new Float64Array(rows),
    binding: new Uint8Array(rows),
    // the code writes one place ahead of what it keeps
    rest: new Uint32Array(rows + 1),
  }
}

function everyRow(rest: Uint32Array): number {
  for (let row = 0; row < rest.length - 1; row++) rest[row] = row
  return rest.length - 1
}

interface Task {
  readonly population: Population
  readonly act: Act
}

function kernelsOf(
  programme: Programme,
  award: Award,
  task: Task,
): { readonly kernels: readonly Kernel[]; readonly reason: string | null } {
  try {
    const spans = spansOf(programme, award, task.act)
    return { kernels: spans.map((span) => kernelOf({ programme, award, ...task, span })), reason: null }
  } catch (error) {
    if (error instanceof NotColumnar) return { kernels: [], reason: error.message }
    throw error
  }
}

/** The spans of governing days between which a parameter that is read changes. */
function spansOf(programme: Programme, award: Award, act: Act): readonly Span[] {
  const { parameters } = referencesOf(programme, expressionsFor(programme, award, act))
  const changes = [...parameters].flatMap((name) =>
    programme.parameters[name]!.values.slice(1).map(({ from }) => dayNumber(from)),
  )
  const starts = [-Infinity, ...[...new Set(changes)].sort((left, right) => left - right)]
  return starts.map((from, index) => {
    const next = starts[index + 1]
    const on: Day = dayFromNumber(
      from === -Infinity ? (next ?? dayNumber(programme.governs.from)) - (next === undefined ? 0 : 1) : from,
    )
    return { from, to: next === undefined ? Infinity : next - 1, on }
  })
}

interface Rest extends Task {
  readonly written: Written
  readonly rest: number
}

function byRow(
  programme: Programme,
  award: Award,
  { population, act, written, rest }: Rest,
): Decision<never, DeterminationRefusal> | undefined {
  const { conditions, binds } = rulesFor(programme, award, act)
  const bits = new Map(conditions.map((item, bit) => [item.id, bit]))
  const determineRow = act === 'grant' ? determine : determineRedemption
  for (let index = 0; index < rest; index++) {
    const row = written.rest[index]!
    const found = determineRow(programme, { ...rowOf(programme.facts, population, row), award: award.id })
    if (!found.ok) return found
    const { failed, outcome, ceilingFen, binding } = found.value
    for (const word of written.failed) word[row] = 0
    for (const id of failed) written.failed[bits.get(id)! >> 5]![row]! |= 1 << (bits.get(id)! & 31)
    written.outcome[row] = OUTCOMES.indexOf(outcome)
    written.ceilingFen[row] = ceilingFen === null ? Number.NaN : Number(ceilingFen)
    const binds_ = outcome === 'supported' || outcome === 'exhausted'
    written.binding[row] = binds_ && binding !== null ? binds.indexOf(binding) + 1 : 0
  }
  return undefined
}
