// Isolation forest (Liu, Ting and Zhou 2008): what few random cuts set apart is unlike the rest. Seeded; flat arrays.
import type { Random } from '../../random.ts'

export interface ForestOptions {
  readonly trees: number
  readonly samples: number
}

/**
 * @param rows of equal length, finite numbers
 * @returns a score for each row: near 1 for outliers, about 0.5 and below for ordinary rows
 */
export function isolationScores(
  rows: readonly Float64Array[],
  random: Random,
  options: ForestOptions = { trees: 100, samples: 256 },
): Float64Array {
  const scores = new Float64Array(rows.length)
  if (rows.length < 2) return scores.fill(0.5)
  const size = Math.min(options.samples, rows.length)
  const deepest = Math.ceil(Math.log2(size))
  const places = Int32Array.from(rows.keys())
  for (let tree = 0; tree < options.trees; tree++) {
    const sample = drawn(places, size, random).map((place) => rows[place]!)
    const root = grow(sample, deepest, random)
    for (const [place, row] of rows.entries()) scores[place]! += depthOf(root, row)
  }
  const usual = averagePath(size) * options.trees
  return scores.map((depth) => Math.exp(-(depth / usual) * Math.LN2))
}

interface Node {
  readonly feature: number
  readonly cut: number
  readonly size: number
  readonly left?: Node
  readonly right?: Node
}

/** So many different places, drawn by the first steps of a shuffle that is undone afterwards. */
function drawn(places: Int32Array, size: number, random: Random): number[] {
  const others: number[] = []
  for (let index = 0; index < size; index++) {
    const other = index + random.int(places.length - index)
    swap(places, index, other)
    others.push(other)
  }
  const found = Array.from(places.subarray(0, size))
  for (let index = size - 1; index >= 0; index--) swap(places, index, others[index]!)
  return found
}

function swap(places: Int32Array, left: number, right: number): void {
  const kept = places[left]!
  places[left] = places[right]!
  places[right] = kept
}

function grow(rows: readonly Float64Array[], depth: number, random: Random): Node {
  const leaf: Node = { feature: -1, cut: 0, size: rows.length }
  if (depth === 0 || rows.length < 2) return leaf
  const spread: { feature: number; low: number; high: number }[] = []
  for (let feature = 0; feature < rows[0]!.length; feature++) {
    let [low, high] = [Infinity, -Infinity]
    for (const row of rows) {
      if (row[feature]! < low) low = row[feature]!
      if (row[feature]! > high) high = row[feature]!
    }
    if (high > low) spread.push({ feature, low, high })
  }
  if (spread.length === 0) return leaf
  const { feature, low, high } = random.pick(spread)
  const cut = low + random.next() * (high - low)
  return {
    feature,
    cut,
    size: rows.length,
    left: grow(
      rows.filter((row) => row[feature]! < cut),
      depth - 1,
      random,
    ),
    right: grow(
      rows.filter((row) => row[feature]! >= cut),
      depth - 1,
      random,
    ),
  }
}

function depthOf(root: Node, row: Float64Array): number {
  let node = root
  let depth = 0
  while (node.left && node.right) {
    node = row[node.feature]! < node.cut ? node.left : node.right
    depth += 1
  }
  return depth + averagePath(node.size)
}

/** The mean depth of an unsuccessful search in a binary tree of n leaves. */
function averagePath(n: number): number {
  if (n < 2) return 0
  if (n === 2) return 1
  return 2 * (Math.log(n - 1) + 0.5772156649015329) - (2 * (n - 1)) / n
}
