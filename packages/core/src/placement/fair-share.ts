// Who is next: dominant resource fairness (Ghodsi et al., NSDI 2011) with weights. A claimant's dominant share is the
// greatest of its parts of each resource over its weight; the least served goes first, and equals are drawn by the seed.
import { assert } from '../assert.ts'
import { seededRandom } from '../random.ts'

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
  const weight = table.weights[claimant] ?? 1
  assert(weight > 0, 'a weight is above zero')
  return Math.max(0, ...table.capacity.map((capacity, index) => (used[index] ?? 0) / capacity)) / weight
}

/** The requests in the order in which fairness serves them; each claimant's own stay in their order. */
export function fairOrder(table: ShareTable, requests: readonly ShareRequest[]): readonly ShareRequest[] {
  assert(
    table.capacity.every((capacity) => capacity > 0),
    'every resource exists',
  )
  const random = seededRandom(table.seed)
  const queues = new Map<string, ShareRequest[]>()
  for (const request of requests) {
    const queue = queues.get(request.claimant)
    if (queue === undefined) queues.set(request.claimant, [request])
    else queue.push(request)
  }
  const line = [...queues.keys()].sort().map((claimant) => {
    const used = table.capacity.map((_, index) => table.used[claimant]?.[index] ?? 0)
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
