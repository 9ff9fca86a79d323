// The proof of the seals against the journal as it stands: the tree is built anew from the stored rows, and at the end of
// each seal its root must be the one that was signed. A row that was touched breaks the first seal that covers it.
import { hex } from '@suanquan/core'
import { emptyFrontier, sealFaults, type Seal, type SealFinding, type SealKey } from '@suanquan/core/ledger'
import {
  fundsOf,
  growTree,
  ledgerHash,
  MissingPosting,
  sealsOf,
  sm3,
  type Database,
  type Fund,
} from '../../database/index.ts'
import { publishedKeys, verifySignature } from '../../signing/index.ts'

export interface SealVerification {
  readonly fund: Fund
  readonly seals: number
  /** postings that seals cover; those after them wait for the next seal */
  readonly sealed: bigint
  /** of the latest seal */
  readonly head: Seal | null
  /** empty: proved */
  readonly findings: readonly SealFinding[]
}

/**
 * @param ledger one fund; all when left out
 * @param progress called now and then with how many postings were hashed again
 */
export async function verifySeals(
  database: Database,
  ledger?: number,
  progress: (done: number) => void = () => undefined,
): Promise<readonly SealVerification[]> {
  const keys = await publishedKeys(database.kysely)
  const proofs: SealVerification[] = []
  let done = 0
  for (const fund of await fundsOf(database.kysely)) {
    if (ledger !== undefined && fund.ledger !== ledger) continue
    const seals = await sealsOf(database.kysely, fund)
    const findings = [...signedFaults(seals, keys)]
    findings.push(
      ...(await treeFaults(database, fund, seals, () => {
        if (++done % STEP === 0) progress(done)
      })),
    )
    const head = seals.at(-1) ?? null
    proofs.push({ fund, seals: seals.length, sealed: head?.last ?? 0n, head, findings })
  }
  return proofs
}

const STEP = 10_000

function signedFaults(seals: readonly Seal[], keys: readonly SealKey[]): readonly SealFinding[] {
  return sealFaults(seals, { keys, hash: sm3, idHash: ledgerHash, verify: verifySignature })
}

/** Roots against the journal: of the seals that no longer fit, the first says where. */
async function treeFaults(
  database: Database,
  fund: Fund,
  seals: readonly Seal[],
  onRow: () => void,
): Promise<readonly SealFinding[]> {
  const findings: SealFinding[] = []
  const last = seals.at(-1)?.last ?? 0n
  let next = 0
  try {
    await growTree(database, { ledger: fund.ledger, from: emptyFrontier, last }, (tree, sequence) => {
      onRow()
      const seal = seals[next]
      if (seal === undefined || seal.last !== BigInt(sequence)) return
      next += 1
      const root = tree.root()
      if (hex(root) !== hex(seal.root) && findings.length === 0)
        findings.push({
          number: seal.number,
          fault: 'tree',
          detail: `postings ${seal.first} to ${seal.last} are not those that were sealed`,
        })
    })
  } catch (error) {
    if (!(error instanceof MissingPosting)) throw error
    findings.push({ number: seals[next]!.number, fault: 'missing', detail: error.message })
  }
  return findings
}
