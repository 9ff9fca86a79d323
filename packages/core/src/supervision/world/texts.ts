// All texts of a world, each kept once as UTF-8 in large pieces and known by a number, its code. Equal texts have equal
// codes, so tables compare and join by whole numbers, and a million ids are a few arrays instead of a million objects.
// A text becomes a string only when somebody asks for it.
import { utf8 } from '../../canonical.ts'

export interface Texts {
  /** the code of the bytes from start to end, new or known */
  readonly intern: (bytes: Uint8Array, start: number, end: number) => number
  /** whether the code is that of the bytes from start to end */
  readonly is: (code: number, bytes: Uint8Array, start: number, end: number) => boolean
  readonly add: (text: string) => number
  /** below 0 where the first stands before the second: the shorter first, then by bytes */
  readonly compare: (left: number, right: number) => number
  /** the code of a text, -1 where no table has it */
  readonly codeOf: (text: string) => number
  readonly textOf: (code: number) => string
  /** to read, never to write */
  readonly bytesOf: (code: number) => Uint8Array
  readonly count: () => number
}

const PIECE_BITS = 24
const PIECE = 1 << PIECE_BITS
const SMALLEST = 1 << 16

export function newTexts(): Texts {
  const store = newStore()
  let starts = new Uint32Array(1024)
  let lengths = new Uint32Array(1024)
  let hashes = new Int32Array(1024)
  let slots = new Int32Array(4096)
  let count = 0
  const ask = asker()
  const strings = kept((code) => decoded(bytesOf(code)))
  const add = (text: string): number => {
    const bytes = utf8(text)
    return intern(bytes, 0, bytes.length)
  }
  return { intern, is, add, compare, codeOf: remembered(find), textOf: strings, bytesOf, count: () => count }

  function intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end)
    const slot = slotOf(bytes, start, end, hash)
    const known = slots[slot]!
    if (known !== 0) return known - 1
    if (count === starts.length) {
      starts = copied(new Uint32Array(2 * count), starts)
      lengths = copied(new Uint32Array(2 * count), lengths)
      hashes = copied(new Int32Array(2 * count), hashes)
    }
    starts[count] = store.put(bytes, start, end)
    lengths[count] = end - start
    hashes[count] = hash
    count += 1
    slots[slot] = count
    if (count * 5 > slots.length * 3) slots = slotsOf(hashes, count, 2 * slots.length)
    return count - 1
  }

  /** The slot that holds the text, or the free one where it belongs. */
  function slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = slots.length - 1
    let slot = hash & mask
    for (let known = slots[slot]!; known !== 0; known = slots[slot]!) {
      if (hashes[known - 1] === hash && is(known - 1, bytes, start, end)) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  function is(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    return lengths[code] === end - start && store.same(starts[code]!, bytes, start, end)
  }

  function compare(left: number, right: number): number {
    return lengths[left]! - lengths[right]! || store.compare(starts[left]!, starts[right]!, lengths[left]!)
  }

  function find(text: string): number {
    const { bytes, length } = ask(text)
    return slots[slotOf(bytes, 0, length, hashOf(bytes, 0, length))]! - 1
  }

  function bytesOf(code: number): Uint8Array {
    return store.at(starts[code]!, lengths[code]!)
  }
}

/** An open table of the codes by their hashes, one more than the code in each slot that is taken. */
function slotsOf(hashes: Int32Array, count: number, size: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(size)
  for (let code = 0; code < count; code++) {
    let slot = hashes[code]! & (size - 1)
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1)
    slots[slot] = code + 1
  }
  return slots
}

/** The order of two texts, as `compare` has it for their codes. */
export function compareTexts(left: string, right: string): number {
  const [a, b] = [utf8(left), utf8(right)]
  if (a.length !== b.length) return a.length - b.length
  const at = a.findIndex((byte, place) => byte !== b[place])
  return at === -1 ? 0 : a[at]! - b[at]!
}

interface Store {
  /** where the copy of the bytes begins */
  readonly put: (bytes: Uint8Array, start: number, end: number) => number
  readonly same: (at: number, bytes: Uint8Array, start: number, end: number) => boolean
  /** the order of bytes of one length */
  readonly compare: (left: number, right: number, length: number) => number
  readonly at: (at: number, length: number) => Uint8Array
}

