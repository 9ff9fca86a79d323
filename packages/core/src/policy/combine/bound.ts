// The most that a branch can still add, as a cover: every award that is left stands in at least one part, and a part
// says how much all of its awards can come to together at most. The sum of the parts is the bound, whichever parts are
// chosen; a better choice only closes more branches.
import type { Fen } from '../../money/index.ts'
import { accountsOf, roomOf, type AwardRequest, type Granted } from './view.ts'

export interface BoundPart {
  /** contract: what public money leaves of it · cap: what is left of an account, or its number of grants ·
   * exclusive: awards that exclude each other, of which one is granted · alone: one award by itself */
  readonly of: 'contract' | 'cap' | 'exclusive' | 'alone'
  /** the contract, or the key of the account */
  readonly name: string
  readonly requests: readonly number[]
  readonly fen: Fen
}

export interface Bound {
  readonly fen: Fen
  readonly parts: readonly BoundPart[]
}

/** A cap account through which several of the requests go. */
export interface SharedAccount {
  readonly key: string
  readonly measure: 'fen' | 'count'
  readonly headroom: bigint
  readonly requests: readonly number[]
}

export interface Open {
  readonly requests: readonly AwardRequest[]
  readonly roofs: readonly Fen[]
  readonly excludes: readonly (readonly boolean[])[]
  readonly shared: readonly SharedAccount[]
  readonly path: readonly number[]
  readonly granted: readonly Granted[]
}

export function sharedAccounts(requests: readonly AwardRequest[]): SharedAccount[] {
  const found = new Map<string, { measure: 'fen' | 'count'; headroom: bigint; requests: number[] }>()
  requests.forEach((request, index) => {
    for (const { account, headroom } of accountsOf(request)) {
      const { key, measure } = account
      const known = found.get(key) ?? { measure, headroom, requests: [] }
      known.requests.push(index)
      if (headroom > known.headroom) known.headroom = headroom
      found.set(key, known)
    }
  })
  return [...found].map(([key, account]) => ({ key, ...account })).filter((it) => it.requests.length > 1)
}

/** What is left of an account for further grants: fen, or a number of them. */
export function leftOf({ key, headroom }: SharedAccount, granted: readonly Granted[]): bigint {
  const taken = granted
    .flatMap(({ found }) => found.headrooms)
    .filter(({ account }) => account.key === key)
    .reduce((sum, { take }) => sum + take, 0n)
  return headroom > taken ? headroom - taken : 0n
}

/** The most that requests of one account can come to: what is left of it, or so many of the largest. */
export function mostThrough(
  account: SharedAccount,
  requests: readonly number[],
  { roofs, granted }: Pick<Open, 'roofs' | 'granted'>,
): Fen {
  const left = leftOf(account, granted)
  if (account.measure === 'fen') return left
  const largest = requests.map((request) => roofs[request]!).toSorted((a, b) => (a > b ? -1 : 1))
  return largest.slice(0, Number(left)).reduce((sum, roof) => sum + roof, 0n)
}

/** @returns zero or less when nothing lawful can follow */
export function boundOf(open: Open): Bound {
  const over = open.granted.find(({ request }) => roomOf(request.contract, open.granted) < 0n)
  if (over) {
    const fen = roomOf(over.request.contract, open.granted) - sumOfRoofs(open)
    return { fen, parts: [{ of: 'contract', name: over.request.contract.id, requests: [], fen }] }
  }
  const left = open.requests
    .map((_, index) => index)
    .filter((index) => !open.path.includes(index))
    .filter((index) => !open.path.some((other) => open.excludes[index]![other]))
  const covers = [
    cover(open, left, [contractParts, accountParts]),
    cover(open, left, [accountParts, contractParts]),
  ]
  return covers[0]!.fen <= covers[1]!.fen ? covers[0]! : covers[1]!
}

/** So much that no addition makes up for it. */
function sumOfRoofs({ roofs }: Open): Fen {
  return roofs.reduce((sum, roof) => sum + roof, 0n)
}

type Chooser = (open: Open, left: readonly number[]) => readonly BoundPart[]

/** Takes each limit that is less than the awards under it by themselves, then covers the rest award by award. */
function cover(open: Open, left: readonly number[], choosers: readonly Chooser[]): Bound {
  const parts: BoundPart[] = []
  let uncovered = left
  for (const choose of choosers) {
    const chosen = choose(open, uncovered)
    const covered = new Set(chosen.flatMap(({ requests }) => requests))
    parts.push(...chosen)
    uncovered = uncovered.filter((request) => !covered.has(request))
  }
  parts.push(...exclusiveParts(open, uncovered))
  return { fen: parts.reduce((sum, { fen }) => sum + fen, 0n), parts }
}

function contractParts(open: Open, left: readonly number[]): readonly BoundPart[] {
  const contracts = new Set(left.map((index) => open.requests[index]!.contract))
  return [...contracts].flatMap((contract): BoundPart[] => {
    const requests = left.filter((index) => open.requests[index]!.contract === contract)
    const room = roomOf(contract, open.granted)
    const fen = room > 0n ? room : 0n
    return fen < withoutLimit(open, requests) ? [{ of: 'contract', name: contract.id, requests, fen }] : []
  })
}

function accountParts(open: Open, left: readonly number[]): readonly BoundPart[] {
  const parts: BoundPart[] = []
  let uncovered = left
  for (const account of open.shared) {
    const requests = uncovered.filter((index) => account.requests.includes(index))
    if (requests.length === 0) continue
    const fen = mostThrough(account, requests, open)
    if (fen >= withoutLimit(open, requests)) continue
    parts.push({ of: 'cap', name: account.key, requests, fen })
    uncovered = uncovered.filter((index) => !requests.includes(index))
  }
  return parts
}

function withoutLimit(open: Open, requests: readonly number[]): Fen {
  return exclusiveParts(open, requests).reduce((sum, { fen }) => sum + fen, 0n)
}

/** Groups in which each excludes each other; the first of a group has the highest roof. */
function exclusiveParts({ excludes, roofs, requests }: Open, left: readonly number[]): readonly BoundPart[] {
  const groups: number[][] = []
  for (const index of left) {
    const fitting = groups.find((group) => group.every((other) => excludes[index]![other]))
    if (fitting) fitting.push(index)
    else groups.push([index])
  }
  return groups.map((group) => ({
    of: group.length > 1 ? 'exclusive' : 'alone',
    name: requests[group[0]!]!.contract.id,
    requests: group,
    fen: roofs[group[0]!]!,
  }))
}
