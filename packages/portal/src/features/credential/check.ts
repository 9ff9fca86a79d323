// The check of a signed paper, in the browser and with nothing but the published keys: SM2 or Ed25519. Loaded after a press;
// once the keys are here it needs no connection.
import type { PublicKey } from '@suanquan/core'
import { bytesOf } from '@suanquan/core/ledger'
import {
  genuineness,
  readCredential,
  type CredentialKey,
  type CredentialPaper,
  type Genuineness,
  type SignedCredential,
} from '@suanquan/core/voucher'
import { call } from '../../client/call.ts'
import { sha256, verify } from '../proof/signatures.ts'

export interface Checked {
  readonly result: Genuineness | 'unreadable'
  readonly signed: SignedCredential | null
  readonly key: PublicKey | null
}

export type { CredentialPaper, SignedCredential }

let published: readonly CredentialKey[] | null = null

/** The keys that the site publishes, asked for once. */
async function publishedKeys(): Promise<readonly CredentialKey[]> {
  published ??= (await call('listKeys')).items.map(({ id, algorithm, publicKey, replacedAt }) => ({
    id,
    algorithm,
    replacedAt,
    bytes: bytesOf(publicKey),
  }))
  return published
}

export async function check(text: string): Promise<Checked> {
  const read = readCredential(text)
  if (!read.ok) return { result: 'unreadable', signed: null, key: null }
  const keys = await publishedKeys()
  const signed = read.value
  return {
    result: genuineness(signed, { keys, idHash: sha256, verify }),
    signed,
    key: keys.find(({ id }) => id === signed.key) ?? null,
  }
}

/** One character of what a paper says, changed: the last digit of its first amount. */
export function withOneCharacterChanged(text: string): string {
  return text.replace(/("faceFen":"\d*)(\d)"/, (_all, before: string, digit: string) => {
    return `${before}${(Number(digit) + 1) % 10}"`
  })
}
