// A ZIP archive opened with distrust: its directory is read first, nothing is unpacked beyond a bound whatever the
// directory says, encrypted and doubled entries are refused. By APPNOTE.TXT 4.3; no ZIP64 (no table of ours needs it).
import { accept, refuse, type Decision } from '@suanquan/core'
import { inflateRawSync } from 'node:zlib'

export type ZipRefusal = 'imports.not_a_table' | 'imports.half_written' | 'imports.too_large'

const MOST_ENTRIES = 500
export const MOST_UNPACKED_BYTES = 96 * 1024 * 1024

const END = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50

/** Every entry by its name, whole. */
export function unpackZip(bytes: Uint8Array): Decision<ReadonlyMap<string, Uint8Array>, ZipRefusal> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  if (end === -1) return refuse('imports.half_written', { row: 1 })
  const count = view.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) return refuse('imports.too_large', { maximum: `${MOST_ENTRIES}` })
  const entries = new Map<string, Uint8Array>()
  let at = view.readUInt32LE(end + 16)
  let unpacked = 0
  for (let index = 0; index < count; index++) {
    const entry = entryAt(view, at)
    if (entry === null || entries.has(entry.name)) return refuse('imports.not_a_table', { found: 'ZIP' })
    const content = contentOf(view, entry, MOST_UNPACKED_BYTES - unpacked)
    if (typeof content === 'string') return refuse(content, contentParams(content))
    // whoever unpacks it again goes by the size that the directory gives
    if (content.byteLength !== entry.bytes) return refuse('imports.not_a_table', { found: 'ZIP' })
    unpacked += content.byteLength
    entries.set(entry.name, content)
    at = entry.next
  }
  return accept(entries)
}

function contentParams(code: ZipRefusal): Record<string, string | number> {
  if (code === 'imports.too_large') return { maximum: `${MOST_UNPACKED_BYTES / 1024 / 1024} MB` }
  return code === 'imports.half_written' ? { row: 1 } : { found: 'ZIP' }
}

function endOf(view: Buffer): number {
  for (let at = view.length - 22; at >= Math.max(0, view.length - 22 - 65_535); at--)
    if (view.readUInt32LE(at) === END) return at
  return -1
}

interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly packedBytes: number
  readonly bytes: number
  readonly local: number
  readonly next: number
}

function entryAt(view: Buffer, at: number): ZipEntry | null {
  if (at + 46 > view.length || view.readUInt32LE(at) !== DIRECTORY_ENTRY) return null
  const [name, extra, comment] = [28, 30, 32].map((place) => view.readUInt16LE(at + place))
  return {
    name: view.toString('utf8', at + 46, at + 46 + name!),
    method: view.readUInt16LE(at + 10),
    encrypted: (view.readUInt16LE(at + 8) & 1) === 1,
    packedBytes: view.readUInt32LE(at + 20),
    bytes: view.readUInt32LE(at + 24),
    local: view.readUInt32LE(at + 42),
    next: at + 46 + name! + extra! + comment!,
  }
}

function contentOf(view: Buffer, entry: ZipEntry, most: number): Uint8Array | ZipRefusal {
  const { local, packedBytes, method, encrypted } = entry
  if (encrypted || (method !== 0 && method !== 8)) return 'imports.not_a_table'
  if (local + 30 > view.length || view.readUInt32LE(local) !== LOCAL_ENTRY) return 'imports.half_written'
  const from = local + 30 + view.readUInt16LE(local + 26) + view.readUInt16LE(local + 28)
  if (from + packedBytes > view.length) return 'imports.half_written'
  const packed = view.subarray(from, from + packedBytes)
  if (method === 0) return packed.byteLength > most ? 'imports.too_large' : packed
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return tooLarge ? 'imports.too_large' : 'imports.half_written'
  }
}

/** The same archive without the moment at which it was made: equal content is then equal bytes. */
export function undated(bytes: Uint8Array): Uint8Array {
  const view = Buffer.from(bytes)
  const end = endOf(view)
  let at = view.readUInt32LE(end + 16)
  for (let index = view.readUInt16LE(end + 10); index > 0; index--) {
    const local = view.readUInt32LE(at + 42)
    view.writeUInt32LE(FIRST_DAY, at + 12)
    view.writeUInt32LE(FIRST_DAY, local + 10)
    at += 46 + view.readUInt16LE(at + 28) + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32)
  }
  return view
}

/** 1980-01-01 00:00:00 as MS-DOS writes it: time, then date. */
const FIRST_DAY = 0x00210000
