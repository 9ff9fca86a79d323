// Who is next: dominant resource fairness (Ghodsi et al., NSDI 2011) with weights. A claimant's dominant share is the
// greatest of its parts of each resource over its weight; the least served goes first, and equals are drawn by the seed.
import { seededRandom } from '../random.ts'
import { accept, refuse, type Decision } from '../refusal.ts'

export interface ShareRequest {
  readonly id: string
  readonly claimant: string
  /** one amount for each resource, not negative */
  readonly amounts: readonly number[]
}

export interface ShareTable {
  /** what there is of each resource, above zero */
  readonly capacity: readonly number[]
  /** by claimant; absent: 1. A size class or a programme may weigh more */
  readonly weights: Readonly<Record<string, number>>
  /** by claimant, what it holds already; absent: nothing */
  readonly used: Readonly<Record<string, readonly number[]>>
  readonly seed: number | string
}

export function dominantShare(table: ShareTable, claimant: string, used: readonly number[]): number {
  const weight = ownOf(table.weights, claimant) ?? 1
  return Math.max(0, ...table.capacity.map((capacity, index) => (used[index] ?? 0) / capacity)) / weight
}

/** Claimants may have any name, also one that every object knows. */
function ownOf<Value>(table: Readonly<Record<string, Value>>, claimant: string): Value | undefined {
  return Object.hasOwn(table, claimant) ? table[claimant] : undefined
}

/**
 * The requests in the order in which fairness serves them; each claimant's own stay in their order. Refuses
 * `placement.duplicate_id`, and `placement.bad_share` for a capacity or weight that is not above zero, an amount below zero,
 * or one for a resource that does not exist.
 */
export function fairOrder(
  table: ShareTable,
  requests: readonly ShareRequest[],
): Decision<readonly ShareRequest[], 'placement.bad_share' | 'placement.duplicate_id'> {
  const odd = oddShare(table, requests)
  if (odd !== undefined) return refuse('placement.bad_share', { name: odd })
  const ids = new Set<string>()
  for (const { id } of requests) {
    if (ids.has(id)) return refuse('placement.duplicate_id', { id })
    ids.add(id)
  }
  return accept(serve(table, requests))
}

/** What is absurd: the id of a request, the name of a claimant, or the capacity. */
function oddShare(table: ShareTable, requests: readonly ShareRequest[]): string | undefined {
  const above = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY
  const amounts = (list: readonly number[]): boolean =>
    list.length <= table.capacity.length && list.every((amount) => amount === 0 || above(amount))
  if (table.capacity.length === 0 || !table.capacity.every(above)) return 'capacity'
  return (
    Object.entries(table.weights).find(([, weight]) => !above(weight))?.[0] ??
    Object.entries(table.used).find(([, used]) => !amounts(used))?.[0] ??
    requests.find((request) => !amounts(request.amounts))?.id
  )
}

function serve(table: ShareTable, requests: readonly ShareRequest[]): readonly ShareRequest[] {
  const random = seededRandom(table.seed)
  const queues = new Map<string, ShareRequest[]>()
  for (const request of requests) {
    const queue = queues.get(request.claimant)
    if (queue === undefined) queues.set(request.claimant, [request])
    else queue.push(request)
  }
  const line = [...queues.keys()].sort().map((claimant) => {
    const used = table.capacity.map((_, index) => ownOf(table.used, claimant)?.[index] ?? 0)
    return { claimant, used, queue: queues.get(claimant)!, next: 0, draw: random.next() }
  })
  const order: ShareRequest[] = []
  while (order.length < requests.length) {
    let least: (typeof line)[number] | undefined
    let share = Number.POSITIVE_INFINITY
    for (const entry of line) {
      if (entry.next === entry.queue.length) continue
      const own = dominantShare(table, entry.claimant, entry.used)
      if (own > share || (own === share && entry.draw > least!.draw)) continue
      share = own
      least = entry
    }
    const request = least!.queue[least!.next++]!
    least!.used = least!.used.map((amount, index) => amount + (request.amounts[index] ?? 0))
    order.push(request)
  }
  return order
}
