// The densest part of a graph of rows and columns by greedy peeling (Fraudar, Hooi et al. 2016): take away, again and
// again, the node that carries least, and keep the set whose weight over size was highest. An edge weighs
// 1 / ln(degree of its column + 5), so that a column everybody uses does not make everybody suspicious.
import { grouped } from '../world/world-index.ts'

export interface Peeled {
  readonly rows: ReadonlySet<string>
  readonly columns: ReadonlySet<string>
  readonly density: number
}

export function peel(edges: readonly { readonly row: string; readonly column: string }[]): Peeled {
  const degrees = new Map(
    [...grouped(edges, ({ column }) => column)].map(([column, own]) => [column, own.length]),
  )
  const nodes = new Map<string, { weight: number; edges: number[] }>()
  const weights = edges.map(({ column }) => 1 / Math.log(degrees.get(column)! + 5))
  for (const [place, { row, column }] of edges.entries()) {
    for (const name of [`r ${row}`, `c ${column}`]) {
      const node = nodes.get(name) ?? { weight: 0, edges: [] }
      node.weight += weights[place]!
      node.edges.push(place)
      nodes.set(name, node)
    }
  }
  const gone = new Uint8Array(edges.length)
  const heap = leastFirst([...nodes].map(([name, { weight }]) => ({ name, weight })))
  const order: string[] = []
  const alive = new Set(nodes.keys())
  let total = weights.reduce((sum, weight) => sum + weight, 0)
  let [best, bestAt] = [total / Math.max(nodes.size, 1), 0]
  for (let next = heap.take(); next; next = heap.take()) {
    const node = nodes.get(next.name)!
    if (!alive.has(next.name) || next.weight > node.weight + 1e-12) continue
    alive.delete(next.name)
    order.push(next.name)
    for (const place of node.edges) {
      if (gone[place] === 1) continue
      gone[place] = 1
      total -= weights[place]!
      const { row, column } = edges[place]!
      const other = next.name === `r ${row}` ? `c ${column}` : `r ${row}`
      nodes.get(other)!.weight -= weights[place]!
      heap.put({ name: other, weight: nodes.get(other)!.weight })
    }
    if (alive.size > 0 && total / alive.size > best) [best, bestAt] = [total / alive.size, order.length]
  }
  const kept = new Set(order.slice(bestAt))
  const names = (letter: string): Set<string> =>
    new Set([...kept].filter((name) => name.startsWith(letter)).map((name) => name.slice(2)))
  return { rows: names('r'), columns: names('c'), density: best }
}

interface Weighed {
  readonly name: string
  readonly weight: number
}

/** A binary heap; equal weights leave in the order of their names. */
function leastFirst(items: readonly Weighed[]): {
  put: (item: Weighed) => void
  take: () => Weighed | undefined
} {
  const heap: Weighed[] = []
  for (const item of items) put(item)
  return { put, take }

  function before(a: Weighed, b: Weighed): boolean {
    return a.weight < b.weight || (a.weight === b.weight && a.name < b.name)
  }

  function put(item: Weighed): void {
    let at = heap.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(item, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = item
  }

  function take(): Weighed | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1
      if (!before(heap[child]!, last)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return first
  }
}
