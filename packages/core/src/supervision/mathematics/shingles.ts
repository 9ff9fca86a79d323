// Near-duplicate texts: sets of five-character shingles of the normalised text, their Jaccard likeness, and MinHash with
// banded locality-sensitive hashing (Broder; Leskovec, Rajaraman and Ullman, ch. 3) to find candidates without comparing
// all pairs. Sixteen bands of four rows find pairs above a likeness of about one half.

const LENGTH = 5
export const HASHES = 64
const BANDS = 16

/** Hashes of the five-character shingles of a text, without white space and case, each once. */
export function shingles(text: string): Uint32Array {
  const plain = text.replaceAll(/\s+/g, '').toLowerCase()
  const found = new Set<number>()
  for (let at = 0; at + LENGTH <= plain.length; at++) {
    let hash = 2166136261
    for (let offset = 0; offset < LENGTH; offset++)
      hash = Math.imul(hash ^ plain.charCodeAt(at + offset), 16777619)
    found.add(mix(hash))
  }
  return Uint32Array.from(found).sort()
}

/** Shared shingles over all; two texts without shingles are not alike. */
export function jaccard(left: Uint32Array, right: Uint32Array): number {
  let [i, j, both] = [0, 0, 0]
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) {
      both += 1
      i += 1
      j += 1
    } else if (left[i]! < right[j]!) i += 1
    else j += 1
  }
  const all = left.length + right.length - both
  return all === 0 ? 0 : both / all
}

/** 64 minima of differently mixed hashes. */
export function minHash(set: Uint32Array): Uint32Array {
  const minima = new Uint32Array(HASHES).fill(0xffffffff)
  for (const item of set) {
    let value = item
    for (let hash = 0; hash < HASHES; hash++) {
      value = (Math.imul(value, 1664525) + 1013904223) >>> 0
      const mixed = (value ^ (value >>> 15)) >>> 0
      if (mixed < minima[hash]!) minima[hash] = mixed
    }
  }
  return minima
}

/** Pairs of places whose signatures agree in at least one band. A band shared by more than `most` places is skipped. */
export function candidatePairs(signatures: readonly Uint32Array[], most: number): [number, number][] {
  const rows = HASHES / BANDS
  const pairs = new Set<number>()
  for (let band = 0; band < BANDS; band++) {
    const buckets = new Map<string, number[]>()
    for (const [place, signature] of signatures.entries()) {
      const key = signature.subarray(band * rows, (band + 1) * rows).join('.')
      const bucket = buckets.get(key)
      if (bucket) bucket.push(place)
      else buckets.set(key, [place])
    }
    for (const bucket of buckets.values()) {
      if (bucket.length < 2 || bucket.length > most) continue
      for (let i = 0; i < bucket.length; i++)
        for (let j = i + 1; j < bucket.length; j++) pairs.add(bucket[i]! * signatures.length + bucket[j]!)
    }
  }
  return [...pairs]
    .sort((a, b) => a - b)
    .map((pair) => [Math.floor(pair / signatures.length), pair % signatures.length])
}

/** Bits in which two 64-bit picture hashes of 16 hexadecimal digits differ. */
export function hamming(left: string, right: string): number {
  let bits = 0
  for (let digit = 0; digit < 16; digit++) {
    let differing = parseInt(left[digit] ?? '0', 16) ^ parseInt(right[digit] ?? '0', 16)
    for (; differing > 0; differing >>= 1) bits += differing & 1
  }
  return bits
}

function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
