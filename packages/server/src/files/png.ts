// A PNG read by its bytes (ISO/IEC 15948): signature, header, every chunk with its check sum, the pixels to the last row,
// the end. A file that only begins like one, or whose pixels break off, is none: what prints it later would fail.
import { crc32, inflateSync } from 'node:zlib'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export interface PngSize {
  readonly width: number
  readonly height: number
}

interface Header extends PngSize {
  readonly bitsPerPixel: number
}

/** Larger pictures are not unpacked. */
const MOST_PIXELS = 4_000_000

/** Channels by colour type: grey, true colour, grey with alpha, true colour with alpha. Palettes have no place in a seal. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 }

/** @returns null for anything that is no whole PNG of eight bits a channel, row by row */
export function pngSize(bytes: Uint8Array): PngSize | null {
  if (bytes.length < 57 || SIGNATURE.some((byte, at) => bytes[at] !== byte)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let header: Header | null = null
  const pixels: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at)
    const end = at + 12 + length
    if (end > bytes.length) return null
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) return null
    if (at === 8) header = name === 'IHDR' && length === 13 ? headerOf(view) : null
    if (header === null) return null
    if (name === 'IDAT') pixels.push(bytes.subarray(at + 8, at + 8 + length))
    if (name === 'IEND') return end === bytes.length && isWhole(header, pixels) ? sizeOf(header) : null
    at = end
  }
  return null
}

function headerOf(view: DataView): Header | null {
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const [depth, colour, interlaced] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)]
  const channels = CHANNELS[colour]
  const fits = width > 0 && height > 0 && width * height <= MOST_PIXELS
  if (!fits || depth !== 8 || channels === undefined || interlaced !== 0) return null
  return { width, height, bitsPerPixel: 8 * channels }
}

function sizeOf({ width, height }: Header): PngSize {
  return { width, height }
}

/** A row is one byte that names its filter (0 to 4) and the pixels. */
function isWhole({ width, height, bitsPerPixel }: Header, pixels: readonly Uint8Array[]): boolean {
  const row = 1 + (width * bitsPerPixel) / 8
  try {
    const unpacked = inflateSync(Buffer.concat(pixels), { maxOutputLength: row * height })
    if (unpacked.length !== row * height) return false
    return Array.from({ length: height }, (_, index) => unpacked[index * row]!).every((filter) => filter <= 4)
  } catch {
    return false
  }
}
