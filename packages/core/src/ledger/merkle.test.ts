// The tree is RFC 6962's: its published roots and proofs come out, every proof of every size to 200 verifies, and no
// proof does once anything of it is touched.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hex, type Hash } from '../canonical.ts'
import {
  consistencyRanges,
  emptyFrontier,
  growingTree,
  inclusionRanges,
  leafHash,
  leavesOf,
  perfectNodes,
  rootOfPeaks,
  verifyConsistency,
  verifyInclusion,
  type LeafRange,
} from './index.ts'

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()

/** The leaves and roots of the reference implementation's tests (Certificate Transparency, merkle_tree_test). */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leaves = LEAVES.map((digits) => leafHash(Buffer.from(digits, 'hex'), sha256))

const rootOf = (hashes: readonly Uint8Array[]): Uint8Array => {
  const tree = growingTree(emptyFrontier, sha256)
  for (const leaf of hashes) tree.append(leaf)
  return tree.root()
}
const pathOf = (hashes: readonly Uint8Array[], ranges: readonly LeafRange[]): Uint8Array[] =>
  ranges.map(({ start, end }) => rootOf(hashes.slice(start, end)))

test('the roots of the RFC’s reference tree come out, the empty one too', () => {
  expect(ROOTS.map((_, size) => hex(rootOf(leaves.slice(0, size))))).toEqual(ROOTS)
})

test('its inclusion proofs come out', () => {
  const proof = (index: number, size: number): string[] =>
    pathOf(leaves, inclusionRanges(index, size)).map(hex)
  expect(proof(0, 1)).toEqual([])
  expect(proof(0, 8)).toEqual([
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ])
  expect(proof(5, 8)).toEqual([
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
  expect(proof(2, 3)).toEqual(['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'])
})

test('its consistency proofs come out', () => {
  const proof = (earlier: number, size: number): string[] =>
    pathOf(leaves, consistencyRanges(earlier, size)).map(hex)
  expect(proof(1, 1)).toEqual([])
  expect(proof(1, 8)).toEqual([
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ])
  expect(proof(6, 8)).toEqual([
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
  expect(proof(2, 5)).toEqual([
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  ])
})

/** A cheap hash for many trees: collisions of 64 bits do not come by chance. */
const small: Hash = (bytes) => sha256(bytes).slice(0, 8)
const MOST = 200
const many = Array.from({ length: MOST }, (_, index) => leafHash(Uint8Array.of(index), small))
const cut = (start: number, end: number): Uint8Array => {
  const known = cuts.get(start * 1000 + end)
  if (known !== undefined) return known
  const tree = growingTree(emptyFrontier, small)
  for (const leaf of many.slice(start, end)) tree.append(leaf)
  cuts.set(start * 1000 + end, tree.root())
  return tree.root()
}
const cuts = new Map<number, Uint8Array>()

test('every inclusion proof of every size to 200 verifies', () => {
  for (let size = 1; size <= MOST; size++) {
    for (let index = 0; index < size; index++) {
      const path = inclusionRanges(index, size).map(({ start, end }) => cut(start, end))
      const proof = { index, size, leaf: many[index]!, path, root: cut(0, size) }
      if (!verifyInclusion(proof, small)) expect.fail(`leaf ${index} of ${size}`)
    }
  }
})

test('every consistency proof of every pair of sizes to 200 verifies', () => {
  for (let size = 1; size <= MOST; size++) {
    for (let earlier = 1; earlier <= size; earlier++) {
      const path = consistencyRanges(earlier, size).map(({ start, end }) => cut(start, end))
      const proof = {
        earlier: { size: earlier, root: cut(0, earlier) },
        later: { size, root: cut(0, size) },
        path,
      }
      if (!verifyConsistency(proof, small)) expect.fail(`${earlier} in ${size}`)
    }
  }
})

test('the peaks of a range give its root, and cover its leaves in order', () => {
  for (let size = 1; size <= MOST; size++) {
    const places = perfectNodes({ start: 0, end: size })
    const ranges = places.map(leavesOf)
    expect(ranges.at(0)!.start).toBe(0)
    expect(ranges.at(-1)!.end).toBe(size)
    const peaks = ranges.map(({ start, end }) => cut(start, end))
    expect(hex(rootOfPeaks(peaks, small))).toBe(hex(cut(0, size)))
  }
})

test('a tree that goes on from a frontier ends as one that was never interrupted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MOST }), fc.integer({ min: 0, max: MOST }), (left, right) => {
      const [stop, size] = [Math.min(left, right), Math.max(left, right)]
      const first = growingTree(emptyFrontier, small)
      for (const leaf of many.slice(0, stop)) first.append(leaf)
      const second = growingTree(first.frontier(), small)
      for (const leaf of many.slice(stop, size)) second.append(leaf)
      expect(hex(second.root())).toBe(hex(cut(0, size)))
    }),
  )
})

const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  copy[(bit >> 3) % copy.length]! ^= 1 << (bit & 7)
  return copy
}
const place = fc.record({
  size: fc.integer({ min: 2, max: MOST }),
  at: fc.nat(MOST),
  bit: fc.nat(63),
  step: fc.nat(7),
})

test('an inclusion proof fails once its leaf, place, size, path or root is another', () => {
  fc.assert(
    fc.property(place, ({ size, at, bit, step }) => {
      const index = at % size
      const path = inclusionRanges(index, size).map(({ start, end }) => cut(start, end))
      const proof = { index, size, leaf: many[index]!, path, root: cut(0, size) }
      const changed = path.map((node, which) => (which === step % path.length ? flip(node, bit) : node))
      for (const forged of [
        { ...proof, leaf: flip(proof.leaf, bit) },
        { ...proof, root: flip(proof.root, bit) },
        { ...proof, index: (index + 1) % size },
        { ...proof, index: size + index },
        { ...proof, index: -1 },
        { ...proof, path: changed },
        { ...proof, path: path.slice(1) },
        { ...proof, path: [...path, proof.leaf] },
        { ...proof, size: 0 },
      ])
        expect(verifyInclusion(forged, small)).toBe(false)
    }),
  )
})

test('a consistency proof fails once a size, a root or the path is another', () => {
  fc.assert(
    fc.property(place, ({ size, at, bit, step }) => {
      const earlier = 1 + (at % (size - 1))
      const path = consistencyRanges(earlier, size).map(({ start, end }) => cut(start, end))
      const proof = {
        earlier: { size: earlier, root: cut(0, earlier) },
        later: { size, root: cut(0, size) },
        path,
      }
      expect(verifyConsistency(proof, small)).toBe(true)
      const changed = path.map((node, which) => (which === step % path.length ? flip(node, bit) : node))
      for (const forged of [
        { ...proof, earlier: { size: earlier, root: flip(proof.earlier.root, bit) } },
        { ...proof, later: { size, root: flip(proof.later.root, bit) } },
        { ...proof, earlier: { size: size + 1, root: proof.earlier.root } },
        { ...proof, earlier: { size, root: proof.earlier.root } },
        { ...proof, path: changed },
        { ...proof, path: path.slice(1) },
        { ...proof, path: path.slice(0, -1) },
        { ...proof, path: [...path, proof.later.root] },
      ])
        expect(verifyConsistency(forged, small)).toBe(false)
    }),
  )
})
