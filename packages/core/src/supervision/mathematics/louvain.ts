// Communities of a weighted graph by Louvain's moves (Blondel et al. 2008): each node to the neighbour's community that
// raises modularity most, then communities become nodes, until nothing is gained. Seeded order.
import type { Random } from '../../random.ts'

export interface Edge {
  readonly left: number
  readonly right: number
  readonly weight: number
}

export interface Communities {
  /** the community of each node */
  readonly of: Int32Array
  readonly modularity: number
}

export function louvain(nodes: number, edges: readonly Edge[], random: Random): Communities {
  let [count, current] = [nodes, edges]
  const of = Int32Array.from({ length: nodes }, (_, node) => node)
  for (;;) {
    const { moved, labels, communities } = oneLevel(count, current, random)
    if (!moved) break
    for (let node = 0; node < nodes; node++) of[node] = labels[of[node]!]!
    current = merged(current, labels, communities)
    count = communities
  }
  return { of, modularity: modularity(edges, of) }
}

/** Newman's Q of a division into communities. */
export function modularity(edges: readonly Edge[], of: Int32Array): number {
  let [total, inside] = [0, 0]
  const degrees = new Map<number, number>()
  for (const { left, right, weight } of edges) {
    total += weight
    if (of[left] === of[right]) inside += weight
    for (const node of [left, right]) degrees.set(of[node]!, (degrees.get(of[node]!) ?? 0) + weight)
  }
  if (total === 0) return 0
  let expected = 0
  for (const degree of degrees.values()) expected += (degree / (2 * total)) * (degree / (2 * total))
  return inside / total - expected
}

interface Level {
  readonly moved: boolean
  readonly labels: Int32Array
  readonly communities: number
}

function oneLevel(count: number, edges: readonly Edge[], random: Random): Level {
  const neighbours: { node: number; weight: number }[][] = Array.from({ length: count }, () => [])
  const degree = new Float64Array(count)
  let total = 0
  for (const { left, right, weight } of edges) {
    total += weight
    degree[left]! += weight
    degree[right]! += weight
    if (left === right) continue
    neighbours[left]!.push({ node: right, weight })
    neighbours[right]!.push({ node: left, weight })
  }
  const of = Int32Array.from({ length: count }, (_, node) => node)
  const sums = Float64Array.from(degree)
  let [moved, again] = [false, total > 0]
  const order = shuffled(count, random)
  while (again) {
    again = false
    for (const node of order) {
      const links = new Map<number, number>([[of[node]!, 0]])
      for (const { node: other, weight } of neighbours[node]!)
        links.set(of[other]!, (links.get(of[other]!) ?? 0) + weight)
      const home = of[node]!
      sums[home]! -= degree[node]!
      const gain = (to: number): number => links.get(to)! - (sums[to]! * degree[node]!) / (2 * total)
      let best = home
      for (const candidate of links.keys()) if (gain(candidate) > gain(best) + 1e-12) best = candidate
      sums[best]! += degree[node]!
      of[node] = best
      if (best !== home) [moved, again] = [true, true]
    }
  }
  const names = new Map<number, number>()
  const labels = of.map((community) => {
    if (!names.has(community)) names.set(community, names.size)
    return names.get(community)!
  })
  return { moved, labels, communities: names.size }
}

function merged(edges: readonly Edge[], labels: Int32Array, communities: number): Edge[] {
  const weights = new Map<number, number>()
  for (const { left, right, weight } of edges) {
    const [a, b] = [labels[left]!, labels[right]!]
    const key = Math.min(a, b) * communities + Math.max(a, b)
    weights.set(key, (weights.get(key) ?? 0) + weight)
  }
  return [...weights].map(([key, weight]) => ({
    left: Math.floor(key / communities),
    right: key % communities,
    weight,
  }))
}

function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, node) => node)
  for (let index = count - 1; index > 0; index--) {
    const other = random.int(index + 1)
    const kept = order[index]!
    order[index] = order[other]!
    order[other] = kept
  }
  return order
}
