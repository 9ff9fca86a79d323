// The Merkle tree of a journal in the shape of RFC 6962 (and 9162), §2.1: a leaf is the hash of 0x00 and its bytes, a node
// the hash of 0x01 and its two children, and a tree of n leaves splits at the largest power of two below n. So an
// inclusion proof says in a few hashes that a posting is in the tree, and a consistency proof that a later tree begins
// with an earlier one. The hash is an argument; the journal's is SM3, the vectors of the RFC use SHA-256.
import type { Hash } from '../canonical.ts'
import { sameBytes } from './posting.ts'

/** Leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** A perfect subtree: 2^level leaves from position × 2^level on. */
export interface NodePlace {
  readonly level: number
  readonly position: number
}

/** What is needed to go on: how many leaves, and the roots of the perfect subtrees they make, the largest first. */
export interface Frontier {
  readonly size: number
  readonly peaks: readonly Uint8Array[]
}

export const emptyFrontier: Frontier = { size: 0, peaks: [] }

export function leafHash(bytes: Uint8Array, hash: Hash): Uint8Array {
  const input = new Uint8Array(bytes.length + 1)
  input.set(bytes, 1)
  return hash(input)
}

export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + left.length)
  return hash(input)
}

export interface GrowingTree {
  /** adds a leaf by its hash: one node hash on average, log₂ n at most */
  readonly append: (leaf: Uint8Array) => void
  readonly frontier: () => Frontier
  readonly root: () => Uint8Array
}

/**
 * A tree that leaves are added to.
 * @param from where to go on
 * @param onNode told of every perfect subtree once it is whole, leaves (level 0) included
 */
export function growingTree(
  from: Frontier,
  hash: Hash,
  onNode: (place: NodePlace, node: Uint8Array) => void = () => undefined,
): GrowingTree {
  const peaks = [...from.peaks]
  let { size } = from
  const append = (leaf: Uint8Array): void => {
    let node = leaf
    let [level, position] = [0, size]
    onNode({ level, position }, node)
    for (; position % 2 === 1; level++) {
      node = nodeHash(peaks.pop()!, node, hash)
      position = (position - 1) / 2
      onNode({ level: level + 1, position }, node)
    }
    peaks.push(node)
    size++
  }
  return { append, frontier: () => ({ size, peaks: [...peaks] }), root: () => rootOfPeaks(peaks, hash) }
}

/** The root over perfect subtrees that follow each other, the largest first; without any, the hash of nothing. */
export function rootOfPeaks(peaks: readonly Uint8Array[], hash: Hash): Uint8Array {
  const last = peaks.at(-1)
  if (last === undefined) return hash(new Uint8Array(0))
  return peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, hash), last)
}

/** The perfect subtrees of which a range of a tree is made, the largest first: their peaks give its root. */
export function perfectNodes({ start, end }: LeafRange): readonly NodePlace[] {
  const places: NodePlace[] = []
  for (let at = start; at < end;) {
    const { level, leaves } = largestWithin(end - at)
    places.push({ level, position: at / leaves })
    at += leaves
  }
  return places
}

/** The leaves of a perfect subtree. */
export function leavesOf({ level, position }: NodePlace): LeafRange {
  let leaves = 1
  for (let each = 0; each < level; each++) leaves *= 2
  return { start: position * leaves, end: (position + 1) * leaves }
}

/** The subtrees whose roots are the inclusion proof of a leaf, in the order of the RFC: PATH(index, D[size]). */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const path = ({ start, end }: LeafRange): LeafRange[] => {
    if (end - start === 1) return []
    const middle = start + split(end - start)
    const [left, right] = [
      { start, end: middle },
      { start: middle, end },
    ]
    return index < middle ? [...path(left), right] : [...path(right), left]
  }
  return path({ start: 0, end: size })
}

/** The subtrees whose roots prove that a tree begins with an earlier one: PROOF(earlier, D[size]), 0 < earlier ≤ size. */
export function consistencyRanges(earlier: number, size: number): readonly LeafRange[] {
  const proof = ({ start, end }: LeafRange, whole: boolean): LeafRange[] => {
    if (earlier === end) return whole ? [] : [{ start, end }]
    const middle = start + split(end - start)
    const [left, right] = [
      { start, end: middle },
      { start: middle, end },
    ]
    return earlier <= middle ? [...proof(left, whole), right] : [...proof(right, false), left]
  }
  return proof({ start: 0, end: size }, true)
}

export interface Inclusion {
  /** from 0 */
  readonly index: number
  readonly size: number
  /** the hash of the leaf */
  readonly leaf: Uint8Array
  readonly path: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** True when the leaf is at its place in the tree with this root (RFC 9162, 2.1.3.2). */
export function verifyInclusion({ index, size, leaf, path, root }: Inclusion, hash: Hash): boolean {
  if (!isSize(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false
  let [at, last, node] = [index, size - 1, leaf]
  for (const other of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      node = nodeHash(other, node, hash)
      for (; at % 2 === 0 && at !== 0; last = half(last)) at = half(at)
    } else {
      node = nodeHash(node, other, hash)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && sameBytes(node, root)
}

export interface Consistency {
  readonly earlier: { readonly size: number; readonly root: Uint8Array }
  readonly later: { readonly size: number; readonly root: Uint8Array }
  readonly path: readonly Uint8Array[]
}

/** True when the later tree begins with the leaves of the earlier one (RFC 9162, 2.1.4.2). */
export function verifyConsistency({ earlier, later, path }: Consistency, hash: Hash): boolean {
  if (!isSize(earlier.size) || !isSize(later.size) || earlier.size > later.size) return false
  if (earlier.size === later.size) return path.length === 0 && sameBytes(earlier.root, later.root)
  if (path.length === 0) return false
  const whole = largestWithin(earlier.size).leaves === earlier.size
  const [first, ...rest] = whole ? [earlier.root, ...path] : path
  let [at, last] = [earlier.size - 1, later.size - 1]
  for (; at % 2 === 1; last = half(last)) at = half(at)
  let [earlierRoot, laterRoot] = [first!, first!]
  for (const other of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      earlierRoot = nodeHash(other, earlierRoot, hash)
      laterRoot = nodeHash(other, laterRoot, hash)
      for (; at % 2 === 0 && at !== 0; last = half(last)) at = half(at)
    } else {
      laterRoot = nodeHash(laterRoot, other, hash)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && sameBytes(earlierRoot, earlier.root) && sameBytes(laterRoot, later.root)
}

/** The largest power of two below a count of two or more. */
function split(count: number): number {
  const { leaves } = largestWithin(count)
  return leaves === count ? leaves / 2 : leaves
}

function largestWithin(count: number): { readonly level: number; readonly leaves: number } {
  let [level, leaves] = [0, 1]
  for (; leaves * 2 <= count; level++) leaves *= 2
  return { level, leaves }
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size > 0
}

function half(number: number): number {
  return Math.floor(number / 2)
}
