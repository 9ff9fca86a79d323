// What a proof file proves, decided from its bytes alone; the server that gave it is not asked and not believed. What holds
// and what does not comes as a code with its particulars; the words are in one table beside the refusals.
import type { Hash } from '../canonical.ts'
import type { Verify } from '../signature.ts'
import { accountId, type AccountTerms } from './account.ts'
import { verifyConsistency } from './merkle.ts'
import {
  bytesOf,
  sealKeyOf,
  sealOf,
  type KeptHead,
  type ShownKey,
  type ShownSeal,
  type TreeProof,
  type VoucherProof,
} from './proof-files.ts'
import { provenRow, type ReadRow } from './proofs.ts'
import { followKeys, sealFaults, type Seal, type SealFault } from './seal.ts'

export const provedCodes = [
  'tree_begins',
  'voucher_rows',
  'voucher_not_all',
  'head_signed',
  'chain_whole',
  'key_own_word',
  'key_follows',
] as const

export const wrongCodes = [
  'seal_order',
  'seal_previous',
  'seal_key_unknown',
  'seal_key_replaced',
  'seal_signature',
  'key_not_endorsed',
  'head_differs',
  /** said by whoever asked the platform for it */
  'head_gone',
  'not_beginning',
  'account_id',
  'row_not_under',
] as const

export interface ProofSaid<Code extends string = string> {
  readonly code: Code
  readonly params: Readonly<Record<string, string | number>>
}

export type Proved = ProofSaid<(typeof provedCodes)[number]>
export type Wrong = ProofSaid<(typeof wrongCodes)[number]>

export interface ProofChecked {
  readonly proved: readonly Proved[]
  /** empty: everything holds */
  readonly wrong: readonly Wrong[]
  readonly rows: readonly ReadRow[]
}

export interface ProofRules {
  /** SM3, of the tree and the chain */
  readonly hash: Hash
  /** SHA-256, of ids */
  readonly idHash: Hash
  readonly verify: Verify
  /** the id of a key known from elsewhere, or null: then the keys are the word of whoever gave them */
  readonly trusted: string | null
}

/** @param kept a seal that was kept earlier and must be the one that the proof begins with */
export function checkTree(proof: TreeProof, rules: ProofRules, kept: ShownSeal | null): ProofChecked {
  const { from, to } = proof
  const wrong: Wrong[] = [from, to].flatMap((seal) => wrongOf(seal, proof.keys, rules))
  if (kept !== null && (kept.root !== from.root || kept.last !== from.last || kept.ledger !== from.ledger))
    wrong.push({ code: 'head_differs', params: { number: kept.number } })
  const side = (seal: ShownSeal): { size: number; root: Uint8Array } => ({
    size: seal.last,
    root: bytesOf(seal.root),
  })
  const path = proof.path.map(bytesOf)
  const sameFund = from.ledger === to.ledger && from.jurisdiction === to.jurisdiction
  if (!sameFund || !verifyConsistency({ earlier: side(from), later: side(to), path }, rules.hash))
    wrong.push({ code: 'not_beginning', params: { from: from.number, to: to.number } })
  const params = { ledger: to.ledger, from: from.number, fromLast: from.last, to: to.number, toLast: to.last }
  return held(wrong, [{ code: 'tree_begins', params }, aboutKey(to, rules)])
}

export function checkVoucher(proof: VoucherProof, rules: ProofRules): ProofChecked {
  const { account, seal, postings, number, waiting } = proof
  const wrong = wrongOf(seal, proof.keys, rules)
  const terms = { ...account, code: 'voucher' } as AccountTerms
  if (accountId(terms, rules.idHash) !== account.id || account.reference !== number)
    wrong.push({ code: 'account_id', params: {} })
  const content = sealOf(seal)
  const rows = postings.flatMap(({ sequence, row, path }, index) => {
    const each = { sequence: BigInt(sequence), row: bytesOf(row), path: path.map(bytesOf) }
    const read = provenRow(each, content, rules.hash)
    // the same posting twice would be another amount
    const follows = index === 0 || sequence > postings[index - 1]!.sequence
    if (follows && read !== null && (read.debit === account.id || read.credit === account.id)) return [read]
    wrong.push({ code: 'row_not_under', params: { sequence, seal: seal.number } })
    return []
  })
  const about = { number, rows: rows.length, seal: seal.number, last: seal.last, holder: account.holder }
  const proved: Proved[] = [
    { code: 'voucher_rows', params: about },
    { code: 'voucher_not_all', params: { waiting } },
    aboutKey(seal, rules),
  ]
  return { ...held(wrong, proved), rows }
}

