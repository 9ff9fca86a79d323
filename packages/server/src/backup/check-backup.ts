// Is this backup whole, unchanged, in order, and one that this version reads? Answered from the file alone: no database.
import { createHash } from 'node:crypto'
import { access } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { sealingOf, type Sealing } from './cipher.ts'
import { NEW_LINE } from './make-backup.ts'
import { names, readHead, readManifest, sha256, type Head, type Manifest } from './manifest.ts'
import { BackupRefusal } from './refusals.ts'
import { readTar } from './tar.ts'

export interface CheckOptions {
  readonly file: string
  /** null: an encrypted backup is checked by its hashes only */
  readonly passphrase: string | null
  /** the digest that was written down when it was made */
  readonly digest?: string
  readonly progress?: (bytes: number) => void
}

export interface Checked {
  readonly manifest: Manifest
  readonly digest: string
  /** whether the parts were opened and their rows counted, too */
  readonly opened: boolean
}

/** @throws a `BackupRefusal` that names what is wrong */
export async function checkBackup(options: CheckOptions): Promise<Checked> {
  const { file, passphrase } = options
  await access(file).catch((error: Error) => {
    throw new BackupRefusal('backup.cannot_read', { file, reason: error.message })
  })
  const reading = reader(file, passphrase)
  let bytes = 0
  for await (const entry of readTar(file)) {
    bytes += entry.bytes.length
    reading.take(entry.name, entry.bytes)
    options.progress?.(bytes)
  }
  const checked = reading.finish()
  if (options.digest !== undefined && options.digest !== checked.digest)
    throw new BackupRefusal('backup.other_digest', { found: checked.digest, wanted: options.digest })
  return checked
}

function reader(
  file: string,
  passphrase: string | null,
): { take: (name: string, bytes: Uint8Array) => void; finish: () => Checked } {
  let head: Head | undefined
  let sealing: Sealing | undefined
  let manifest: Uint8Array | undefined
  let signature: Uint8Array | undefined
  const parts: Manifest['parts'] = []
  const contents = contentCounter()
  return {
    take: (name, bytes) => {
      if (head === undefined) {
        head = readHead(file, bytes)
        sealing = sealingOf(head.encryption, passphrase)
      } else if (name === names.manifest) manifest = bytes
      else if (name === names.signature) signature = bytes
      else {
        parts.push({ name, sha256: sha256(bytes) })
        if (sealing!.readable) contents.add(name, sealing!.open(name, bytes))
      }
    },
    finish: () => {
      if (head === undefined) throw new BackupRefusal('backup.not_a_backup', { file })
      if (manifest === undefined || signature === undefined)
        throw new BackupRefusal('backup.truncated', { file })
      const read = readManifest(manifest, signature, sealing!)
      if (JSON.stringify(read.head) !== JSON.stringify(head))
        throw new BackupRefusal('backup.damaged', { part: names.head })
      compareParts(read.parts, parts)
      if (sealing!.readable) contents.compare(read)
      return { manifest: read, digest: sha256(manifest), opened: sealing!.readable }
    },
  }
}

/** The first place where what stands in the file is not what the manifest names. */
function compareParts(named: Manifest['parts'], found: Manifest['parts']): void {
  for (const [at, { name, sha256: hash }] of named.entries()) {
    const part = found[at]
    if (part?.name !== name) throw new BackupRefusal('backup.out_of_order', { part: name })
    if (part.sha256 !== hash) throw new BackupRefusal('backup.damaged', { part: name })
  }
  const more = found[named.length]
  if (more !== undefined) throw new BackupRefusal('backup.out_of_order', { part: more.name })
}

/** Adds up what the parts hold, to be compared with what the manifest says of tables and uploads. */
function contentCounter(): {
  add: (name: string, bytes: Uint8Array) => void
  compare: (manifest: Manifest) => void
} {
  const tables = new Map<string, { rows: number; hash: ReturnType<typeof createHash> }>()
  const files = { count: 0, bytes: 0, hash: createHash('sha256') }
  const wrong: string[] = []
  return {
    add: (name, bytes) => {
      const [kind, of] = name.split('/')
      if (kind === 'tables') {
        const table = tables.get(of!) ?? { rows: 0, hash: createHash('sha256') }
        const text = unpacked(bytes)
        if (text === null) wrong.push(name)
        table.hash.update(text ?? '')
        for (const byte of text ?? []) if (byte === NEW_LINE) table.rows += 1
        tables.set(of!, table)
      } else if (kind === 'files') {
        if (sha256(bytes) !== of) wrong.push(name)
        files.count += 1
        files.bytes += bytes.length
        files.hash.update(`${of}\n`)
      }
    },
    compare: ({ tables: named, files: namedFiles }) => {
      for (const { name, rows, sha256: hash } of named) {
        const found = tables.get(name) ?? { rows: 0, hash: createHash('sha256') }
        if (found.rows !== rows || found.hash.digest('hex') !== hash) wrong.push(`tables/${name}`)
      }
      const { count, bytes, hash } = files
      const same = count === namedFiles.count && bytes === namedFiles.bytes
      if (!same || hash.digest('hex') !== namedFiles.sha256) wrong.push('files')
      if (wrong.length > 0) throw new BackupRefusal('backup.damaged', { part: wrong[0]! })
    },
  }
}

function unpacked(bytes: Uint8Array): Uint8Array | null {
  try {
    return gunzipSync(bytes)
  } catch {
    return null
  }
}
