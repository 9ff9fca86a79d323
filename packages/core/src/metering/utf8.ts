// Strict UTF-8: a file that is not text is refused at its first wrong byte, never read with replacement characters.
import { accept, refuse, type Decision } from '../refusal.ts'

const CHUNK = 8192

/** @returns the text without a byte order mark, or `metering.not_text` with the byte (counted from 0) */
export function decodeUtf8(bytes: Uint8Array): Decision<string, 'metering.not_text'> {
  const units = new Uint16Array(CHUNK + 2)
  const chunks: string[] = []
  let used = 0
  const flush = (): void => {
    chunks.push(String.fromCharCode(...units.subarray(0, used)))
    used = 0
  }
  let offset = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (offset < bytes.length) {
    const length = lengthOf(bytes[offset]!)
    const point = length === 0 ? -1 : pointAt(bytes, offset, length)
    if (point < 0) return refuse('metering.not_text', { byte: offset })
    if (point < 0x10000) units[used++] = point
    else {
      units[used++] = 0xd800 + ((point - 0x10000) >> 10)
      units[used++] = 0xdc00 + (point & 0x3ff)
    }
    if (used >= CHUNK) flush()
    offset += length
  }
  flush()
  return accept(chunks.join(''))
}

/** Bytes of the sequence that a first byte opens; 0 when none may begin with it (also NUL, which no text holds). */
function lengthOf(first: number): number {
  if (first < 0x80) return first === 0 ? 0 : 1
  if (first < 0xc2) return 0
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
}

const LEAST = [0, 0, 0x80, 0x800, 0x10000]

/** The code point of a sequence, or -1 when it is cut off, overlong, a surrogate or beyond Unicode. */
function pointAt(bytes: Uint8Array, offset: number, length: number): number {
  const first = bytes[offset]!
  if (length === 1) return first
  let point = first & (0xff >> (length + 1))
  for (let index = 1; index < length; index++) {
    const next = bytes[offset + index]
    if (next === undefined || (next & 0xc0) !== 0x80) return -1
    point = (point << 6) | (next & 0x3f)
  }
  const surrogate = point >= 0xd800 && point <= 0xdfff
  return point < LEAST[length]! || surrogate || point > 0x10ffff ? -1 : point
}
