// Across programmes: which of many support one contract of one applicant, and the best of the ways in which they may
// lawfully be combined. What a programme says of other public money (none of the same city, none of the district, a
// share of the contract over all of it) must hold in the end, whoever was asked first. Every order in which awards may
// be asked for is tried, so that no better combination is left: an award takes what is left when its turn comes.
import type { Fen } from '../money/index.ts'
import type { Balances, Determination, Facts } from './determination.ts'
import { determine } from './determine.ts'
import type { Award, Programme } from './programme.ts'

export interface Candidate {
  readonly programme: Programme
  readonly award: Award
  /** what it comes to when nothing else is asked for */
  readonly alone: Determination
}

export interface CombinedGrant {
  readonly programme: string
  readonly award: string
  readonly fen: Fen
  readonly binding: string | null
  /** the documents that its conditions ask for */
  readonly evidence: readonly string[]
}

export interface Combination {
  /** every award that governs the contract, supported or not, with its reasons */
  readonly candidates: readonly Candidate[]
  readonly best: readonly CombinedGrant[]
  readonly totalFen: Fen
  /** how many combinations were tried to the end, and how many of them no text allows together */
  readonly tried: number
  readonly unlawful: number
}

export interface CombinationInput {
  readonly facts: Facts
  /** other public money for the contract that is none of these programmes, such as a national voucher */
  readonly otherPublicFen?: Fen
  /** what all public money together may come to at most: the contract itself */
  readonly limitFen: Fen
}

/** More awards than this for one contract are refused: their orders are too many to try. */
export const MOST_CANDIDATES = 7

/** @returns undefined when more awards than `MOST_CANDIDATES` support the contract */
export function combineProgrammes(
  programmes: readonly Programme[],
  input: CombinationInput,
): Combination | undefined {
  const candidates = programmes.flatMap((programme) =>
    programme.awards.flatMap((award) => candidateOf(programme, award, input)),
  )
  const open = candidates.filter(({ alone }) => alone.outcome === 'supported')
  if (open.length > MOST_CANDIDATES) return undefined
  const search: Search = { input, best: [], totalFen: 0n, tried: 0, unlawful: 0 }
  extend(search, [], open)
  const { best, totalFen, tried, unlawful } = search
  return { candidates, best: best.map(described), totalFen, tried, unlawful }
}

function candidateOf(programme: Programme, award: Award, input: CombinationInput): Candidate[] {
  const alone = decide({ programme, award }, [], input)
  return alone === undefined || alone.outcome === 'not_governed' ? [] : [{ programme, award, alone }]
}

interface Grant extends Pick<Candidate, 'programme' | 'award'> {
  readonly found: Determination
  readonly fen: Fen
}

interface Search {
  readonly input: CombinationInput
  best: readonly Grant[]
  totalFen: Fen
  tried: number
  unlawful: number
}

/** Tries every order of what is left; a combination counts when no text in it is broken by what came later. */
function extend(search: Search, granted: readonly Grant[], left: readonly Candidate[]): void {
  if (granted.length > 0) {
    search.tried += 1
    const total = sumOf(granted)
    if (!isLawful(search.input, granted, total)) search.unlawful += 1
    else if (total > search.totalFen) [search.best, search.totalFen] = [granted, total]
  }
  left.forEach((candidate, index) => {
    const found = decide(candidate, granted, search.input)
    const fen = found?.outcome === 'supported' ? (found.ceilingFen ?? 0n) : 0n
    if (found === undefined || fen === 0n) return
    extend(search, [...granted, { ...candidate, found, fen }], left.toSpliced(index, 1))
  })
}

function isLawful(input: CombinationInput, granted: readonly Grant[], total: Fen): boolean {
  if (total + (input.otherPublicFen ?? 0n) > input.limitFen) return false
  return granted.every((grant) => {
    const others = granted.filter((other) => other !== grant)
    const again = decide(grant, others, input)
    return again?.outcome === 'supported' && (again.ceilingFen ?? 0n) >= grant.fen
  })
}

/** A determination that knows what the other awards give. */
function decide(
  { programme, award }: Pick<Candidate, 'programme' | 'award'>,
  others: readonly Grant[],
  { facts, otherPublicFen = 0n }: CombinationInput,
): Determination | undefined {
  const foreign = others.filter((other) => other.programme.id !== programme.id)
  const given = {
    ...facts,
    'contract.other_public_money': otherPublicFen + sumOf(foreign),
    'contract.other_city_subsidy':
      facts['contract.other_city_subsidy'] === true ||
      foreign.some((other) => levelOf(other.programme) === 'city'),
    'contract.district_subsidy':
      facts['contract.district_subsidy'] === true ||
      foreign.some((other) => levelOf(other.programme) === 'district'),
  }
  const balances = usedBy(others.filter((other) => other.programme.id === programme.id))
  const decision = determine(programme, { facts: given, balances, award: award.id })
  return decision.ok ? decision.value : undefined
}

/** What awards of the same programme have already taken from the caps they share. */
function usedBy(grants: readonly Grant[]): Balances {
  const used: Record<string, { granted: bigint }> = {}
  for (const { account, take } of grants.flatMap(({ found }) => found.headrooms))
    used[account.cap] = { granted: (used[account.cap]?.granted ?? 0n) + take }
  return used
}

const MUNICIPALITIES = ['11', '12', '31', '50']

/** Whose money it is, by GB/T 2260: 市级 of a municipality is the code of the municipality itself. */
function levelOf({ jurisdiction }: Programme): 'province' | 'city' | 'district' {
  if (!jurisdiction.endsWith('00')) return 'district'
  if (!jurisdiction.endsWith('0000')) return 'city'
  return MUNICIPALITIES.includes(jurisdiction.slice(0, 2)) ? 'city' : 'province'
}

function sumOf(grants: readonly Grant[]): Fen {
  return grants.reduce((sum, { fen }) => sum + fen, 0n)
}

function described({ programme, award, found, fen }: Grant): CombinedGrant {
  const evidence = [...new Set(found.conditions.flatMap((condition) => condition.evidence))]
  const name = `${programme.id}@${programme.version}`
  return { programme: name, award: award.id, fen, binding: found.binding, evidence }
}
