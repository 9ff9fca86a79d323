// Before anybody proposes a sweep (免申即享): over all firms of a register and all programmes, who would qualify on the
// data already held, and what is missing for the rest, fact by fact, with where it would have to come from. Nothing is
// awarded by looking.
import type { Fen } from '../money/index.ts'
import { accept, type Decision } from '../refusal.ts'
import {
  determine,
  determinePopulation,
  grantFacts,
  rowOf,
  type Balances,
  type DeterminationRefusal,
  type Outcome,
  type Population,
  type Programme,
} from '../policy/index.ts'
import { factOrigins, type FactOrigin } from './fact-origins.ts'

export interface MissingFact {
  readonly fact: string
  /** where an application would take it from; null of a parameter that only an adoption sets */
  readonly origin: FactOrigin | null
  /** firms whose award depends on it */
  readonly firms: number
}

export interface SweepReadiness {
  readonly programme: string
  readonly award: string
  /** automatic: its own way · could be: nothing that it reads has to be asked of the firm or found by a reviewer ·
   * asks: it reads what firms state or people find */
  readonly kind: 'automatic' | 'could_be' | 'asks'
  readonly firms: Readonly<Record<Outcome, number>>
  /** of those that qualify, each as if it came alone */
  readonly ceilingFen: Fen
  /** rows of the population that qualify */
  readonly qualifying: readonly number[]
  /** most firms first */
  readonly missing: readonly MissingFact[]
}

const HELD: readonly FactOrigin[] = ['register', 'matched', 'contract', 'platform']

/** @returns for each award what the data already held come to */
export function registrySweep(
  programme: Programme,
  population: Population,
): Decision<readonly SweepReadiness[], DeterminationRefusal> {
  const found: SweepReadiness[] = []
  for (const award of programme.awards) {
    const swept = sweepAward(programme, award.id, population)
    if (!swept.ok) return swept
    found.push(swept.value)
  }
  return accept(found)
}

function sweepAward(
  programme: Programme,
  award: string,
  population: Population,
): Decision<SweepReadiness, DeterminationRefusal> {
  const made = determinePopulation(programme, { population, act: 'grant', award })
  if (!made.ok) return made
  const { outcome, outcomes, ceilingFen } = made.value
  const firms = Object.fromEntries(outcomes.map((each) => [each, 0])) as Record<Outcome, number>
  const missing = new Map<string, number>()
  const qualifying: number[] = []
  let total = 0n
  for (let row = 0; row < population.rows; row += 1) {
    const said = outcomes[outcome[row]!]!
    firms[said] += 1
    if (said === 'supported') {
      qualifying.push(row)
      total += BigInt(ceilingFen[row]!)
    }
    if (said !== 'unknown') continue
    const { facts, balances } = rowOf(programme.facts, population, row) as {
      facts: Parameters<typeof determine>[1]['facts']
      balances: Balances
    }
    const one = determine(programme, { facts, balances, award })
    for (const fact of one.ok ? one.value.needed : []) missing.set(fact, (missing.get(fact) ?? 0) + 1)
  }
  const origins = new Map(factOrigins(programme).map(({ fact, origin }) => [fact.path, origin]))
  return accept({
    programme: `${programme.id}@${programme.version}`,
    award,
    kind: kindOf(programme, award),
    firms,
    ceilingFen: total,
    qualifying,
    missing: [...missing]
      .map(([fact, count]) => ({ fact, origin: origins.get(fact) ?? null, firms: count }))
      .toSorted((left, right) => right.firms - left.firms || (left.fact < right.fact ? -1 : 1)),
  })
}

function kindOf(programme: Programme, award: string): SweepReadiness['kind'] {
  if (programme.procedure?.way === 'W6') return 'automatic'
  const own = { ...programme, awards: programme.awards.filter(({ id }) => id === award) }
  const read = new Set(grantFacts(own).map(({ path }) => path))
  const all = factOrigins(own).filter(({ fact }) => read.has(fact.path))
  return all.every(({ origin }) => HELD.includes(origin)) ? 'could_be' : 'asks'
}
