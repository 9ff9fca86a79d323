// The container of a backup: a plain tar (POSIX ustar), so that any machine can list it and take it apart. Written and
// read front to back; an entry is as large as one part, so memory stays the same however large the city is.
import { open, type FileHandle } from 'node:fs/promises'
import { BackupRefusal } from './refusals.ts'

const BLOCK = 512

/** No entry is longer: a part is a few megabytes, an upload at most 64. */
const MOST_BYTES = 256 * 1024 * 1024

export interface TarWriter {
  readonly add: (name: string, bytes: Uint8Array) => Promise<void>
  readonly written: () => number
  /** writes the end mark and makes sure that all of it is on the disk */
  readonly finish: () => Promise<void>
  readonly abandon: () => Promise<void>
}

/** @param file must not exist */
export async function createTar(file: string): Promise<TarWriter> {
  const handle = await open(file, 'wx', 0o600)
  let written = 0
  const put = async (bytes: Uint8Array): Promise<void> => {
    for (let from = 0; from < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, from)
      from += bytesWritten
    }
    written += bytes.length
  }
  return {
    add: async (name, bytes) => {
      await put(headerOf(name, bytes.length))
      await put(bytes)
      await put(new Uint8Array(padding(bytes.length)))
    },
    written: () => written,
    finish: async () => {
      await put(new Uint8Array(2 * BLOCK))
      await handle.sync()
      await handle.close()
    },
    abandon: () => handle.close().catch(() => undefined),
  }
}

export interface TarEntry {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Reads the entries in order.
 * @throws `backup.not_a_backup`, `backup.truncated`, `backup.damaged`
 */
export async function* readTar(file: string): AsyncGenerator<TarEntry> {
  const handle = await open(file, 'r')
  try {
    let last = ''
    for (let first = true; ; first = false) {
      const header = await take(handle, BLOCK, file)
      if (header.every((byte) => byte === 0)) return
      const found = entryOf(header)
      if (found === undefined) throw notAnEntry(file, first, last)
      const bytes = await take(handle, found.size, file)
      await take(handle, padding(found.size), file)
      last = found.name
      yield { name: found.name, bytes }
    }
  } finally {
    await handle.close()
  }
}

function notAnEntry(file: string, first: boolean, last: string): BackupRefusal {
  if (first) return new BackupRefusal('backup.not_a_backup', { file })
  return new BackupRefusal('backup.damaged', { part: `header after ${last}` })
}

async function take(handle: FileHandle, length: number, file: string): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length)
  for (let from = 0; from < length;) {
    const { bytesRead } = await handle.read(bytes, from, length - from)
    if (bytesRead === 0) throw new BackupRefusal('backup.truncated', { file })
    from += bytesRead
  }
  return bytes
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

const encoder = new TextEncoder()

function headerOf(name: string, size: number): Uint8Array {
  const header = new Uint8Array(BLOCK)
  const text = (at: number, value: string): void => header.set(encoder.encode(value), at)
  text(0, name)
  text(100, '0000600\0')
  text(108, '0000000\0')
  text(116, '0000000\0')
  text(124, `${size.toString(8).padStart(11, '0')}\0`)
  text(136, '00000000000\0')
  text(156, '0')
  text(257, 'ustar\0')
  text(263, '00')
  text(148, `${sumOf(header).toString(8).padStart(6, '0')}\0 `)
  return header
}

function entryOf(header: Uint8Array): { readonly name: string; readonly size: number } | undefined {
  const text = (from: number, length: number): string =>
    Buffer.from(header.subarray(from, from + length))
      .toString('latin1')
      .replace(/\0.*$/s, '')
  const sum = Number.parseInt(text(148, 8), 8)
  const size = Number.parseInt(text(124, 12), 8)
  if (text(257, 6) !== 'ustar' || sum !== sumOf(header) || !(size <= MOST_BYTES)) return undefined
  return { name: text(0, 100), size }
}

/** The sum of the header's bytes, its own field taken as blanks. */
function sumOf(header: Uint8Array): number {
  let sum = 0
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 32 : byte
  return sum
}
