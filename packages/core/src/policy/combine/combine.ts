// Across programmes: which of many support the contracts of one applicant, which of them may be combined, and the best of
// the ways in which they may lawfully be. What a programme says of other public money (none of the same city, none of the
// district, a share of the contract over all of it) must hold in the end, whoever was asked first. An award is asked for
// in full: it takes what is left when its turn comes. That nothing better exists is proved by a certificate.
import type { Fen } from '../../money/index.ts'
import { certificateFaults, type Certificate } from './proof.ts'
import { searchCombinations } from './search.ts'
import {
  accountsOf,
  decideAlone,
  excludedBy,
  readsOthers,
  type AwardRequest,
  type CombinedContract,
  type Granted,
} from './view.ts'
import type { Determination, Facts } from '../determination.ts'
import type { Award, Programme } from '../programme.ts'

export interface Candidate {
  readonly programme: Programme
  readonly award: Award
  readonly contract: string
  /** what it comes to when nothing else is asked for */
  readonly alone: Determination
}

export interface CombinedGrant {
  readonly programme: string
  readonly award: string
  readonly contract: string
  readonly fen: Fen
  readonly binding: string | null
  /** the documents that its conditions ask for */
  readonly evidence: readonly string[]
}

/** How two awards stand to each other. */
export interface Relation {
  /** places in the certificate's requests */
  readonly between: readonly [number, number]
  /** excluded: only one of them · limited: one takes what the other leaves, of a shared cap or of the contract */
  readonly relation: 'excluded' | 'limited'
  /** whose conditions exclude the other, with their clause */
  readonly by: readonly { readonly request: number; readonly condition: string; readonly cite?: string }[]
}

export interface CombinationCertificate extends Certificate {
  /** what branches, bounds and relations count by their place */
  readonly requests: readonly {
    readonly programme: string
    readonly award: string
    readonly contract: string
  }[]
}

export interface Combination {
  /** every award that governs a contract, supported or not, with its reasons */
  readonly candidates: readonly Candidate[]
  /** the pairs that may not stand side by side, or share a limit; any other pair is free */
  readonly relations: readonly Relation[]
  /** in the order in which they are asked for */
  readonly best: readonly CombinedGrant[]
  readonly totalFen: Fen
  /** how many combinations were looked at, and how many more no text allows together */
  readonly tried: number
  readonly unlawful: number
  readonly certificate: CombinationCertificate
}

export interface CombinationInput {
  /** of the applicant; and of its one contract where `contracts` is left out */
  readonly facts: Facts
  /** other public money for the contract that is none of these programmes, such as a national voucher */
  readonly otherPublicFen?: Fen
  /** what all public money together may come to at most: the contract itself */
  readonly limitFen: Fen
  /** several contracts, each with its own facts beside those of the applicant; the two amounts above are not read then */
  readonly contracts?: readonly CombinedContract[]
}

/** More awards than this that can be supported at all are refused: no proof would be read to its end. */
export const MOST_CANDIDATES = 24

/**
 * The best among the awards that the facts decide; what needs more facts is a candidate with the facts it needs.
 * @returns undefined when more awards than `MOST_CANDIDATES` can be supported, or too many branches had to be followed
 */
export function combineProgrammes(
  programmes: readonly Programme[],
  input: CombinationInput,
): Combination | undefined {
  const contracts = contractsOf(input)
  const asked = requestsOf(programmes, contracts)
  const open = openOf(asked)
  if (open.length > MOST_CANDIDATES) return undefined
  const found = searchCombinations(open, contracts)
  if (found === undefined) return undefined
  const { branches, requests } = found
  const skipped = branches.flatMap((branch) => branch.skipped).filter(({ because }) => because === 'excluded')
  return {
    candidates: asked.map(({ contract, ...candidate }) => ({ ...candidate, contract: contract.id })),
    relations: relationsOf(requests),
    best: found.best.map(described),
    totalFen: found.totalFen,
    tried: branches.length,
    unlawful: branches.filter(({ lawful }) => !lawful).length + skipped.length,
    certificate: { requests: requests.map(named), branches },
  }
}

/**
 * Checks that no lawful combination comes to more, from the programmes and the certificate alone.
 * @returns what does not hold; empty when the certificate proves the total
 */
