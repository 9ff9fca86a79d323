// What stands between the bytes of a part and the file: nothing, or AES-256-GCM under a key from the passphrase (scrypt,
// RFC 7914). The name of the part is authenticated with it, so that no part can stand in another one's place.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto'
import { BackupRefusal } from './refusals.ts'

export interface Encryption {
  readonly kdf: 'scrypt'
  readonly cost: number
  readonly salt: string
  readonly cipher: 'aes-256-gcm'
  /** tells a wrong passphrase from a damaged part */
  readonly check: string
}

export interface Sealing {
  /** null: the parts are open */
  readonly encryption: Encryption | null
  readonly close: (name: string, bytes: Uint8Array) => Uint8Array
  /** @throws `backup.damaged` */
  readonly open: (name: string, bytes: Uint8Array) => Uint8Array
  /** proves that whoever wrote the manifest knew the passphrase; null without one */
  readonly sign: (manifest: Uint8Array) => string | null
  /** whether parts can be opened */
  readonly readable: boolean
}

const COST = 32_768
const MOST_MEMORY = 1024 * 1024 * 1024
const IV = 12
const TAG = 16

export function openSealing(): Sealing {
  const asIs = (_: string, bytes: Uint8Array): Uint8Array => bytes
  return { encryption: null, close: asIs, open: asIs, sign: () => null, readable: true }
}

export function sealingBy(passphrase: string): Sealing {
  const salt = randomBytes(16).toString('hex')
  const terms = { kdf: 'scrypt', cost: COST, salt, cipher: 'aes-256-gcm' } as const
  return keyed(keysOf(passphrase, terms), terms)
}

/**
 * @param passphrase null: hashes can be checked, parts not opened
 * @throws `backup.passphrase_wrong`
 */
export function sealingOf(encryption: Encryption | null, passphrase: string | null): Sealing {
  if (encryption === null) return openSealing()
  if (passphrase !== null) {
    const { check, ...terms } = encryption
    const sealing = keyed(keysOf(passphrase, terms), terms)
    if (!same(sealing.encryption!.check, check)) throw new BackupRefusal('backup.passphrase_wrong')
    return sealing
  }
  const closed = (): never => {
    throw new BackupRefusal('backup.passphrase_needed')
  }
  return { encryption, close: closed, open: closed, sign: () => null, readable: false }
}

interface Keys {
  readonly secret: Uint8Array
  readonly signing: Uint8Array
}

function keysOf(passphrase: string, { salt, cost }: Omit<Encryption, 'check'>): Keys {
  const keys = scryptSync(passphrase.normalize('NFKC'), Buffer.from(salt, 'hex'), 64, {
    N: cost,
    r: 8,
    p: 1,
    maxmem: MOST_MEMORY,
  })
  return { secret: keys.subarray(0, 32), signing: keys.subarray(32) }
}

function keyed({ secret, signing }: Keys, terms: Omit<Encryption, 'check'>): Sealing {
  const sign = (bytes: Uint8Array): string => createHmac('sha256', signing).update(bytes).digest('hex')
  return {
    encryption: { ...terms, check: sign(Buffer.from('suanquan-backup')) },
    readable: true,
    close: (name, bytes) => {
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(name))
      return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    },
    open: (name, bytes) => {
      try {
        const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, IV))
        decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(-TAG))
        return Buffer.concat([decipher.update(bytes.subarray(IV, -TAG)), decipher.final()])
      } catch {
        throw new BackupRefusal('backup.damaged', { part: name })
      }
    },
    sign,
  }
}

/** Compares in constant time. */
export function same(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
}
