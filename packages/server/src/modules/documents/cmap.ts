// Which letters a font has, from the `cmap` table of its file (OpenType 1.9, formats 4 and 12). Of a collection the
// first font counts.

/** @returns whether there is a glyph for a code point, or null when the file is no font */
export function lettersOf(file: Uint8Array): ((codePoint: number) => boolean) | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  try {
    const cmap = tableNamed(view, 'cmap')
    return cmap === null ? null : readCmap(view, cmap)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const COLLECTION = 0x74746366
const KINDS = new Set([0x00010000, 0x4f54544f, 0x74727565])

function tableNamed(view: DataView, name: string): number | null {
  const start = view.getUint32(0) === COLLECTION ? view.getUint32(12) : 0
  if (!KINDS.has(view.getUint32(start))) return null
  const tables = view.getUint16(start + 4)
  for (let index = 0; index < tables; index++) {
    const at = start + 12 + index * 16
    const tag = [0, 1, 2, 3].map((offset) => String.fromCharCode(view.getUint8(at + offset))).join('')
    if (tag === name) return view.getUint32(at + 8)
  }
  return null
}

function readCmap(view: DataView, cmap: number): (codePoint: number) => boolean {
  const letters = new Uint8Array(0x110000 / 8)
  const put = (code: number): void => void (letters[code >> 3]! |= 1 << (code & 7))
  const subtables = view.getUint16(cmap + 2)
  for (let index = 0; index < subtables; index++) {
    const platform = view.getUint16(cmap + 4 + index * 8)
    const at = cmap + view.getUint32(cmap + 8 + index * 8)
    if (platform !== 0 && platform !== 3) continue
    const format = view.getUint16(at)
    if (format === 4) readSegments(view, at, put)
    if (format === 12) readGroups(view, at, put)
  }
  return (code) => (letters[code >> 3]! & (1 << (code & 7))) !== 0
}

/** Format 12: groups of code points that follow each other. */
function readGroups(view: DataView, at: number, put: (code: number) => void): void {
  const groups = view.getUint32(at + 12)
  for (let index = 0; index < groups; index++) {
    const group = at + 16 + index * 12
    const [first, last] = [view.getUint32(group), Math.min(view.getUint32(group + 4), 0x10ffff)]
    for (let code = first; code <= last; code++) put(code)
  }
}

/** Format 4: segments of the basic plane, by difference or through an array of glyphs. */
function readSegments(view: DataView, at: number, put: (code: number) => void): void {
  const segments = view.getUint16(at + 6) / 2
  const [ends, starts] = [at + 14, at + 16 + segments * 2]
  const [deltas, offsets] = [starts + segments * 2, starts + segments * 4]
  for (let index = 0; index < segments; index++) {
    const [first, last] = [view.getUint16(starts + index * 2), view.getUint16(ends + index * 2)]
    const delta = view.getUint16(deltas + index * 2)
    const offset = view.getUint16(offsets + index * 2)
    for (let code = first; code <= last && code < 0xffff; code++) {
      const place = offsets + index * 2 + offset + (code - first) * 2
      const found = offset === 0 ? code : view.getUint16(place)
      const glyph = offset !== 0 && found === 0 ? 0 : (found + delta) & 0xffff
      if (glyph !== 0) put(code)
    }
  }
}
