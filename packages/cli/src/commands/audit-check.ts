// Our own proof of an audit export: the rules, trees and seals of core over the files of the folder, which are not believed.
import { createHash, hash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { hex, type Hash } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import {
  accountCodeOf,
  contentBytes,
  emptyFrontier,
  followKeys,
  growingTree,
  leafHash,
  postingCodeOf,
  rowBytes,
  sealFaults,
  verifier,
  type Account,
  type JournalRow,
  type Posting,
  type Seal,
  type SealKey,
  type StoredAccount,
} from '@suanquan/core/ledger'
import { verifySignature, type Exported } from '@suanquan/server'

const sm3: Hash = (bytes) => hash('sm3', bytes, 'buffer')
const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const bytes = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'))

/** What an auditor knows from elsewhere: print, a notice, an earlier audit. */
export interface Known {
  /** the id of a key */
  readonly key?: string | undefined
  /** tree heads, `LEDGER:NUMBER:ROOT` */
  readonly seals?: readonly string[]
}

/** @returns everything found, in words; empty: proved */
export async function checkBundle(folder: string, known: Known = {}): Promise<readonly string[]> {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const manifest = JSON.parse(read('manifest.json')) as Exported
  const found = Object.entries(manifest.files)
    .filter(([name, wanted]) => hex(sha256(readFileSync(join(folder, name)))) !== wanted)
    .map(([name]) => `${name}: not the file of the manifest`)
  const keys = (JSON.parse(read('keys.json')) as ExportedKey[]).map(keyOf)
  const trusted = known.key === undefined ? null : followKeys(keys, known.key, verifySignature)
  const shown = new Set<string>()
  for (const fund of manifest.funds) {
    const { findings, seals } = await checkFund(folder, fund, keys)
    found.push(...findings)
    for (const seal of seals) {
      shown.add(`${seal.ledger}:${seal.number}:${hex(seal.root)}`)
      if (trusted !== null && !trusted.has(seal.keyId))
        found.push(`${fund.ledger}: seal ${seal.number}: the key ${seal.keyId} is not trusted`)
    }
  }
  const missing = (known.seals ?? []).filter((seal) => !shown.has(seal))
  return [...found, ...missing.map((seal) => `seal ${seal}, known from elsewhere, is not in the export`)]
}

type ExportedFund = Exported['funds'][number]

async function checkFund(
  folder: string,
  fund: ExportedFund,
  keys: readonly SealKey[],
): Promise<{ readonly findings: readonly string[]; readonly seals: readonly Seal[] }> {
  const { ledger, jurisdiction } = fund
  const lines = <Line>(name: string): Line[] =>
    readFileSync(join(folder, `${name}-${ledger}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line)
  const accounts = lines<ExportedAccount>('accounts').map((line) => accountOf(line, ledger))
  const masked = new Set(
    accounts.filter(({ masked: hidden }) => hidden).map(({ stored }) => stored.account.id),
  )
  const seals = lines<ExportedSeal>('seals').map((line) => sealOf(line, fund))
  const head = { ledger, jurisdiction, nextSequence: BigInt(fund.postings) + 1n, chain: bytes(fund.chain) }
  const proof = verifier(
    head,
    accounts.map(({ stored }) => stored),
    sha256,
  )
  const tree = growingTree(emptyFrontier, sm3)
  const found: string[] = []
  let next = 0
  for await (const row of rowsOf(join(folder, `postings-${ledger}.csv`), ledger)) {
    proof.add(row)
    tree.append(leafHash(rowBytes(row, contentBytes(row)), sm3))
    const seal = seals[next]
    if (seal === undefined || seal.last !== row.sequence) continue
    next += 1
    if (hex(tree.root()) !== hex(seal.root)) found.push(`seal ${seal.number}: over other postings`)
  }
  if (next < seals.length) found.push(`seal ${seals[next]!.number}: its postings are missing`)
  const rules = { keys, hash: sm3, idHash: sha256, verify: verifySignature }
  for (const { number, fault, detail } of sealFaults(seals, rules))
    found.push(`seal ${number}: ${fault} ${detail}`)
  for (const { check, sequence, account, detail } of proof.finish()) {
    if (check === 'account_identity' && masked.has(account!)) continue
    found.push(`${check} ${sequence === null ? (account ?? '') : `#${sequence}`} ${detail}`)
  }
  return { findings: found.map((line) => `${ledger}: ${line}`), seals }
}

async function* rowsOf(file: string, ledger: number): AsyncGenerator<JournalRow> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line.startsWith('sequence')) continue
    const [sequence, at, id, kind, debit, credit, amount, reservation, code, expiresAt, ...rest] = line.split(
      ',',
    ) as string[]
    const [document, jurisdiction, district, link, links, setHash, chain] = rest
    const movement = { id: id!, debit: debit!, credit: credit!, amount: BigInt(amount!), document: document! }
    const common = { ...movement, code: postingCodeOf(Number(code)), district: district! }
    const posting: Posting =
      kind === '0'
        ? { ...common, kind: 'post' }
        : kind === '1'
          ? { ...common, kind: 'reserve', expiresAt: expiresAt === '' ? null : Number(expiresAt) }
          : { ...common, kind: kind === '2' ? 'settle' : 'release', reservation: reservation! }
    yield {
      ledger,
      sequence: BigInt(sequence!),
      at: Number(at),
      jurisdiction: jurisdiction!,
      posting,
      link: Number(link),
      links: Number(links),
      setHash: bytes(setHash!),
      chain: bytes(chain!),
    }
  }
}

interface ExportedAccount extends Omit<Account, 'code' | 'ledger' | 'holder' | 'reference'> {
  readonly code: number
  readonly holder: string | null
  readonly reference: string | null
  readonly closedFrom: number | null
  readonly debitsPending: string
  readonly debitsPosted: string
  readonly creditsPending: string
  readonly creditsPosted: string
}

function accountOf(
  line: ExportedAccount,
  ledger: number,
): { readonly stored: StoredAccount; readonly masked: boolean } {
  const { id, jurisdiction, district, programme, year, kind, closedFrom } = line
  const usableUntil: Day | null = line.usableUntil
  const account = {
    id,
    ledger,
    jurisdiction,
    district,
    programme,
    year,
    kind,
    usableUntil,
    code: accountCodeOf(line.code),
    holder: line.holder ?? '',
    reference: line.reference ?? '',
  }
  const balance = {
    debitsPending: BigInt(line.debitsPending),
    debitsPosted: BigInt(line.debitsPosted),
    creditsPending: BigInt(line.creditsPending),
    creditsPosted: BigInt(line.creditsPosted),
  }
  const stored = { account, closedFrom: closedFrom === null ? null : BigInt(closedFrom), balance }
  return { stored, masked: line.holder === null }
}

interface ExportedSeal {
  readonly number: number
  readonly first: number
  readonly last: number
  readonly root: string
  readonly previous: string
  readonly at: number
  readonly keyId: string
  readonly signature: string
}

function sealOf(line: ExportedSeal, { ledger, jurisdiction }: ExportedFund): Seal {
  return {
    ledger,
    jurisdiction,
    number: BigInt(line.number),
    first: BigInt(line.first),
    last: BigInt(line.last),
    root: bytes(line.root),
    previous: bytes(line.previous),
    at: line.at,
    keyId: line.keyId,
    signature: bytes(line.signature),
  }
}

interface ExportedKey extends Omit<SealKey, 'bytes' | 'endorsement'> {
  readonly publicKey: string
  readonly endorsement: string | null
}

function keyOf({ publicKey, endorsement, ...key }: ExportedKey): SealKey {
  return { ...key, bytes: bytes(publicKey), endorsement: endorsement === null ? null : bytes(endorsement) }
}
