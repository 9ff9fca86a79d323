// What the platform asks for is looked up among the raw files that are kept, and handed over when it is still as it was
// signed; else the platform is told what became of it. A question is answered once.
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Client } from '@suanquan/api'
import { hex } from '@suanquan/core'
import { rawAnswerBytes, type RawOutcome } from '@suanquan/core/metering'

export interface RawAsked {
  readonly id: string
  readonly name: string
  readonly sm3: string
}

export interface Answering {
  /** of raw files, a folder a month */
  readonly folder: string
  readonly platform: Client
  readonly key: { readonly id: string; readonly sign: (bytes: Uint8Array) => Uint8Array }
}

/** More than this does not fit into an answer; the centre hands it over on a disk. */
const MOST_BYTES = 36_000_000

export async function answerRaw(
  asked: RawAsked,
  { folder, platform, key }: Answering,
): ReturnType<Client['answerRawRequest']> {
  const { id, sm3 } = asked
  const { outcome, bytes } = lookUp(asked, folder)
  const signature = hex(key.sign(rawAnswerBytes(key.id, id, { outcome, sm3 })))
  const body = bytes === null ? null : bytes.toString('base64')
  return platform.answerRawRequest({
    body: { keyId: key.id, requestId: id, outcome, body, signature },
    key: `raw-${id}-${outcome}`,
  })
}

function lookUp(
  { name, sm3 }: RawAsked,
  folder: string,
): { readonly outcome: RawOutcome; readonly bytes: Buffer | null } {
  const isName = /^\d{4}-\d{2}-[\w.-]+$/.test(name)
  const bytes = isName ? readOrNone(join(folder, name.slice(0, 7), name)) : null
  if (bytes === null) return { outcome: 'gone', bytes }
  if (createHash('sm3').update(bytes).digest('hex') !== sm3) return { outcome: 'changed', bytes: null }
  return bytes.length > MOST_BYTES ? { outcome: 'too_large', bytes: null } : { outcome: 'sent', bytes }
}

function readOrNone(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
