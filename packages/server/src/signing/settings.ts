// Where the signing key of a site is: its own file in the data folder, a file elsewhere, or a secret handed over by the
// environment. It is never in the database, so neither a dump nor a replica carries it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  signatureAlgorithms,
  type Refusal,
  type RefusalParams,
  type SignatureAlgorithm,
} from '@suanquan/core'
import { sentence } from '@suanquan/api'

export interface SigningSettings {
  /** the algorithm of a key that is made; a key that is there has its own */
  readonly algorithm: SignatureAlgorithm
  /** the file of the private key; null: in the data folder */
  readonly file: string | null
  /** the private key itself; then there is no file */
  readonly pem: string | null
}

type SigningCode = 'signing.key_unreadable' | 'signing.algorithm_unknown' | 'signing.key_is_a_secret'

export class SigningRefusal extends Error {
  override readonly name = 'SigningRefusal'
  readonly refusal: Refusal<SigningCode>

  constructor(code: SigningCode, params: RefusalParams = {}) {
    super(sentence({ code, params }, 'en'))
    this.refusal = { code, params }
  }
}

/** From SUANQUAN_SIGNING_KEY (PEM), SUANQUAN_SIGNING_KEY_FILE and SUANQUAN_SIGNING_ALGORITHM. */
export function signingSettings(environment: Readonly<Record<string, string | undefined>>): SigningSettings {
  const pem = environment['SUANQUAN_SIGNING_KEY'] ?? ''
  const file = environment['SUANQUAN_SIGNING_KEY_FILE'] ?? ''
  const algorithm = environment['SUANQUAN_SIGNING_ALGORITHM'] || 'SM2'
  if (!isAlgorithm(algorithm)) throw new SigningRefusal('signing.algorithm_unknown', { algorithm })
  return { algorithm, file: file === '' ? null : file, pem: pem === '' ? null : pem }
}

export const ownSigning: SigningSettings = { algorithm: 'SM2', file: null, pem: null }

/** The file of the key, or null where it is a secret of the environment. */
export function keyFileOf({ file, pem }: SigningSettings, dataFolder: string): string | null {
  return pem === null ? (file ?? join(dataFolder, 'keys', 'signing.pem')) : null
}

/** The text of a file, or null where there is none. */
export function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function isAlgorithm(name: string): name is SignatureAlgorithm {
  return (signatureAlgorithms as readonly string[]).includes(name)
}
