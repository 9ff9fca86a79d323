// The search for the best lawful combination: branch and bound over the orders in which awards may be asked for. An
// award takes all that is left to it when its turn comes. Every branch is closed for a stated reason, and the list of
// them is the certificate that `proof.ts` checks without searching.
import type { Fen } from '../../money/index.ts'
import { boundOf, sharedAccounts, type Bound, type SharedAccount } from './bound.ts'
import {
  decideAmong,
  excludedBy,
  grantOf,
  isLawful,
  roofOf,
  sumOf,
  viewKey,
  type AwardRequest,
  type CombinedContract,
  type Granted,
} from './view.ts'

/** Why what could be asked for next is not followed from a branch. */
export interface Skip {
  readonly request: number
  /** excluded by an award of the branch · nothing left for it · the same grants are found in another order */
  readonly because: 'excluded' | 'nothing' | 'other_order'
  /** the award of the branch that excludes it, or with which it changes places */
  readonly by?: number
}

export interface Branch {
  /** the awards asked for, one after the other, by their place in the certificate's requests */
  readonly path: readonly number[]
  readonly grantedFen: Fen
  readonly lawful: boolean
  /** the most that can still be added; null on a branch that is followed */
  readonly closedBy: Bound | null
  readonly skipped: readonly Skip[]
}

export interface Searched {
  readonly requests: readonly AwardRequest[]
  readonly branches: readonly Branch[]
  readonly best: readonly Granted[]
  readonly totalFen: Fen
}

/** More branches than these are not followed: no answer is better than one without its proof. */
const MOST_BRANCHES = 20_000

interface Search {
  readonly requests: readonly AwardRequest[]
  readonly roofs: readonly Fen[]
  /** both ways: neither can be granted beside the other */
  readonly excludes: readonly (readonly boolean[])[]
  readonly shared: readonly SharedAccount[]
  readonly known: Map<string, Granted | undefined>
  readonly branches: Branch[]
  best: readonly Granted[]
  totalFen: Fen
  exhausted: boolean
}

/** @returns undefined when more than `MOST_BRANCHES` would have to be followed */
export function searchCombinations(
  open: readonly AwardRequest[],
  contracts: readonly CombinedContract[],
): Searched | undefined {
  const ranked = open
    .map((request) => ({ request, roof: roofOf(request, contracts) }))
    .filter(({ roof }) => roof > 0n)
    .toSorted((left, right) => (left.roof === right.roof ? 0 : left.roof > right.roof ? -1 : 1))
  const requests = ranked.map(({ request }) => request)
  const excludes = requests.map((one) =>
    requests.map((two) => excludedBy(one, two).length > 0 || excludedBy(two, one).length > 0),
  )
  const search: Search = {
    requests,
    roofs: ranked.map(({ roof }) => roof),
    excludes,
    shared: sharedAccounts(requests),
    known: new Map(),
    branches: [],
    best: [],
    totalFen: 0n,
    exhausted: false,
  }
  follow(search, [], [])
  if (search.exhausted) return undefined
  const { branches, best, totalFen } = search
  return { requests, branches, best, totalFen }
}

function follow(search: Search, path: readonly number[], granted: readonly Granted[]): void {
  if (search.branches.length >= MOST_BRANCHES) search.exhausted = true
  if (search.exhausted) return
  const grantedFen = sumOf(granted)
  const lawful = isLawful(granted)
  if (lawful && grantedFen > search.totalFen) [search.best, search.totalFen] = [granted, grantedFen]
  const bound = boundOf({ ...search, path, granted })
  if (grantedFen + bound.fen <= search.totalFen) {
    search.branches.push({ path, grantedFen, lawful, closedBy: bound, skipped: [] })
    return
  }
  const skipped: Skip[] = []
  search.branches.push({ path, grantedFen, lawful, closedBy: null, skipped })
  search.requests.forEach((_, request) => {
    if (path.includes(request)) return
    const skip = skipOf(search, path, granted, request)
    if (skip) skipped.push(skip)
    else follow(search, [...path, request], [...granted, turnOf(search, request, granted)!])
  })
}

function skipOf(
  search: Search,
  path: readonly number[],
  granted: readonly Granted[],
  request: number,
): Skip | undefined {
  const excluding = path.find((other) => search.excludes[request]![other])
  if (excluding !== undefined) return { request, because: 'excluded', by: excluding }
  const now = turnOf(search, request, granted)
  if (now === undefined) return { request, because: 'nothing' }
  const last = path.at(-1)
  if (last === undefined || request > last) return undefined
  const before = granted.slice(0, -1)
  const sooner = turnOf(search, request, before)
  if (sooner?.fen !== now.fen) return undefined
  const later = turnOf(search, last, [...before, sooner])
  const same =
    later?.fen === granted.at(-1)!.fen && sameYear(search.requests[last]!, search.requests[request]!)
  return same ? { request, because: 'other_order', by: last } : undefined
}

/** Two awards of one programme may count each other in the applicant's year, whatever they come to. */
export function sameYear(one: AwardRequest, other: AwardRequest): boolean {
  return one.programme.id !== other.programme.id || !countsItsYear(one) || !countsItsYear(other)
}

function countsItsYear({ contract: { facts } }: AwardRequest): boolean {
  return (
    facts['applicant.compute_contracts_year'] !== undefined || facts['applicant.grants_before'] !== undefined
  )
}

/** What the request is granted after the others; equal views are decided once. */
function turnOf(search: Search, request: number, granted: readonly Granted[]): Granted | undefined {
  const asked = search.requests[request]!
  const key = `${request} ${viewKey(asked, granted)}`
  if (!search.known.has(key)) search.known.set(key, grantOf(asked, decideAmong(asked, granted)))
  return search.known.get(key)
}
