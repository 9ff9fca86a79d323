// Signatures as arguments: core never chooses a library. A key is its algorithm and its bytes; its id follows from them,
// so that a key cannot be exchanged under a known id. What is signed always opens with the name of its purpose, so that
// a signature over one kind of thing is never one over another.
import { canonicalBytes, hex, type Hash } from './canonical.ts'

/** SM2 with SM3 and the id 1234567812345678 (GB/T 32918.2, GB/T 35276), or Ed25519 (RFC 8032). */
export const signatureAlgorithms = ['SM2', 'Ed25519'] as const

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number]

export interface PublicKey {
  /** 32 hexadecimal digits, `keyId` of the rest */
  readonly id: string
  readonly algorithm: SignatureAlgorithm
  /** SM2: 65 bytes, 04 ‖ x ‖ y; Ed25519: 32 bytes */
  readonly bytes: Uint8Array
}

/** True when the 64 bytes of the signature (SM2: r ‖ s) are the key's over these bytes. */
export type Verify = (key: PublicKey, bytes: Uint8Array, signature: Uint8Array) => boolean

/**
 * The id of a key: 128 bits of the hash of its algorithm and bytes.
 * @param sha256 SHA-256, whatever the algorithm of the key
 */
export function keyId(key: Omit<PublicKey, 'id'>, sha256: Hash): string {
  return hex(sha256(canonicalBytes([key.algorithm, key.bytes])).slice(0, 16))
}

/** What an old key signs when a key takes its place: whoever trusts the old one can follow. */
export function endorsementBytes(successor: PublicKey): Uint8Array {
  return canonicalBytes(['suanquan/key/v1', successor.algorithm, successor.bytes])
}
