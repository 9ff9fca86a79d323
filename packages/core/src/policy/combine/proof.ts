// Checks the certificate of a combination without searching: every order of asking is followed, or its branch is closed
// by a cover of what is left, or a skip says why not; and each of these claims is worked out again from the programmes.
import type { Fen } from '../../money/index.ts'
import type { BoundPart } from './bound.ts'
import { sameYear, type Branch, type Skip } from './search.ts'
import {
  accountsOf,
  decideAmong,
  excludedBy,
  grantOf,
  isLawful,
  roofOf,
  roomOf,
  sumOf,
  type AwardRequest,
  type CombinedContract,
  type Granted,
} from './view.ts'

export interface Certificate {
  readonly branches: readonly Branch[]
}

export interface Claimed extends Certificate {
  readonly requests: readonly AwardRequest[]
  /** requests that the certificate leaves out because nothing can ever be granted for them */
  readonly left: readonly AwardRequest[]
  /** the best combination, as places in the requests, in the order of asking */
  readonly best: readonly number[]
  readonly contracts: readonly CombinedContract[]
  readonly totalFen: Fen
}

/** @returns what does not hold, each with its branch; empty when no lawful combination comes to more than the total */
export function certificateFaults(claimed: Claimed): readonly string[] {
  const faults: string[] = []
  const byPath = new Map(claimed.branches.map((branch) => [branch.path.join(' '), branch]))
  const roofs = claimed.requests.map((request) => roofOf(request, claimed.contracts))
  const check = (path: readonly number[], granted: readonly Granted[]): void => {
    const branch = byPath.get(path.join(' '))
    const fault = (what: string): void => void faults.push(`[${path.join(' ')}] ${what}`)
    if (!branch) return fault('is not in the certificate')
    const fen = sumOf(granted)
    if (branch.grantedFen !== fen) fault('comes to another amount')
    if (isLawful(granted) && fen > claimed.totalFen) fault('is lawful and comes to more')
    if (branch.closedBy) {
      if (!isClosed({ claimed, roofs, path, granted }, branch)) fault('is not closed by its bound')
      return
    }
    claimed.requests.forEach((request, index) => {
      if (path.includes(index)) return
      const skip = branch.skipped.find((it) => it.request === index)
      if (skip) {
        if (!mayBeSkipped(claimed.requests, granted, skip)) fault(`may not leave ${index} out`)
        return
      }
      const grant = grantOf(request, decideAmong(request, granted))
      if (grant) check([...path, index], [...granted, grant])
      else fault(`is followed by ${index}, which is granted nothing`)
    })
  }
  check([], [])
  const shown = followed(claimed)
  if (!shown || !isLawful(shown) || sumOf(shown) !== claimed.totalFen)
    faults.push('the best combination is not lawful or does not come to the total')
  if (claimed.left.some((request) => roofOf(request, claimed.contracts) > 0n))
    faults.push('an award that may be granted is not looked at')
  return faults
}

/** The best combination asked for again, award by award; none is granted twice. */
function followed({ requests, best }: Claimed): readonly Granted[] | undefined {
  const granted: Granted[] = []
  if (new Set(best).size < best.length) return undefined
  for (const index of best) {
    const request = requests[index]
    const grant = request && grantOf(request, decideAmong(request, granted))
    if (!grant) return undefined
    granted.push(grant)
  }
  return granted
}

interface Standing {
  readonly claimed: Claimed
  readonly roofs: readonly Fen[]
  readonly path: readonly number[]
  readonly granted: readonly Granted[]
}

function isClosed(standing: Standing, { closedBy }: Branch): boolean {
  const { claimed, path, granted } = standing
  if (granted.some(({ request }) => roomOf(request.contract, granted) < 0n)) return true
  const covered = new Set(closedBy!.parts.flatMap(({ requests }) => requests))
  const { requests } = claimed
  const isOut = (index: number): boolean =>
    path.some((other) => areExclusive(requests[index]!, requests[other]!))
  const whole = requests.every(
    (_, index) => path.includes(index) || covered.has(index) || isOut(index) || standing.roofs[index] === 0n,
  )
  const most = closedBy!.parts.reduce((sum, { fen }) => sum + fen, 0n)
  return (
    whole &&
    closedBy!.parts.every((part) => partHolds(standing, part)) &&
    sumOf(granted) + most <= claimed.totalFen
  )
}

function partHolds({ claimed, roofs, granted }: Standing, part: BoundPart): boolean {
  const among = part.requests.map((index) => claimed.requests[index]!)
  const roofsOf = part.requests.map((index) => roofs[index]!)
  if (part.fen < 0n) return false
  switch (part.of) {
    case 'alone':
      return among.length === 1 && roofsOf[0]! <= part.fen
    case 'exclusive':
      return (
        roofsOf.every((roof) => roof <= part.fen) &&
        among.every((one, index) => among.slice(index + 1).every((other) => areExclusive(one, other)))
      )
    case 'contract':
      return among.every(({ contract }) => contract.id === part.name && roomOf(contract, granted) <= part.fen)
    case 'cap':
      return among.every((request) => capHolds(request, { part, roofs: roofsOf, granted }))
  }
}

/** The account is one of the request, and what is left of it, in fen or in grants, is not more than the part says. */
function capHolds(
  request: AwardRequest,
  { part, roofs, granted }: { part: BoundPart; roofs: readonly Fen[]; granted: readonly Granted[] },
): boolean {
  const room = accountsOf(request).find(({ account }) => account.key === part.name)
  if (!room) return false
  const taken = granted
    .flatMap(({ found }) => found.headrooms.filter(({ account }) => account.key === part.name))
    .reduce((sum, { take }) => sum + take, 0n)
  const left = room.headroom - taken
  if (room.account.measure === 'fen') return left <= part.fen
  let most = 0n
  const falling = roofs.toSorted((a, b) => (a > b ? -1 : 1))
  for (const [index, roof] of falling.entries()) if (BigInt(index) < left) most += roof
  return most <= part.fen
}

function areExclusive(one: AwardRequest, other: AwardRequest): boolean {
  return excludedBy(one, other).length > 0 || excludedBy(other, one).length > 0
}

function mayBeSkipped(
  requests: readonly AwardRequest[],
  granted: readonly Granted[],
  { request: index, because, by }: Skip,
): boolean {
  const request = requests[index]!
  if (because === 'nothing') return grantOf(request, decideAmong(request, granted)) === undefined
  const other = requests[by ?? -1]
  if (!other) return false
  if (because === 'excluded')
    return granted.some((grant) => grant.request === other) && areExclusive(request, other)
  return index < by! && granted.at(-1)?.request === other && changesPlaces(request, granted)
}

/** Asked for in the other order, both come to the same and count the same year: that branch is checked by itself. */
function changesPlaces(request: AwardRequest, granted: readonly Granted[]): boolean {
  const [before, last] = [granted.slice(0, -1), granted.at(-1)!]
  const [now, sooner] = [granted, before].map((others) => grantOf(request, decideAmong(request, others)))
  if (!now || !sooner || now.fen !== sooner.fen) return false
  const later = grantOf(last.request, decideAmong(last.request, [...before, sooner]))
  return later?.fen === last.fen && sameYear(last.request, request)
}
