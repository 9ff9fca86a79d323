// A seal fixes the journal up to a posting: the root of its Merkle tree, chained to the seal before it and signed. Who
// keeps one seal can later see whether anything before it was touched; a chain of seals shows when. A seal names no
// account and no amount, so it can be published.
import { canonicalBytes, hex, type Hash } from '../canonical.ts'
import type { Instant } from '../calendar/index.ts'
import { endorsementBytes, keyId, type PublicKey, type Verify } from '../signature.ts'
import { genesis, sameBytes } from './posting.ts'

/** What a seal says. */
export interface SealContent {
  readonly ledger: number
  readonly jurisdiction: string
  /** 1, 2, 3 … */
  readonly number: bigint
  /** the first posting since the seal before it, and the last: its sequence is the tree's size */
  readonly first: bigint
  readonly last: bigint
  /** of the tree over all postings from 1 to `last` */
  readonly root: Uint8Array
  /** `sealHash` of the seal before it; for the first `sealGenesis` */
  readonly previous: Uint8Array
  readonly at: Instant
  readonly keyId: string
}

export interface Seal extends SealContent {
  readonly signature: Uint8Array
}

/** What is signed, and what the next seal hashes. */
export function sealBytes(seal: SealContent): Uint8Array {
  return canonicalBytes([
    'suanquan/seal/v1',
    'SM3',
    seal.ledger,
    seal.jurisdiction,
    seal.number,
    seal.first,
    seal.last,
    seal.root,
    seal.previous,
    seal.at,
    seal.keyId,
  ])
}

export function sealHash(seal: SealContent, hash: Hash): Uint8Array {
  return hash(sealBytes(seal))
}

/** What the first seal of a fund follows: the fund's name, hashed. */
export function sealGenesis(ledger: number, jurisdiction: string, hash: Hash): Uint8Array {
  return genesis(ledger, jurisdiction, hash)
}

/** A key as a verifier knows it. */
export interface SealKey extends PublicKey {
  /** null while it is in use */
  readonly replacedAt: Instant | null
  readonly replaces: string | null
  readonly endorsement: Uint8Array | null
}

/** What can be wrong with a seal; `tree` is found only by whoever has the postings. */
export type SealFault =
  | 'order'
  | 'previous'
  | 'key_unknown'
  | 'key_replaced'
  | 'signature'
  | 'tree'
  | 'missing'

export interface SealFinding {
  readonly number: bigint
  readonly fault: SealFault
  readonly detail: string
}

export interface SealRules {
  readonly keys: readonly SealKey[]
  /** SM3, of the tree and the chain */
  readonly hash: Hash
  /** SHA-256, of ids of keys */
  readonly idHash: Hash
  readonly verify: Verify
}

/**
 * Checks the seals of one fund in order: numbers, ranges, moments, chain, keys, signatures.
 * @param follows the seal before the first of them; null when they begin with the first of the fund
 * @returns everything found; empty means that they are what was signed, one after the other
 */
export function sealFaults(
  seals: readonly Seal[],
  rules: SealRules,
  follows: Seal | null = null,
): readonly SealFinding[] {
  const findings: SealFinding[] = []
  let before = follows
  for (const seal of seals) {
    for (const [fault, detail] of faultsOf(seal, before, rules))
      findings.push({ number: seal.number, fault, detail })
    before = seal
  }
  return findings
}

function* faultsOf(
  seal: Seal,
  before: Seal | null,
  { keys, hash, idHash, verify }: SealRules,
): Generator<[SealFault, string]> {
  const [number, first] = [(before?.number ?? 0n) + 1n, (before?.last ?? 0n) + 1n]
  if (seal.number !== number || seal.first !== first || seal.last < seal.first)
    yield ['order', `seal ${seal.number} of ${seal.first}–${seal.last}, expected ${number} from ${first}`]
  if (before !== null && (seal.at < before.at || seal.jurisdiction !== before.jurisdiction))
    yield ['order', 'older than the seal before it, or of another fund']
  const previous =
    before === null ? sealGenesis(seal.ledger, seal.jurisdiction, hash) : sealHash(before, hash)
  if (!sameBytes(seal.previous, previous)) yield ['previous', `expected ${hex(previous)}`]
  const key = keys.find(({ id }) => id === seal.keyId)
  if (key === undefined || keyId(key, idHash) !== key.id) return yield ['key_unknown', seal.keyId]
  if (key.replacedAt !== null && seal.at > key.replacedAt) yield ['key_replaced', seal.keyId]
  if (!verify(key, sealBytes(seal), seal.signature)) yield ['signature', `key ${seal.keyId}`]
}

/**
 * The keys that can be trusted by whoever trusts one: it, and each that an already trusted one signed.
 * @param trusted an id known from outside: print, notice, an earlier audit
 */
export function followKeys(keys: readonly SealKey[], trusted: string, verify: Verify): ReadonlySet<string> {
  const found = new Set([trusted])
  for (let before = 0; before !== found.size;) {
    before = found.size
    for (const key of keys) {
      const endorser = keys.find(({ id }) => id === key.replaces)
      if (endorser === undefined || key.endorsement === null || !found.has(endorser.id)) continue
      if (verify(endorser, endorsementBytes(key), key.endorsement)) found.add(key.id)
    }
  }
  return found
}
