// Disjoint sets over texts: components of a graph in near-linear time. The root of a set is its first member, so that
// names of groups do not depend on the order of the unions.

export interface UnionFind {
  readonly join: (left: string, right: string) => void
  /** the least member of the set, in the order of code units */
  readonly rootOf: (item: string) => string
  readonly sets: () => Map<string, string[]>
}

export function unionFind(): UnionFind {
  const numbers = new Map<string, number>()
  const names: string[] = []
  const parents: number[] = []
  return { join, rootOf, sets }

  function numberOf(item: string): number {
    const known = numbers.get(item)
    if (known !== undefined) return known
    numbers.set(item, names.length)
    parents.push(names.length)
    names.push(item)
    return names.length - 1
  }

  function find(item: number): number {
    let root = item
    while (parents[root] !== root) root = parents[root]!
    for (let next = item; next !== root;) {
      const parent = parents[next]!
      parents[next] = root
      next = parent
    }
    return root
  }

  function join(left: string, right: string): void {
    const [a, b] = [find(numberOf(left)), find(numberOf(right))]
    if (a === b) return
    if (names[a]! < names[b]!) parents[b] = a
    else parents[a] = b
  }

  function rootOf(item: string): string {
    const number = numbers.get(item)
    return number === undefined ? item : names[find(number)]!
  }

  function sets(): Map<string, string[]> {
    const found = new Map<string, string[]>()
    for (const [item, name] of names.entries()) {
      const root = names[find(item)]!
      const set = found.get(root)
      if (set) set.push(name)
      else found.set(root, [name])
    }
    for (const set of found.values()) if (set.length > 1) set.sort()
    return found
  }
}
