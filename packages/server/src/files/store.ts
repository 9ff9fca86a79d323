// Files by content: a file is stored once under its SHA-256, outside the web root, written whole or not at all
// (temporary name, fsync, rename, fsync of the folder).
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface FileStore {
  /** @returns the SHA-256 in hex */
  readonly put: (bytes: Uint8Array) => Promise<string>
  /** @throws when the file is missing or its content no longer has its hash */
  readonly get: (sha256: string) => Promise<Uint8Array>
  /** of what nothing refers to any more; gone already is as good */
  readonly remove: (sha256: string) => Promise<void>
}

export function fileStore(folder: string): FileStore {
  const placeOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256)
  return {
    put: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const place = placeOf(sha256)
      const parent = join(folder, sha256.slice(0, 2))
      if (await exists(place)) {
        // whoever put it there may not have come so far
        await syncFolder(parent)
        return sha256
      }
      await mkdir(parent, { recursive: true, mode: 0o700 })
      const temporary = `${place}.${process.pid}.${temporaryNumber++}`
      const file = await open(temporary, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      } finally {
        await file.close()
      }
      await rename(temporary, place)
      await syncFolder(parent)
      await syncFolder(folder)
      return sha256
    },
    get: async (sha256) => {
      const bytes = await readFile(placeOf(sha256))
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
        throw new Error(`file ${sha256} no longer has its content`)
      }
      return bytes
    },
    remove: async (sha256) => {
      await rm(placeOf(sha256), { force: true })
      if (await exists(join(folder, sha256.slice(0, 2)))) await syncFolder(join(folder, sha256.slice(0, 2)))
    },
  }
}

let temporaryNumber = 0

async function exists(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  )
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
