// The two algorithms by which the platform signs. SM2 comes from sm-crypto-v2: Node's own signs with another identity
// or plain ECDSA, and fails the standard's vector. Both keep their private key as PKCS #8 in PEM, as openssl writes it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { hex, type SignatureAlgorithm, type Verify } from '@suanquan/core'
import { sm2 } from 'sm-crypto-v2'

export interface PrivateKey {
  readonly algorithm: SignatureAlgorithm
  /** of the public key: SM2 65, Ed25519 32 */
  readonly publicBytes: Uint8Array
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

/** PKCS #8 of either algorithm up to the 32 secret bytes. */
const SM2_DER = '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420'
const SM2_PUBLIC = 'a144034200'
const ED25519_DER = '302e020100300506032b657004220420'
const ED25519_SPKI = '302a300506032b6570032100'

/** A fresh private key as PEM. */
export function makePem(algorithm: SignatureAlgorithm): string {
  if (algorithm === 'SM2') {
    const { privateKey, publicKey } = sm2.generateKeyPairHex()
    return pemOf(`${SM2_DER}${privateKey}${SM2_PUBLIC}${publicKey}`)
  }
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}

/** @returns null when the text is not a private key of either algorithm */
export function readPem(text: string): PrivateKey | null {
  const body = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/.exec(text)?.[1]
  if (body === undefined) return null
  const der = Buffer.from(body, 'base64').toString('hex')
  if (der.startsWith(SM2_DER)) return sm2Key(der.slice(SM2_DER.length, SM2_DER.length + 64))
  return der.startsWith(ED25519_DER) && der.length === ED25519_DER.length + 64 ? ed25519Key(der) : null
}

/** Verifies what either algorithm signed; whatever is malformed does not verify. */
export const verifySignature: Verify = (key, bytes, signature) => {
  if (signature.length !== 64) return false
  try {
    if (key.algorithm === 'SM2')
      return sm2.doVerifySignature(Uint8Array.from(bytes), hex(signature), hex(key.bytes), { hash: true })
    const der = Buffer.from(ED25519_SPKI + hex(key.bytes), 'hex')
    return verify(null, bytes, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)
  } catch {
    return false
  }
}

function sm2Key(secret: string): PrivateKey | null {
  if (!isScalar(secret)) return null
  const publicKey = sm2.getPublicKeyFromPrivateKey(secret)
  return {
    algorithm: 'SM2',
    publicBytes: Buffer.from(publicKey, 'hex'),
    sign: (bytes) =>
      Buffer.from(sm2.doSignature(Uint8Array.from(bytes), secret, { hash: true, publicKey }), 'hex'),
  }
}

/** A private key of SM2 is 1 to n − 2 (GB/T 32918.1). */
function isScalar(secret: string): boolean {
  const number = BigInt(`0x${secret}`)
  return number >= 1n && number <= SM2_ORDER - 2n
}

const SM2_ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

function ed25519Key(der: string): PrivateKey {
  const key = createPrivateKey({ key: Buffer.from(der, 'hex'), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return { algorithm: 'Ed25519', publicBytes: spki.subarray(-32), sign: (bytes) => sign(null, bytes, key) }
}

function pemOf(der: string): string {
  const lines = Buffer.from(der, 'hex')
    .toString('base64')
    .match(/.{1,64}/g)!
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`
}