/** Bytes in large pieces: nothing lies across two of them, and what is longer than a piece has its own. */
function newStore(): Store {
  const pieces: Uint8Array[] = []
  let fill = 0
  const at: Store['at'] = (place, length) =>
    pieces[place >>> PIECE_BITS]!.subarray(from(place), from(place) + length)
  return { put, same, compare, at }

  function from(at: number): number {
    return at & (PIECE - 1)
  }

  function put(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    if (fill + length > (pieces.at(-1)?.length ?? 0)) {
      pieces.push(new Uint8Array(Math.max(Math.min(PIECE, SMALLEST << pieces.length), length)))
      fill = 0
    }
    const at = fill
    const piece = pieces.at(-1)!
    for (let offset = 0; offset < length; offset++) piece[at + offset] = bytes[start + offset]!
    fill += length
    return (pieces.length - 1) * PIECE + at
  }

  function same(at: number, bytes: Uint8Array, start: number, end: number): boolean {
    const piece = pieces[at >>> PIECE_BITS]!
    const first = from(at)
    for (let offset = 0; offset < end - start; offset++)
      if (piece[first + offset] !== bytes[start + offset]) return false
    return true
  }

  function compare(left: number, right: number, length: number): number {
    const [a, b] = [pieces[left >>> PIECE_BITS]!, pieces[right >>> PIECE_BITS]!]
    const [ofLeft, ofRight] = [from(left), from(right)]
    for (let offset = 0; offset < length; offset++) {
      const differs = a[ofLeft + offset]! - b[ofRight + offset]!
      if (differs !== 0) return differs
    }
    return 0
  }
}

const MOST_REMEMBERED = 1 << 16

/** What was asked last is asked again. A text that nothing has may come to be known, so that is never remembered. */
function remembered(find: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const code = find(text)
    if (known.size === MOST_REMEMBERED) known.clear()
    if (code >= 0) known.set(text, code)
    return code
  }
}

const PAGE_BITS = 12

/** Strings by code, made when first asked for; pages of them, since most codes are never asked for. */
function kept(make: (code: number) => string): (code: number) => string {
  const pages: (string | undefined)[][] = []
  return (code) => {
    while (pages.length <= code >>> PAGE_BITS) pages.push([])
    const page = pages[code >>> PAGE_BITS]!
    return (page[code & ((1 << PAGE_BITS) - 1)] ??= make(code))
  }
}

/** The bytes of a text that is asked for; those of a short plain one in a buffer that is used again and again. */
function asker(): (text: string) => { readonly bytes: Uint8Array; readonly length: number } {
  const scratch = new Uint8Array(64)
  return (text) => {
    let plain = text.length <= scratch.length
    for (let at = 0; plain && at < text.length; at++) {
      const unit = text.charCodeAt(at)
      plain = unit < 128
      scratch[at] = unit
    }
    const bytes = plain ? scratch : utf8(text)
    return { bytes, length: plain ? text.length : bytes.length }
  }
}

function copied<Numbers extends { set: (from: Numbers) => void }>(to: Numbers, from: Numbers): Numbers {
  to.set(from)
  return to
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 2166136261
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}

const MOST_UNITS = 4096

/** UTF-8 to text by hand, as `utf8` is from text; what is no UTF-8 becomes U+FFFD. */
export function decoded(bytes: Uint8Array): string {
  // Most texts are short and plain: their bytes are their units.
  if (bytes.length <= 32 && bytes.every((byte) => byte < 0x80)) return fromUnits(bytes)
  const units = unitsOf(bytes)
  let text = ''
  for (let at = 0; at < units.length; at += MOST_UNITS) text += fromUnits(units.subarray(at, at + MOST_UNITS))
  return text
}

function fromUnits(units: Uint8Array | Uint16Array): string {
  return String.fromCharCode.apply(undefined, units as unknown as number[])
}

/** The UTF-16 units of UTF-8 bytes. */
function unitsOf(bytes: Uint8Array): Uint16Array {
  const units = new Uint16Array(bytes.length)
  let count = 0
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]!
    if (first < 0x80) {
      units[count++] = first
      at += 1
      continue
    }
    const { point, length } = pointAt(bytes, at)
    at += length
    if (point >= 0x10000) units[count++] = 0xd800 + ((point - 0x10000) >> 10)
    units[count++] = point >= 0x10000 ? 0xdc00 + ((point - 0x10000) & 1023) : point
  }
  return units.subarray(0, count)
}

function pointAt(bytes: Uint8Array, at: number): { readonly point: number; readonly length: number } {
  const first = bytes[at]!
  if (first < 0x80) return { point: first, length: 1 }
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  let point = length === 4 ? first & 7 : length === 3 ? first & 15 : first & 31
  for (let offset = 1; offset < length; offset++) {
    const next = bytes[at + offset] ?? 0
    if ((next & 0xc0) !== 0x80) return { point: 0xfffd, length: offset }
    point = (point << 6) | (next & 0x3f)
  }
  const least = length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80
  const odd = length === 0 || first > 0xf4 || point < least || point > 0x10ffff || point >> 11 === 0x1b
  return odd ? { point: 0xfffd, length: Math.max(length, 1) } : { point, length }
}
