// What a backup says about itself: the last thing written, so that a file without it was never finished. It names every
// part in order with its hash, every table with its rows, and where the ledger stood.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { same, type Sealing } from './cipher.ts'
import { BackupRefusal } from './refusals.ts'

export const FORMAT = 1

export const names = {
  head: 'suanquan-backup.json',
  manifest: 'manifest.json',
  signature: 'manifest.signature.json',
} as const

const hex = z.string().regex(/^[0-9a-f]{64}$/)

const headSchema = z.object({
  format: z.literal('suanquan-backup'),
  version: z.int(),
  /** when the snapshot was taken, and by which version of what */
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  database: z.string(),
  encryption: z
    .object({
      kdf: z.literal('scrypt'),
      cost: z.int().max(1024 * 1024),
      salt: z.string().regex(/^[0-9a-f]{32}$/),
      cipher: z.literal('aes-256-gcm'),
      check: hex,
    })
    .nullable(),
})

const manifestSchema = z.object({
  head: headSchema,
  migrations: z.array(z.string()),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.int(),
      /** of the rows as text, in the order of the primary key */
      sha256: hex,
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() })),
  /** uploads: the hash is over their names, which are the hashes of their contents, in order */
  files: z.object({ count: z.int(), bytes: z.int(), sha256: hex }),
  /** every part as it stands in the file, in order */
  parts: z.array(z.object({ name: z.string(), sha256: hex })),
  leftOut: z.array(z.object({ what: z.string(), why: z.object({ zh: z.string(), en: z.string() }) })),
  funds: z.array(
    z.object({ ledger: z.int(), jurisdiction: z.string(), nextSequence: z.string(), chain: hex }),
  ),
})

const signatureSchema = z.object({ sha256: hex, hmac: z.string().nullable() })

export type Head = z.infer<typeof headSchema>
export type Manifest = z.infer<typeof manifestSchema>

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function bytesOf(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, undefined, 1)}\n`)
}

/** @throws `backup.not_a_backup`, `backup.other_format` */
export function readHead(file: string, bytes: Uint8Array): Head {
  const value = jsonOf(bytes) as { format?: unknown; version?: unknown } | undefined
  if (value?.format !== 'suanquan-backup') throw new BackupRefusal('backup.not_a_backup', { file })
  if (value.version !== FORMAT) {
    throw new BackupRefusal('backup.other_format', { found: String(value.version), known: FORMAT })
  }
  return parsed(headSchema, bytes, names.head)
}

export function signatureOf(manifest: Uint8Array, sealing: Sealing): Uint8Array {
  return bytesOf({ sha256: sha256(manifest), hmac: sealing.sign(manifest) })
}

/** @throws `backup.damaged`, `backup.passphrase_wrong` */
export function readManifest(manifest: Uint8Array, signature: Uint8Array, sealing: Sealing): Manifest {
  const signed = parsed(signatureSchema, signature, names.signature)
  if (signed.sha256 !== sha256(manifest)) {
    throw new BackupRefusal('backup.damaged', { part: names.manifest })
  }
  if (sealing.encryption !== null && sealing.readable) {
    if (!same(sealing.sign(manifest)!, signed.hmac ?? '')) throw new BackupRefusal('backup.passphrase_wrong')
  }
  return parsed(manifestSchema, manifest, names.manifest)
}

function parsed<Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array, part: string): z.infer<Schema> {
  const result = schema.safeParse(jsonOf(bytes))
  if (!result.success) throw new BackupRefusal('backup.damaged', { part })
  return result.data
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}