/** A kept head alone says only that its key signed it: what it is worth shows when a later one is held against it. */
export function checkHead({ seal, keys }: KeptHead, rules: ProofRules): ProofChecked {
  const { ledger, number, last } = seal
  return held(wrongOf(seal, keys, rules), [
    { code: 'head_signed', params: { ledger, number, last } },
    aboutKey(seal, rules),
  ])
}

/**
 * Some seals of a fund in their order, of which the one before the first was checked before.
 * @param before null when they begin with the first
 */
export function checkChain(
  seals: readonly ShownSeal[],
  keys: readonly ShownKey[],
  rules: ProofRules,
  before: ShownSeal | null = null,
): ProofChecked {
  const { hash, idHash, verify } = rules
  const last = seals.at(-1)
  const wrong: Wrong[] = sealFaults(
    seals.map(sealOf),
    { keys: keys.map(sealKeyOf), hash, idHash, verify },
    before === null ? null : sealOf(before),
  ).map(({ number, fault }) => sealWrong(Number(number), fault))
  if (last === undefined) return held(wrong, [])
  wrong.push(...notEndorsed(last, keys, rules))
  const params = { ledger: last.ledger, number: last.number, last: last.last }
  return held(wrong, [{ code: 'chain_whole', params }, aboutKey(last, rules)])
}

function held(wrong: readonly Wrong[], proved: readonly Proved[]): ProofChecked {
  return { proved: wrong.length === 0 ? proved : [], wrong, rows: [] }
}

function aboutKey({ keyId }: ShownSeal, { trusted }: ProofRules): Proved {
  return trusted === null
    ? { code: 'key_own_word', params: { key: keyId } }
    : { code: 'key_follows', params: { key: keyId, trusted } }
}

/** Signature and key of one seal; its place among the others is not asked here. */
function wrongOf(shown: ShownSeal, shownKeys: readonly ShownKey[], rules: ProofRules): Wrong[] {
  const { hash, idHash, verify } = rules
  const seal: Seal = sealOf(shown)
  const faults = sealFaults([seal], { keys: shownKeys.map(sealKeyOf), hash, idHash, verify }, null)
  return [
    ...faults.filter(({ fault }) => !PLACE.has(fault)).map(({ fault }) => sealWrong(shown.number, fault)),
    ...notEndorsed(shown, shownKeys, rules),
  ]
}

function notEndorsed(
  { number, keyId }: ShownSeal,
  keys: readonly ShownKey[],
  { trusted, verify }: ProofRules,
): Wrong[] {
  if (trusted === null || followKeys(keys.map(sealKeyOf), trusted, verify).has(keyId)) return []
  return [{ code: 'key_not_endorsed', params: { number, key: keyId, trusted } }]
}

const PLACE: ReadonlySet<SealFault> = new Set(['order', 'previous'])

/** `tree` and `missing` are found only by whoever has the postings. */
const CODE_OF: Readonly<Record<Exclude<SealFault, 'tree' | 'missing'>, Wrong['code']>> = {
  order: 'seal_order',
  previous: 'seal_previous',
  key_unknown: 'seal_key_unknown',
  key_replaced: 'seal_key_replaced',
  signature: 'seal_signature',
}

function sealWrong(number: number, fault: SealFault): Wrong {
  return { code: CODE_OF[fault as keyof typeof CODE_OF], params: { number } }
}
