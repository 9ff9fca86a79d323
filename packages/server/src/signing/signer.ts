// Who signs for the site: seals of the journal, credentials of vouchers. A key is published before it signs anything,
// and published keys stay: what they signed must be verifiable when they are long gone.
import type { PublicKey } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import type { Kysely, Selectable } from 'kysely'
import type { Crash } from '../crash-points.ts'
import { timestamp, type Tables } from '../database/index.ts'
import { loadKey, type OwnKey } from './key-file.ts'
import type { SigningSettings } from './settings.ts'

export interface Signer {
  readonly publicKey: PublicKey
  /**
   * @param bytes canonical bytes whose first field names the purpose, `suanquan/<what>/v1`
   * @returns 64 bytes
   */
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

export interface SigningOptions {
  readonly db: Kysely<Tables>
  readonly settings: SigningSettings
  readonly dataFolder: string
  readonly jurisdiction: string
  readonly crash: Crash
}

/**
 * The signer of the site as of now: the key is read anew each time, so that a rotation needs no restart.
 * @returns a function of the moment from which a key that is published here and now is valid
 */
export function openSigning(options: SigningOptions): (at: Instant) => Promise<Signer> {
  const published = new Set<string>()
  return async (at) => {
    const own = loadKey(options.settings, options.dataFolder)
    if (!published.has(own.publicKey.id)) {
      options.crash('seal.keyed')
      await publish(options, own, at)
      published.add(own.publicKey.id)
    }
    return { publicKey: own.publicKey, sign: own.privateKey.sign }
  }
}

async function publish(
  { db, jurisdiction }: SigningOptions,
  { publicKey, endorsement }: OwnKey,
  at: Instant,
): Promise<void> {
  const known = await db.selectFrom('signing_key').select('id').execute()
  if (known.some(({ id }) => id === publicKey.id)) return
  const endorsed = endorsement !== null && known.some(({ id }) => id === endorsement.by)
  await db
    .insertInto('signing_key')
    .values({
      id: publicKey.id,
      jurisdiction,
      district: jurisdiction,
      algorithm: publicKey.algorithm,
      public_key: publicKey.bytes,
      valid_from: timestamp(at),
      replaces: endorsed ? endorsement.by : null,
      endorsement: endorsed ? endorsement.signature : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A published key; it signs nothing any more from the moment at which another replaced it. */
export interface PublishedKey extends PublicKey {
  readonly validFrom: Instant
  readonly replacedAt: Instant | null
  /** the key before it, and that key's signature over this one */
  readonly replaces: string | null
  readonly endorsement: Uint8Array | null
}

/** Every key that ever signed here, the oldest first. */
export async function publishedKeys(db: Kysely<Tables>): Promise<readonly PublishedKey[]> {
  const rows = await db.selectFrom('signing_key').selectAll().orderBy('valid_from').orderBy('id').execute()
  return rows.map((row) => ({ ...keyOf(row), replacedAt: replacedAt(row.id, rows) }))
}

type Row = Selectable<Tables['signing_key']>

function keyOf({ id, algorithm, public_key, valid_from, replaces, endorsement }: Row): PublishedKey {
  return {
    id,
    algorithm,
    bytes: public_key,
    validFrom: valid_from,
    replacedAt: null,
    replaces,
    endorsement,
  }
}

function replacedAt(id: string, rows: readonly Row[]): Instant | null {
  return rows.find(({ replaces }) => replaces === id)?.valid_from ?? null
}
