// What a proof proves, checked on this machine from its bytes; the server that gave it is not asked and not believed.
import { createHash, hash } from 'node:crypto'
import type { AnswerOf, Routes } from '@suanquan/api'
import type { Hash } from '@suanquan/core'
import {
  accountId,
  followKeys,
  provenRow,
  sealFaults,
  verifyConsistency,
  type AccountTerms,
  type ReadRow,
  type Seal,
  type SealKey,
} from '@suanquan/core/ledger'
import { verifySignature } from '@suanquan/server'
import type { Sentence } from '../language.ts'

type Keys = AnswerOf<Routes['listKeys']>['items']
type ShownSeal = AnswerOf<Routes['readConsistency']>['from']

/** The files that `--save` writes and `--file` reads. */
export interface TreeProof extends AnswerOf<Routes['readConsistency']> {
  readonly kind: 'suanquan/tree-proof/v1'
  readonly keys: Keys
}

export interface VoucherProof extends AnswerOf<Routes['readVoucherInclusion']> {
  readonly kind: 'suanquan/voucher-proof/v1'
  readonly keys: Keys
}

export interface Checked {
  readonly proved: readonly Sentence[]
  /** empty: everything holds */
  readonly wrong: readonly Sentence[]
  readonly rows: readonly ReadRow[]
}

const sm3: Hash = (bytes) => hash('sm3', bytes, 'buffer')
const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const bytes = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'))

/**
 * @param trusted the id of a key known from elsewhere, or null: then the keys are the server's word
 * @param kept a seal that was kept earlier and must be the one that the proof begins with
 */
export function checkTree(proof: TreeProof, trusted: string | null, kept: ShownSeal | null): Checked {
  const { from, to } = proof
  const wrong = [from, to].flatMap((seal) => wrongOf(seal, proof.keys, trusted))
  if (kept !== null && (kept.root !== from.root || kept.last !== from.last || kept.ledger !== from.ledger))
    wrong.push({
      zh: `服务器现在给出的封印 ${from.number} 与先前保存的不是同一个：账本被改写过`,
      en: `seal ${from.number} as the server shows it is not the one that was kept: the journal was rewritten`,
    })
  const side = (seal: ShownSeal): { size: number; root: Uint8Array } => ({
    size: seal.last,
    root: bytes(seal.root),
  })
  const path = proof.path.map(bytes)
  const sameFund = from.ledger === to.ledger && from.jurisdiction === to.jurisdiction
  if (!sameFund || !verifyConsistency({ earlier: side(from), later: side(to), path }, sm3))
    wrong.push({
      zh: `封印 ${to.number} 的账本不以封印 ${from.number} 的账本开头`,
      en: `the journal of seal ${to.number} does not begin with that of seal ${from.number}`,
    })
  const proved = {
    zh: `账本 ${to.ledger}：封印 ${to.number}（${to.last} 笔）以封印 ${from.number}（${from.last} 笔）开头，前 ${from.last} 笔没有一笔被改动、删除、插入或调换`,
    en: `fund ${to.ledger}: the journal of seal ${to.number} (${to.last} postings) begins with that of seal ${from.number} (${from.last}): none of the first ${from.last} was changed, removed, inserted or moved`,
  }
  return { proved: wrong.length === 0 ? [proved, aboutKey(to, trusted)] : [], wrong, rows: [] }
}

export function checkVoucher(proof: VoucherProof, trusted: string | null): Checked {
  const { account, seal, postings } = proof
  const wrong = wrongOf(seal, proof.keys, trusted)
  const terms = { ...account, code: 'voucher' } as AccountTerms
  if (accountId(terms, sha256) !== account.id || account.reference !== proof.number)
    wrong.push({
      zh: `账户编号不是由所示的券号、持有人和期限得出的`,
      en: `the account's id does not follow from the number, holder and term that are shown`,
    })
  const content = sealOf(seal)
  const rows = postings.flatMap(({ sequence, row, path }) => {
    const posting = { sequence: BigInt(sequence), row: bytes(row), path: path.map(bytes) }
    const read = provenRow(posting, content, sm3)
    if (read !== null && (read.debit === account.id || read.credit === account.id)) return [read]
    wrong.push({
      zh: `第 ${sequence} 笔分录不在封印 ${seal.number} 的账本里，或与此券无关`,
      en: `posting ${sequence} is not in the journal of seal ${seal.number}, or not of this voucher`,
    })
    return []
  })
  const proved = [
    {
      zh: `券 ${proof.number}：所示 ${rows.length} 笔分录都在封印 ${seal.number} 的账本里（共 ${seal.last} 笔），一字未改；持有人 ${account.holder} 是账户编号的一部分`,
      en: `voucher ${proof.number}: each of the ${rows.length} postings shown is in the journal of seal ${seal.number} (of ${seal.last}), to the byte; the holder ${account.holder} is part of the account's id`,
    },
    {
      zh: `未证明的：此券再无别的分录（审计导出可核对全部）；另有 ${proof.waiting} 笔等待下一次封存`,
      en: `not proved: that the voucher has no other postings (the audit export checks them all); ${proof.waiting} wait for the next seal`,
    },
    aboutKey(seal, trusted),
  ]
  return { proved: wrong.length === 0 ? proved : [], wrong, rows }
}

function aboutKey({ keyId }: ShownSeal, trusted: string | null): Sentence {
  return trusted === null
    ? {
        zh: `签名公钥 ${keyId} 由服务器自己给出：请与公示上的编号核对，或用 --key 指明`,
        en: `the key ${keyId} is the server's own word: compare it with the published id, or name that with --key`,
      }
    : {
        zh: `签名公钥 ${keyId} 与所信任的 ${trusted} 相承`,
        en: `the key ${keyId} is the trusted ${trusted} or follows from it`,
      }
}

/** Signature and key of one seal; its place among the others is not asked here. */
function wrongOf(shown: ShownSeal, shownKeys: Keys, trusted: string | null): Sentence[] {
  const keys = shownKeys.map(keyOf)
  const rules = { keys, hash: sm3, idHash: sha256, verify: verifySignature }
  const faults = sealFaults([sealOf(shown)], rules).filter(({ fault }) => !PLACE.has(fault))
  const wrong = faults.map(({ fault }) => ({
    zh: `封印 ${shown.number} 的签名或密钥不成立（${fault}）`,
    en: `signature or key of seal ${shown.number} does not hold (${fault})`,
  }))
  if (trusted !== null && !followKeys(keys, trusted, verifySignature).has(shown.keyId))
    wrong.push({
      zh: `封印 ${shown.number} 的密钥 ${shown.keyId} 既不是 ${trusted}，也没有得到它的签名认可`,
      en: `the key ${shown.keyId} of seal ${shown.number} is not ${trusted} and was not endorsed by it`,
    })
  return wrong
}

const PLACE: ReadonlySet<string> = new Set(['order', 'previous'])

function sealOf(shown: ShownSeal): Seal {
  return {
    ...shown,
    number: BigInt(shown.number),
    first: BigInt(shown.first),
    last: BigInt(shown.last),
    root: bytes(shown.root),
    previous: bytes(shown.previous),
    at: Date.parse(shown.at),
    signature: bytes(shown.signature),
  }
}

function keyOf(shown: Keys[number]): SealKey {
  return {
    id: shown.id,
    algorithm: shown.algorithm,
    bytes: bytes(shown.publicKey),
    replacedAt: shown.replacedAt === null ? null : Date.parse(shown.replacedAt),
    replaces: shown.replaces,
    endorsement: shown.endorsement === null ? null : bytes(shown.endorsement),
  }
}
