// Near-duplicate texts: sets of five-character shingles of the normalised text, their Jaccard likeness, and MinHash with
// banded locality-sensitive hashing (Broder; Leskovec, Rajaraman and Ullman, ch. 3) to find candidates without comparing
// all pairs. Sixteen bands of four rows find pairs above a likeness of about one half.
import { groupPlaces, type Grouping } from '../world/groups.ts'

const LENGTH = 5
const HASHES = 64
const EMPTY = 0xffffffff
const BANDS = 16

/** Hashes of the five-character shingles of a text, without white space and case, each once, in order. */
export function shingles(text: string): Uint32Array {
  return shinglesWhere(text, () => true)
}

/** Those of them that are wanted. */
export function shinglesWhere(text: string | Uint16Array, wanted: (shingle: number) => boolean): Uint32Array {
  const found: number[] = []
  eachShingle(text, (shingle) => {
    if (wanted(shingle)) found.push(shingle)
  })
  return Uint32Array.from(found).sort()
}

/** Visits each shingle of a text, given as itself or as its units, once in the order in which they first stand. */
export function eachShingle(text: string | Uint16Array, visit: (shingle: number) => void): void {
  const plain = typeof text === 'string' ? plainUnits(text) : (plainly(text) ?? plainUnits(textOf(text)))
  const seen = hashSet(plain.length)
  for (let at = 0; at + LENGTH <= plain.length; at++) {
    let hash = 2166136261
    for (let offset = 0; offset < LENGTH; offset++) hash = Math.imul(hash ^ plain[at + offset]!, 16777619)
    const shingle = mix(hash)
    if (seen.add(shingle)) visit(shingle)
  }
}

function plainUnits(text: string): Uint16Array {
  const plain = text.replaceAll(/\s+/g, '').toLowerCase()
  return Uint16Array.from({ length: plain.length }, (_, at) => plain.charCodeAt(at))
}

function textOf(units: Uint16Array): string {
  let text = ''
  for (const unit of units) text += String.fromCharCode(unit)
  return text
}

/** The same for ASCII and the usual Chinese signs, of which none but ASCII has case or is white space. */
function plainly(units: Uint16Array): Uint16Array | undefined {
  const plain = new Uint16Array(units.length)
  let count = 0
  for (const unit of units) {
    if (unit >= 128) {
      const chinese = (unit > 0x3000 && unit < 0xa000) || (unit >= 0x2010 && unit < 0x2028)
      if (!chinese && (unit < 0xff00 || unit > 0xff20)) return undefined
    } else if (unit === 32 || (unit >= 9 && unit <= 13)) continue
    plain[count++] = unit >= 65 && unit <= 90 ? unit + 32 : unit
  }
  return plain.subarray(0, count)
}

/** A set of whole numbers for at most so many, by open addressing. */
function hashSet(most: number): { readonly add: (item: number) => boolean } {
  let size = 16
  while (size < 2 * most) size *= 2
  const [items, taken] = [new Uint32Array(size), new Uint8Array(size)]
  return {
    add(item) {
      let slot = item & (size - 1)
      while (taken[slot] === 1 && items[slot] !== item) slot = (slot + 1) & (size - 1)
      if (taken[slot] === 1) return false
      taken[slot] = 1
      items[slot] = item
      return true
    },
  }
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

/**
 * A signature of 64 minima by one permutation (Li, Owen and Zhang 2012): each shingle falls into one of 64 bins, and an
 * empty bin borrows from the next full one.
 */
export function minHash(set: Uint32Array): Uint32Array {
  const minima = new Uint32Array(HASHES).fill(EMPTY)
  for (const item of set) {
    const mixed = mix(item ^ 0x9e3779b9)
    const bin = mixed >>> 26
    if (mixed < minima[bin]!) minima[bin] = mixed
  }
  if (set.length === 0) return minima
  const filled = Uint32Array.from(minima)
  for (let bin = 0; bin < HASHES; bin++) {
    let from = bin
    while (minima[from % HASHES] === EMPTY) from += 1
    if (from > bin) filled[bin] = mix(minima[from % HASHES]! + (from - bin))
  }
  return filled
}

/** Pairs of places whose signatures agree in at least one band. A band shared by more than `most` places is skipped. */
export function candidatePairs(signatures: readonly Uint32Array[], most: number): [number, number][] {
  const pairs = new Set<number>()
  for (let band = 0; band < BANDS; band++) {
    const buckets = bandOf(signatures, band)
    for (let group = 0; group < buckets.groups; group++) {
      const bucket = buckets.nth(group)
      if (bucket.length < 2 || bucket.length > most) continue
      for (let i = 0; i < bucket.length; i++)
        for (let j = i + 1; j < bucket.length; j++) pairs.add(bucket[i]! * signatures.length + bucket[j]!)
    }
  }
  return [...pairs]
    .sort((a, b) => a - b)
    .map((pair) => [Math.floor(pair / signatures.length), pair % signatures.length])
}

/** Places by the part of their signature that a band compares. */
function bandOf(signatures: readonly Uint32Array[], band: number): Grouping {
  return groupPlaces(
    Int32Array.from(signatures, (signature) => bandKey(signature, band)),
    NO_KEY,
  )
}

function bandKey(signature: Uint32Array, band: number): number {
  const rows = HASHES / BANDS
  let key = 2166136261
  for (let row = band * rows; row < (band + 1) * rows; row++) key = mix(key ^ signature[row]!)
  return key | 0
}

const NO_KEY = Number.NaN

/**
 * Pairs of 64-bit hashes of 16 hexadecimal digits that differ in at most seven bits: of four pieces of 16 bits one then
 * differs in at most one bit, so only hashes whose piece is equal or one bit away are compared.
 */
export function closeHashes(hashes: readonly string[], most: number): [number, number][] {
  const high = Uint32Array.from(hashes, (hash) => parseInt(hash.slice(0, 8), 16))
  const low = Uint32Array.from(hashes, (hash) => parseInt(hash.slice(8, 16), 16))
  const found = new Set<number>()
  for (let piece = 0; piece < 4; piece++) {
    const words = piece < 2 ? high : low
    const pieces = Uint16Array.from(words, (word) => (piece % 2 === 0 ? word >>> 16 : word & 0xffff))
    const buckets = Array.from({ length: 65_536 }, (): number[] => [])
    for (const [place, value] of pieces.entries()) {
      for (let bit = -1; bit < 16; bit++) {
        for (const other of buckets[bit < 0 ? value : value ^ (1 << bit)]!) {
          const bits = ones(high[place]! ^ high[other]!) + ones(low[place]! ^ low[other]!)
          if (bits <= most) found.add(other * hashes.length + place)
        }
      }
      buckets[value]!.push(place)
    }
  }
  return [...found]
    .sort((a, b) => a - b)
    .map((pair) => [Math.floor(pair / hashes.length), pair % hashes.length])
}

/** Bits that are set in a word. */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Bits in which two 64-bit picture hashes of 16 hexadecimal digits differ. */
export function hamming(left: string, right: string): number {
  const differing = (from: number): number =>
    ones(parseInt(left.slice(from, from + 8), 16) ^ parseInt(right.slice(from, from + 8), 16))
  return differing(0) + differing(8)
}

function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
