// Canonical bytes: what is hashed must not depend on a driver, a locale or the order of keys. A row is the list of
// its fields in a fixed order; each field is a kind byte, a 4-byte big-endian length and its bytes. The encoding is
// fixed from the first commit: changing it would break every hash ever published.

/** A hash as an argument: core never chooses the algorithm (SM3 or SHA-256) nor the library. */
export type Hash = (bytes: Uint8Array) => Uint8Array

export type CanonicalField = string | bigint | number | boolean | null | Uint8Array

/**
 * The canonical bytes of one row.
 * @param fields in their fixed order; a number must be a safe integer (kind and value equal those of its bigint)
 */
export function canonicalBytes(fields: readonly CanonicalField[]): Uint8Array {
  const parts = fields.map(encodeField)
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + 5 + part.bytes.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes[offset] = part.kind
    new DataView(bytes.buffer).setUint32(offset + 1, part.bytes.length)
    bytes.set(part.bytes, offset + 5)
    offset += 5 + part.bytes.length
  }
  return bytes
}

function encodeField(field: CanonicalField): { kind: number; bytes: Uint8Array } {
  if (field === null) return { kind: 0, bytes: new Uint8Array(0) }
  if (typeof field === 'boolean') return { kind: 1, bytes: Uint8Array.of(field ? 1 : 0) }
  if (typeof field === 'string') return { kind: 3, bytes: utf8(field) }
  if (typeof field === 'bigint') return { kind: 2, bytes: utf8(field.toString()) }
  if (typeof field === 'number') {
    if (!Number.isSafeInteger(field)) throw new RangeError('a canonical number is a safe integer')
    return { kind: 2, bytes: utf8(String(field)) }
  }
  return { kind: 4, bytes: field }
}

/**
 * The fields of canonical bytes; integers come as bigint.
 * @returns null when the bytes are not canonical
 */
export function readCanonical(bytes: Uint8Array): readonly CanonicalField[] | null {
  const fields: CanonicalField[] = []
  for (let from = 0; from < bytes.length;) {
    if (from + 5 > bytes.length) return null
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(from + 1)
    const field = bytes.slice(from + 5, from + 5 + length)
    if (field.length !== length) return null
    const read = readField(bytes[from]!, field)
    if (read === undefined) return null
    fields.push(read)
    from += 5 + length
  }
  return fields
}

function readField(kind: number, bytes: Uint8Array): CanonicalField | undefined {
  const ascii = String.fromCharCode(...bytes)
  if (kind === 0) return bytes.length === 0 ? null : undefined
  if (kind === 1) return bytes.length === 1 && bytes[0]! < 2 ? bytes[0] === 1 : undefined
  if (kind === 2) return /^(0|-?[1-9]\d*)$/.test(ascii) ? BigInt(ascii) : undefined
  if (kind === 3) return fromUtf8(bytes)
  return kind === 4 ? bytes : undefined
}

/** The text of UTF-8 bytes; undefined when they are none. */
function fromUtf8(bytes: Uint8Array): string | undefined {
  const encoded = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

/**
 * The canonical text of plain data: JSON with sorted keys, bigints as digits with the suffix n, no undefined.
 * Used for facts and explanations, whose shape is not a fixed row.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'bigint') return JSON.stringify(`${value}n`)
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)}`).join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** UTF-8 by hand, since core knows neither the DOM's nor Node's encoder; a lone surrogate becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const raw = character.codePointAt(0)!
    const point = raw >= 0xd800 && raw <= 0xdfff ? 0xfffd : raw
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63))
    else if (point < 0x10000)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    else
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 63),
        0x80 | ((point >> 6) & 63),
        0x80 | (point & 63),
      )
  }
  return Uint8Array.from(bytes)
}
