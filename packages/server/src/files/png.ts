// A PNG read by its bytes (ISO/IEC 15948): signature, header, every chunk with its check sum, the end. A file that only
// begins like one is none.
import { crc32 } from 'node:zlib'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export interface PngSize {
  readonly width: number
  readonly height: number
}

/** @returns null for anything that is no whole PNG */
export function pngSize(bytes: Uint8Array): PngSize | null {
  if (bytes.length < 57 || SIGNATURE.some((byte, at) => bytes[at] !== byte)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let size: PngSize | null = null
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at)
    const end = at + 12 + length
    if (end > bytes.length) return null
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) return null
    if (at === 8) {
      if (name !== 'IHDR' || length !== 13) return null
      size = { width: view.getUint32(16), height: view.getUint32(20) }
    }
    if (name === 'IEND') return end === bytes.length && size !== null && size.width > 0 ? size : null
    at = end
  }
  return null
}
