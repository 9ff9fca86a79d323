// The signatures are those of the standards, by their published vectors and against openssl; the key is a file that only
// its owner reads, made once however many ask, published before it signs, and followed when it changes.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalBytes, endorsementBytes, hex, type PublicKey } from '@suanquan/core'
import { testDatabase } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../database/index.ts'
import {
  loadKey,
  makePem,
  openSigning,
  ownSigning,
  publishedKeys,
  readPem,
  replaceKey,
  SigningRefusal,
  signingSettings,
  verifySignature,
} from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'suanquan-signing-'))
const store = await testDatabase()
afterAll(async () => {
  await store.drop()
  rmSync(folder, { recursive: true })
})

const bytes = (digits: string): Buffer => Buffer.from(digits, 'hex')
const flipped = (input: Uint8Array, bit: number): Uint8Array => {
  const copy = Uint8Array.from(input)
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

/** GB/T 32918.5-2017, annex A: key, message and signature under the id 1234567812345678. */
const standard = {
  key: {
    id: '',
    algorithm: 'SM2' as const,
    bytes: bytes(
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
        'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    ),
  },
  message: Buffer.from('message digest'),
  signature: bytes(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
      'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  ),
}

test('the vector of the SM2 standard verifies, and nothing one bit beside it', () => {
  const { key, message, signature } = standard
  expect(verifySignature(key, message, signature)).toBe(true)
  expect(verifySignature(key, Buffer.from('message digesu'), signature)).toBe(false)
  for (const bit of [0, 100, 255, 256, 400, 511])
    expect(verifySignature(key, message, flipped(signature, bit))).toBe(false)
  expect(verifySignature({ ...key, bytes: flipped(key.bytes, 77) }, message, signature)).toBe(false)
})

test('the second vector of RFC 8032 verifies under Ed25519, and nothing beside it', () => {
  const key: PublicKey = {
    id: '',
    algorithm: 'Ed25519',
    bytes: bytes('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
  }
  const signature = bytes(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  )
  expect(verifySignature(key, bytes('72'), signature)).toBe(true)
  expect(verifySignature(key, bytes('73'), signature)).toBe(false)
  expect(verifySignature(key, bytes('72'), flipped(signature, 9))).toBe(false)
})

test.each(['SM2', 'Ed25519'] as const)('a key of %s signs what its public key verifies', (algorithm) => {
  const { sign, publicBytes } = readPem(makePem(algorithm))!
  const message = canonicalBytes(['suanquan/test/v1', 42n])
  const signature = sign(message)
  expect(signature.length).toBe(64)
  expect(verifySignature({ id: '', algorithm, bytes: publicBytes }, message, signature)).toBe(true)
  const other = readPem(makePem(algorithm))!
  expect(verifySignature({ id: '', algorithm, bytes: other.publicBytes }, message, signature)).toBe(false)
})

const openssl = (args: readonly string[]): { readonly status: number | null; readonly stdout: string } =>
  spawnSync('openssl', args, { encoding: 'utf8' })
const knowsSm2 = openssl(['genpkey', '-algorithm', 'SM2', '-out', join(folder, 'theirs.pem')]).status === 0
const DISTID = ['-pkeyopt', 'distid:1234567812345678', '-rawin', '-digest', 'sm3']

test.skipIf(!knowsSm2)(
  'openssl verifies our SM2 signature, we verify that of openssl (skipped without openssl ≥ 3)',
  () => {
    const [key, message, signature] = ['ours.pem', 'message', 'signature'].map((name) => join(folder, name))
    writeFileSync(key!, makePem('SM2'))
    writeFileSync(message!, 'a seal of the journal')
    const own = readPem(readFileSync(key!, 'utf8'))!
    writeFileSync(signature!, derOf(own.sign(readFileSync(message!))))
    const asked = ['pkeyutl', '-verify', '-inkey', key!, '-in', message!, '-sigfile', signature!, ...DISTID]
    expect(openssl(asked).stdout).toContain('Verified Successfully')
    const theirs = join(folder, 'theirs.pem')
    openssl(['pkeyutl', '-sign', '-inkey', theirs, '-in', message!, '-out', signature!, ...DISTID])
    const { publicBytes } = readPem(readFileSync(theirs, 'utf8'))!
    const der = readFileSync(signature!).toString('hex')
    expect(
      verifySignature({ id: '', algorithm: 'SM2', bytes: publicBytes }, readFileSync(message!), rawOf(der)),
    ).toBe(true)
  },
)

test('the key is made once, in a file that only its owner reads, and is the same for everybody', () => {
  const data = join(folder, 'data')
  const first = loadKey(ownSigning, data)
  const file = join(data, 'keys', 'signing.pem')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(join(data, 'keys')).mode & 0o777).toBe(0o700)
  expect(loadKey(ownSigning, data).publicKey).toEqual(first.publicKey)
  expect(first.publicKey.algorithm).toBe('SM2')
})

test('a file that is no key is refused and left as it is', () => {
  const file = join(folder, 'broken.pem')
  writeFileSync(file, '-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----\n')
  chmodSync(file, 0o600)
  expect(() => loadKey({ ...ownSigning, file }, folder)).toThrow(SigningRefusal)
  expect(readFileSync(file, 'utf8')).toContain('MC4CAQ==')
})

test('settings come from the environment, and an unknown algorithm is refused', () => {
  expect(signingSettings({})).toEqual(ownSigning)
  expect(signingSettings({ SUANQUAN_SIGNING_KEY: 'x' }).pem).toBe('x')
  expect(() => signingSettings({ SUANQUAN_SIGNING_ALGORITHM: 'RSA' })).toThrow(SigningRefusal)
})

test('a key is published when it first signs; its successor carries its signature, and both stay', async () => {
  const data = join(folder, 'rotated')
  const db = store.database.kysely
  let dies = true
  const crash = (): void => {
    if (dies) throw new Error('dead before the key is published')
  }
  const place = { dataFolder: data, jurisdiction: '990100' }
  const signing = openSigning({ db, settings: ownSigning, ...place, crash })
  await expect(signing(500)).rejects.toThrow('dead')
  expect(await publishedKeys(db)).toEqual([])
  dies = false
  const first = await signing(1_000)
  const { fresh } = replaceKey(ownSigning, data)
  const second = await signing(2_000)
  expect(second.publicKey).toEqual(fresh)
  const [old, current] = await publishedKeys(db)
  expect(old).toMatchObject({ id: first.publicKey.id, validFrom: 1_000, replacedAt: 2_000, replaces: null })
  expect(current).toMatchObject({ id: fresh.id, validFrom: 2_000, replacedAt: null, replaces: old!.id })
  expect(verifySignature(old!, endorsementBytes(current!), current!.endorsement!)).toBe(true)
  expect(statSync(join(data, 'keys', 'signing.pem')).mode & 0o777).toBe(0o600)
})

test('a key that the environment hands over is used and never written down', async () => {
  const settings = { ...ownSigning, pem: makePem('Ed25519') }
  expect(loadKey(settings, join(folder, 'none')).publicKey.algorithm).toBe('Ed25519')
  expect(() => statSync(join(folder, 'none'))).toThrow('ENOENT')
  expect(() => replaceKey(settings, folder)).toThrow(SigningRefusal)
})

test('the application can publish a key but neither change nor withdraw one', async () => {
  const app = connect({ ...store.address, role: 'app', connections: 1 })
  const change = app.kysely.updateTable('signing_key').set({ jurisdiction: '110000' }).execute()
  await expect(change).rejects.toThrow('permission denied')
  await expect(app.kysely.deleteFrom('signing_key').execute()).rejects.toThrow('permission denied')
  await app.close()
})

/** r ‖ s as openssl writes a signature: a sequence of two integers. */
function derOf(raw: Uint8Array): Buffer {
  const integer = (part: Uint8Array): Buffer => {
    let digits = hex(part).replace(/^(00)+/, '')
    if (Number.parseInt(digits.slice(0, 2), 16) >= 0x80) digits = `00${digits}`
    return bytes(`02${(digits.length / 2).toString(16).padStart(2, '0')}${digits}`)
  }
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))])
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}

function rawOf(der: string): Uint8Array {
  const rLength = Number.parseInt(der.slice(6, 8), 16) * 2
  const r = der.slice(8, 8 + rLength)
  const s = der.slice(8 + rLength + 4)
  return bytes([r, s].map((part) => part.replace(/^00/, '').padStart(64, '0')).join(''))
}
