// Sealing: what was posted since the last seal is hashed into the fund's tree, the root is signed and kept. It runs
// beside the posting and never holds its lock; two servers that seal at once make one seal, the second finds it there.
import {
  emptyFrontier,
  sealBytes,
  sealGenesis,
  sealHash,
  type Seal,
  type SealContent,
} from '@suanquan/core/ledger'
import type { Instant } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import type { Crash } from '../../crash-points.ts'
import {
  appendSeal,
  fundsOf,
  growTree,
  lastSeal,
  sm3,
  type Database,
  type Fund,
} from '../../database/index.ts'
import type { Tables } from '../../database/index.ts'
import type { Signer } from '../../signing/index.ts'

export interface Sealing {
  readonly database: Pick<Database, 'copyOut'> & { readonly kysely: Kysely<Tables> }
  readonly signer: (at: Instant) => Promise<Signer>
  readonly crash: Crash
}

/** A seal holds at most so many postings; the next one goes on. */
const MOST_PER_SEAL = 500_000n
/** A quiet fund is sealed this often at most, so that years of seals stay few; a busy one as soon as so many wait. */
const PAUSE_MS = 10 * 60_000
const BUSY = 10_000n

/**
 * Seals what waits, fund by fund.
 * @param at the moment of the seals; never before that of the postings they cover
 * @returns how many seals were made
 */
export async function sealJournal(sealing: Sealing, at: Instant): Promise<number> {
  let made = 0
  for (const fund of await fundsOf(sealing.database.kysely)) {
    while (await sealNext(sealing, fund, at)) made += 1
  }
  return made
}

async function sealNext({ database, signer, crash }: Sealing, fund: Fund, at: Instant): Promise<boolean> {
  const before = await lastSeal(database.kysely, fund)
  const from = before?.frontier ?? emptyFrontier
  const waiting = fund.nextSequence - 1n - BigInt(from.size)
  const paused = before !== null && at - before.seal.at < PAUSE_MS && waiting < BUSY
  if (waiting === 0n || paused) return false
  const last = BigInt(from.size) + (waiting < MOST_PER_SEAL ? waiting : MOST_PER_SEAL)
  const { tree, nodes, at: posted } = await growTree(database, { ledger: fund.ledger, from, last })
  const moment = Math.max(at, posted, before?.seal.at ?? at)
  const { publicKey, sign } = await signer(moment)
  const content: SealContent = {
    ledger: fund.ledger,
    jurisdiction: fund.jurisdiction,
    number: (before?.seal.number ?? 0n) + 1n,
    first: BigInt(from.size) + 1n,
    last,
    root: tree.root(),
    previous: previousOf(before?.seal ?? null, fund),
    at: moment,
    keyId: publicKey.id,
  }
  const seal: Seal = { ...content, signature: sign(sealBytes(content)) }
  crash('seal.signed')
  const kept = await appendSeal(database.kysely, { seal, peaks: tree.frontier().peaks, nodes })
  crash('seal.kept')
  return kept
}

function previousOf(seal: Seal | null, { ledger, jurisdiction }: Fund): Uint8Array {
  return seal === null ? sealGenesis(ledger, jurisdiction, sm3) : sealHash(seal, sm3)
}
