// Proofs of the ledger, checked in this browser: of a file from anywhere, of the whole chain of seals, of two heads. The
// platform hands over hashes and signatures and is not believed. Loaded after a press.
import { proofSentence } from '@suanquan/api'
import {
  checkChain,
  checkHead,
  checkTree,
  checkVoucher,
  readProofFile,
  type ProofChecked,
  type ProofFile,
  type ProofRules,
  type ReadRow,
  type ShownKey,
  type ShownSeal,
  type TreeProof,
} from '@suanquan/core/ledger'
import { call, Refused, Unreachable } from '../../client/call.ts'
import type { Bilingual } from '../../components/use-say.ts'
import { sha256, sm3, verify } from './signatures.ts'

export interface Outcome {
  readonly about: 'head' | 'tree' | 'voucher' | 'chain'
  readonly proved: readonly Bilingual[]
  /** empty: it holds */
  readonly wrong: readonly Bilingual[]
  readonly rows: readonly ReadRow[]
  /** false: the platform could not be asked whether today's ledger still begins with it; null: that was not the question */
  readonly today: boolean | null
  /** what can be kept of it */
  readonly proof: TreeProof | null
}

/** @param trusted the id of a key known from elsewhere, or nothing */
const rulesOf = (trusted: string): ProofRules => ({
  hash: sm3,
  idHash: sha256,
  verify,
  trusted: trusted.trim() === '' ? null : trusted.trim().toLowerCase(),
})

/** @returns null when the text is no proof file */
export async function checkFile(content: string, trusted: string): Promise<Outcome | null> {
  const file = readProofFile(content)
  if (file === null) return null
  const rules = rulesOf(trusted)
  const itself = ofFile(file, rules)
  const about = ABOUT[file.kind]
  if (itself.wrong.length > 0) return outcome(about, [itself], null)
  const today = await againstToday(headOf(file), rules)
  return today === null
    ? { ...outcome(about, [itself], null), today: false }
    : { ...outcome(about, [itself, today], null), today: true }
}

const ABOUT = {
  'suanquan/tree-head/v1': 'head',
  'suanquan/tree-proof/v1': 'tree',
  'suanquan/voucher-proof/v1': 'voucher',
} as const

function ofFile(file: ProofFile, rules: ProofRules): ProofChecked {
  if (file.kind === 'suanquan/tree-head/v1') return checkHead(file, rules)
  if (file.kind === 'suanquan/tree-proof/v1') return checkTree(file, rules, null)
  return checkVoucher(file, rules)
}

function headOf(file: ProofFile): ShownSeal {
  return file.kind === 'suanquan/tree-proof/v1' ? file.to : file.seal
}

/** Whether the ledger that is published today begins with a seal; null when nobody answers. */
async function againstToday(kept: ShownSeal, rules: ProofRules): Promise<ProofChecked | null> {
  const { ledger, number } = kept
  const gone: ProofChecked = {
    proved: [],
    wrong: [{ code: 'head_gone', params: { ledger, number } }],
    rows: [],
  }
  try {
    const { items } = await call('listTreeHeads')
    const head = items.find((each) => each.ledger === ledger)
    if (head === undefined || head.seal.number < number) return gone
    return checkTree(await askTree(ledger, number, head.seal.number), rules, kept)
  } catch (error) {
    if (error instanceof Refused) return gone
    if (error instanceof Unreachable) return null
    throw error
  }
}

async function askTree(ledger: number, from: number, to: number): Promise<TreeProof> {
  const proof = await call('readConsistency', { query: { ledger, from, to } })
  return { kind: 'suanquan/tree-proof/v1', ...proof, keys: await publishedKeys() }
}

/** Two heads of the platform held against each other. */
export async function compareHeads(
  { ledger, from, to }: { ledger: number; from: number; to: number },
  trusted: string,
): Promise<Outcome> {
  const proof = await askTree(ledger, from, to)
  return { ...outcome('tree', [checkTree(proof, rulesOf(trusted), null)], proof) }
}

/** Every seal of a fund from the first, page by page. */
export async function checkSeals(
  ledger: number,
  trusted: string,
  onProgress: (share: number) => void,
): Promise<Outcome> {
  const keys = await publishedKeys()
  const rules = rulesOf(trusted)
  const wrong: ProofChecked['wrong'][number][] = []
  let last: ProofChecked = { proved: [], wrong: [], rows: [] }
  let before: ShownSeal | null = null
  for (let [page, total, seen] = [1, 1, 0]; seen < total; page++) {
    const answer = await call('listSeals', { query: { ledger, page, size: PAGE } })
    if (answer.items.length === 0) break
    last = checkChain(answer.items, keys, rules, before)
    wrong.push(...last.wrong)
    before = answer.items[answer.items.length - 1]!
    total = answer.total
    seen += answer.items.length
    onProgress(seen / total)
  }
  return outcome('chain', [{ ...last, wrong }], null)
}

const PAGE = 100

async function publishedKeys(): Promise<readonly ShownKey[]> {
  return (await call('listKeys')).items
}

/** Words of several checks together; what one proved is said only when all hold. */
function outcome(about: Outcome['about'], checks: readonly ProofChecked[], proof: TreeProof | null): Outcome {
  const wrong = checks.flatMap((each) => each.wrong.map(proofSentence))
  const proved = wrong.length > 0 ? [] : checks.flatMap((each) => each.proved.map(proofSentence))
  const once = proved.filter(({ en }, index) => proved.findIndex((each) => each.en === en) === index)
  return { about, proved: once, wrong, rows: checks.flatMap(({ rows }) => rows), today: null, proof }
}
