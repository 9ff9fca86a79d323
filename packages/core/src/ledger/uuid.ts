// Ids are UUIDs in lower case. Ids of postings and documents are made by whoever asks (UUIDv7 at the edge); ids that
// must be the same for everybody who derives them (accounts, grants of caps) are UUIDv8 of RFC 9562: 122 bits of a
// hash over named fields.
import { canonicalBytes, hex, type CanonicalField, type Hash } from '../canonical.ts'

/** `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, lower case. */
export type Uuid = string

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** The 16 bytes of an id. */
export function uuidBytes(id: Uuid): Uint8Array {
  const bytes = new Uint8Array(16)
  let digits = 0
  for (let index = 0; index < id.length; index++) {
    const code = id.charCodeAt(index)
    if (code === DASH) continue
    bytes[digits >> 1]! |=
      (code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10) << (digits % 2 === 0 ? 4 : 0)
    digits++
  }
  return bytes
}

const [DASH, DIGIT_0, LETTER_A] = [45, 48, 97]

/**
 * The id that follows from the fields: the same on every machine.
 * @param fields in a fixed order, the first one a name that tells the purposes apart
 */
export function derivedUuid(hash: Hash, fields: readonly CanonicalField[]): Uuid {
  const bytes = hash(canonicalBytes(fields)).slice(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const digits = hex(bytes)
  return [0, 8, 12, 16, 20].map((from, index) => digits.slice(from, [8, 12, 16, 20, 32][index])).join('-')
}
