// Near-duplicate texts: sets of five-character shingles of the normalised text, their Jaccard likeness, and MinHash with
// banded locality-sensitive hashing (Broder; Leskovec, Rajaraman and Ullman, ch. 3) to find candidates without comparing
// all pairs. Sixteen bands of four rows find pairs above a likeness of about one half.
import { utf8 } from '../../canonical.ts'
import { decoded } from '../world/texts.ts'
import { groupPlaces, type Grouping } from '../world/groups.ts'

const LENGTH = 5
const HASHES = 64
const EMPTY = 0xffffffff
const BANDS = 16

/** Hashes of the five-character shingles of a text, without white space and case, each once, in order. */
export function shingles(text: string): Uint32Array {
  const found: number[] = []
  shingler()(utf8(text), (shingle) => found.push(shingle))
  return distinct(found)
}

/** The different numbers among some, in order. */
export function distinct(numbers: readonly number[]): Uint32Array {
  const all = Uint32Array.from(numbers).sort()
  return all.filter((value, place) => place === 0 || value !== all[place - 1])
}

/** Visits the shingles of a text in the order in which they stand, as often as they stand. */
export type Shingler = (text: Uint8Array, visit: (shingle: number) => void) => void

const BASE = 16777619
/** BASE to the fifth: what a unit weighs that falls out of the window. */
const OUT = Array.from({ length: LENGTH }).reduce<number>((power) => Math.imul(power, BASE), 1)

/** A visitor of shingles for many texts in UTF-8, which uses one buffer for all of them. Hashes roll (Karp and Rabin 1987). */
export function shingler(): Shingler {
  let units = new Uint16Array(1024)
  return (text, visit) => {
    if (units.length < text.length) units = new Uint16Array(2 * text.length)
    const count = plainUnits(text, units)
    let hash = 0
    for (let at = 0; at < count; at++) {
      hash = (Math.imul(hash, BASE) + units[at]!) | 0
      if (at >= LENGTH) hash = (hash - Math.imul(OUT, units[at - LENGTH]!)) | 0
      if (at >= LENGTH - 1) visit(mix(hash))
    }
  }
}

/** Puts the units of a text without white space and case into a buffer; answers how many there are. */
function plainUnits(text: Uint8Array, into: Uint16Array): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]!
    if (byte < 128) {
      if (byte !== 32 && (byte < 9 || byte > 13)) into[count++] = byte >= 65 && byte <= 90 ? byte + 32 : byte
      continue
    }
    const unit = ((byte & 15) << 12) | ((text[at + 1]! & 63) << 6) | (text[at + 2]! & 63)
    if (byte >> 4 !== 14 || !caseless(unit)) return spelledUnits(text, into)
    into[count++] = unit
    at += 2
  }
  return count
}

/** The usual Chinese signs: none has case or is white space. */
function caseless(unit: number): boolean {
  return (
    (unit > 0x3000 && unit < 0xa000) ||
    (unit >= 0x2010 && unit < 0x2028) ||
    (unit >= 0xff00 && unit <= 0xff20)
  )
}

/** The same for any text, by the rules of the language. */
function spelledUnits(text: Uint8Array, into: Uint16Array): number {
  const plain = decoded(text).replaceAll(/\s+/g, '').toLowerCase()
  for (let at = 0; at < plain.length; at++) into[at] = plain.charCodeAt(at)
  return plain.length
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

export interface MinHasher {
  readonly add: (item: number) => void
  /** a number of different items that were certainly added */
  readonly atLeast: () => number
  readonly signature: () => Uint32Array
}

/**
 * A signature of 64 minima by one permutation (Li, Owen and Zhang 2012): each shingle falls into one of 64 bins, and an
 * empty bin borrows from the next full one. Items may come in any order and more than once.
 */
export function minHasher(): MinHasher {
  const minima = new Uint32Array(HASHES).fill(EMPTY)
  let full = 0
  return {
    add: (item) => {
      const mixed = mix(item ^ 0x9e3779b9)
      const bin = mixed >>> 26
      if (minima[bin] === EMPTY) full += 1
      if (mixed < minima[bin]!) minima[bin] = mixed
    },
    atLeast: () => full,
    signature: () => {
      const filled = Uint32Array.from(minima)
      if (full === 0) return filled
      for (let bin = 0; bin < HASHES; bin++) {
        let from = bin
        while (minima[from % HASHES] === EMPTY) from += 1
        if (from > bin) filled[bin] = mix(minima[from % HASHES]! + (from - bin))
      }
      return filled
    },
  }
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

export interface Bands {
  readonly count: number
  /** the places whose signatures agree with one in a band */
  readonly of: (band: number, signature: Uint32Array) => Int32Array
  readonly meet: (band: number, left: Uint32Array, right: Uint32Array) => boolean
}

/** All bands of many signatures, to be asked with new ones. */
export function bandsOf(signatures: readonly Uint32Array[]): Bands {
  const bands = Array.from({ length: BANDS }, (_, band) => bandOf(signatures, band))
  return {
    count: BANDS,
    of: (band, signature) => bands[band]!.of(bandKey(signature, band)),
    meet: (band, left, right) => bandKey(left, band) === bandKey(right, band),
  }
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

/** The places of hashes that differ from one in at most so many bits, found by their pieces as in `closeHashes`. */
export function hashIndex(hashes: readonly string[]): (hash: string, most: number) => number[] {
  const pieceOf = (hash: string, piece: number): number => parseInt(hash.slice(4 * piece, 4 * piece + 4), 16)
  const pieces = [0, 1, 2, 3].map((piece) =>
    groupPlaces(Int32Array.from(hashes, (hash) => pieceOf(hash, piece))),
  )
  return (hash, most) => {
    const found = new Set<number>()
    for (const [piece, places] of pieces.entries())
      for (let bit = -1; bit < 16; bit++)
        for (const place of places.of(pieceOf(hash, piece) ^ (bit < 0 ? 0 : 1 << bit)))
          if (hamming(hash, hashes[place]!) <= most) found.add(place)
    return [...found]
  }
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
