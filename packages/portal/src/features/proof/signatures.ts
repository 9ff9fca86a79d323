// The hashes and signatures of papers and proofs, in the browser. Loaded after a press.
import type { Hash, Verify } from '@suanquan/core'
import { bytesOf } from '@suanquan/core/ledger'
import { ed25519 } from '@noble/curves/ed25519'
import { p256 } from '@noble/curves/nist'
import { sm2, sm3 as sm3Hex } from 'sm-crypto-v2'

/** SHA-256 as the curve P-256 brings it along: browsers have their own only where the connection is encrypted. */
export const { hash: sha256 } = p256 as unknown as { readonly hash: Hash }

export const sm3: Hash = (bytes) => bytesOf(sm3Hex(bytes))

export const verify: Verify = (key, bytes, signature) => {
  if (signature.length !== 64) return false
  try {
    if (key.algorithm === 'Ed25519') return ed25519.verify(signature, bytes, key.bytes)
    return sm2.doVerifySignature(bytes, hexOf(signature), hexOf(key.bytes), { hash: true })
  } catch {
    return false
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
