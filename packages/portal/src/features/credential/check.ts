// The check of a signed paper, in the browser and with nothing but the published keys: SM2 or Ed25519. Loaded after a press;
// once the keys are here it needs no connection.
import type { Hash, PublicKey, Verify } from '@suanquan/core'
import {
  genuineness,
  readCredential,
  type CredentialPaper,
  type Genuineness,
  type SignedCredential,
} from '@suanquan/core/voucher'
import { ed25519 } from '@noble/curves/ed25519'
import { p256 } from '@noble/curves/nist'
import { sm2 } from 'sm-crypto-v2'
import { call } from '../../client/call.ts'

export interface Checked {
  readonly result: Genuineness | 'unreadable'
  readonly signed: SignedCredential | null
  readonly key: PublicKey | null
}

export type { CredentialPaper, SignedCredential }

let published: readonly PublicKey[] | null = null

/** The keys that the site publishes, asked for once. */
async function publishedKeys(): Promise<readonly PublicKey[]> {
  published ??= (await call('listKeys')).items.map(({ id, algorithm, publicKey }) => ({
    id,
    algorithm,
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

/** SHA-256 as the curve P-256 brings it along: browsers have their own only where the connection is encrypted. */
const { hash: sha256 } = p256 as unknown as { readonly hash: Hash }

const verify: Verify = (key, bytes, signature) => {
  if (signature.length !== 64) return false
  try {
    if (key.algorithm === 'Ed25519') return ed25519.verify(signature, bytes, key.bytes)
    return sm2.doVerifySignature(bytes, hexOf(signature), hexOf(key.bytes), { hash: true })
  } catch {
    return false
  }
}

/** One character of what a paper says, changed: the last digit of its first amount. */
export function withOneCharacterChanged(text: string): string {
  return text.replace(/("faceFen":"\d*)(\d)"/, (_all, before: string, digit: string) => {
    return `${before}${(Number(digit) + 1) % 10}"`
  })
}

function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
