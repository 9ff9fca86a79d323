// The private key as a file that only its owner reads (0600 in a folder of 0700). It is written whole beside its place
// and put there by one step of the file system, so that two servers on one folder end with one key, and a crash with
// the old one or the new one.
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { endorsementBytes, hex, keyId, type PublicKey } from '@suanquan/core'
import { ledgerHash } from '../database/index.ts'
import { makePem, readPem, type PrivateKey } from './algorithms.ts'
import { keyFileOf, SigningRefusal, textOf, type SigningSettings } from './settings.ts'

/** The key that an older one made way for: who that was, and its signature over the new key. */
export interface Endorsement {
  readonly by: string
  readonly signature: Uint8Array
}

export interface OwnKey {
  readonly privateKey: PrivateKey
  readonly publicKey: PublicKey
  readonly endorsement: Endorsement | null
}

/**
 * The key of the site, made on first need where it is a file.
 * @throws `signing.key_unreadable` when what is there is no private key of SM2 or Ed25519
 */
export function loadKey(settings: SigningSettings, dataFolder: string): OwnKey {
  const file = keyFileOf(settings, dataFolder)
  if (file === null) return ownKey(settings.pem!, 'SUANQUAN_SIGNING_KEY')
  const text = textOf(file)
  if (text !== null) return ownKey(text, file)
  place(file, makePem(settings.algorithm), linkSync)
  return ownKey(textOf(file)!, file)
}

/**
 * Puts a fresh key in the place of the old one, which signs it and is gone.
 * @throws `signing.key_is_a_secret` when the environment hands the key over: whoever keeps the secret changes it
 */
export function replaceKey(
  settings: SigningSettings,
  dataFolder: string,
): { readonly old: PublicKey; readonly fresh: PublicKey } {
  const file = keyFileOf(settings, dataFolder)
  if (file === null) throw new SigningRefusal('signing.key_is_a_secret')
  const old = loadKey(settings, dataFolder)
  const pem = makePem(settings.algorithm)
  const fresh = publicKeyOf(readPem(pem)!)
  const signature = hex(old.privateKey.sign(endorsementBytes(fresh)))
  place(file, `Endorsed-By: ${old.publicKey.id}\nEndorsement: ${signature}\n${pem}`, renameSync)
  return { old: old.publicKey, fresh }
}

/** @param step what puts the whole file in its place; a link leaves the file of whoever was first */
function place(file: string, text: string, step: (from: string, to: string) => void): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const beside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(beside, text, { mode: 0o600, flag: 'wx', flush: true })
    step(beside, file)
    syncFolder(dirname(file))
    syncFolder(dirname(dirname(file)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(beside, { force: true })
  }
}

/** What a folder holds outlasts a power cut only from here on: a key is published for good. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function ownKey(text: string, from: string): OwnKey {
  const privateKey = readPem(text)
  if (privateKey === null) throw new SigningRefusal('signing.key_unreadable', { from })
  const by = /^Endorsed-By: ([0-9a-f]{32})$/m.exec(text)?.[1]
  const signature = /^Endorsement: ([0-9a-f]{128})$/m.exec(text)?.[1]
  const endorsement =
    by === undefined || signature === undefined ? null : { by, signature: Buffer.from(signature, 'hex') }
  return { privateKey, publicKey: publicKeyOf(privateKey), endorsement }
}

function publicKeyOf({ algorithm, publicBytes: bytes }: PrivateKey): PublicKey {
  return { id: keyId({ algorithm, bytes }, ledgerHash), algorithm, bytes }
}