export function combinationFaults(
  programmes: readonly Programme[],
  input: CombinationInput,
  { certificate, totalFen, best }: Pick<Combination, 'certificate' | 'totalFen' | 'best'>,
): readonly string[] {
  const contracts = contractsOf(input)
  const open = openOf(requestsOf(programmes, contracts))
  const listed = certificate.requests.map((one) => open.find((request) => isNamed(request, one)))
  const requests = listed.filter((request) => request !== undefined)
  if (requests.length !== listed.length) return ['a request of the certificate is none of these programmes']
  if (new Set(requests).size < requests.length) return ['a request stands twice in the certificate']
  const left = open.filter((request) => !requests.includes(request))
  const sum = best.reduce((all, { fen }) => all + fen, 0n)
  const order = best.map((grant) => requests.findIndex((request) => isNamed(request, grant)))
  return [
    ...(sum === totalFen ? [] : ['the best combination does not add up to the total']),
    ...certificateFaults({
      requests,
      left,
      contracts,
      totalFen,
      best: order,
      branches: certificate.branches,
    }),
  ]
}

function contractsOf({ facts, contracts, limitFen, otherPublicFen }: CombinationInput): CombinedContract[] {
  if (contracts) return contracts.map((contract) => ({ ...contract, facts: { ...facts, ...contract.facts } }))
  return [{ id: '', facts, limitFen, otherPublicFen: otherPublicFen ?? 0n }]
}

function requestsOf(
  programmes: readonly Programme[],
  contracts: readonly CombinedContract[],
): AwardRequest[] {
  return contracts.flatMap((contract) =>
    programmes.flatMap((programme) =>
      programme.awards.flatMap((award) => {
        const alone = decideAlone({ programme, award, contract })
        return alone === undefined || alone.outcome === 'not_governed'
          ? []
          : [{ programme, award, contract, alone }]
      }),
    ),
  )
}

/** What the facts decide and what is not out for a reason of its own: a share of what others give is nothing alone. */
function openOf(requests: readonly AwardRequest[]): AwardRequest[] {
  return requests.filter(
    ({ alone, programme, award }) =>
      alone.outcome === 'supported' || (alone.outcome !== 'unknown' && readsOthers(programme, award)),
  )
}

function relationsOf(requests: readonly AwardRequest[]): Relation[] {
  return requests.flatMap((one, first) =>
    requests.slice(first + 1).flatMap((other, offset): Relation[] => {
      const second = first + 1 + offset
      const by = [
        ...excludedBy(one, other).map((condition) => ({ request: first, ...condition })),
        ...excludedBy(other, one).map((condition) => ({ request: second, ...condition })),
      ].map(({ request, id, cite }) => ({ request, condition: id, ...(cite === undefined ? {} : { cite }) }))
      const between = [first, second] as const
      if (by.length > 0) return [{ between, relation: 'excluded', by }]
      return shareLimit(one, other) ? [{ between, relation: 'limited', by }] : []
    }),
  )
}

/** A shared account, or one of them reads what the other gives for the contract. */
function shareLimit(one: AwardRequest, other: AwardRequest): boolean {
  const keys = new Set(accountsOf(one).map(({ account }) => account.key))
  const shared = accountsOf(other).find(({ account, headroom }) => {
    const wanted = (one.alone.ceilingFen ?? 0n) + (other.alone.ceilingFen ?? 0n)
    return keys.has(account.key) && (account.measure === 'count' ? headroom < 2n : headroom < wanted)
  })
  if (shared) return true
  if (one.contract !== other.contract || one.programme.id === other.programme.id) return false
  return readsOthers(one.programme, one.award) || readsOthers(other.programme, other.award)
}

function named({ programme, award, contract }: AwardRequest): CombinationCertificate['requests'][number] {
  return { programme: `${programme.id}@${programme.version}`, award: award.id, contract: contract.id }
}

function isNamed(
  request: AwardRequest,
  { programme, award, contract }: CombinationCertificate['requests'][number],
): boolean {
  const own = named(request)
  return own.programme === programme && own.award === award && own.contract === contract
}

function described({ request, found, fen }: Granted): CombinedGrant {
  const evidence = [...new Set(found.conditions.flatMap((condition) => condition.evidence))]
  return { ...named(request), fen, binding: found.binding, evidence }
}
