// Signed papers of a holder: the credential of one voucher, and the attestation that states a firm's vouchers on one day to
// a named recipient. Neither is a bearer paper: it states facts, and holding it gives nobody anything. What is signed is
// the canonical bytes of two fields: the paper's type, and the canonical text (JSON, keys sorted, no spaces) of all that
// stands under `paper`. So a reader needs no more than the paper, the published keys and this page.
import { accept, refuse, type Decision } from '../refusal.ts'
import { canonicalBytes, canonicalText, type Hash } from '../canonical.ts'
import { keyId, type PublicKey, type Verify } from '../signature.ts'
import type { Day } from '../calendar/index.ts'

export const credentialKinds = ['voucher', 'attestation'] as const

export type CredentialKind = (typeof credentialKinds)[number]

export const credentialTypes: Readonly<Record<CredentialKind, string>> = {
  voucher: 'suanquan/voucher-credential/v1',
  attestation: 'suanquan/attestation/v1',
}

/** Stands on every paper, and is signed with it. */
export const CREDENTIAL_NOTICE = '不得转让、不得质押。本件仅陈述事实，持有本件不取得任何权利。'

interface Shared {
  readonly id: string
  /** the site that signs, and its six-digit division code */
  readonly issuer: string
  readonly jurisdiction: string
  /** ISO 8601, UTC */
  readonly issuedAt: string
  /** the last day on which the paper says anything */
  readonly expiresOn: Day
  readonly holder: string
  readonly creditCode: string
  readonly notice: string
}

export interface VoucherPaper extends Shared {
  readonly type: 'suanquan/voucher-credential/v1'
  readonly voucher: string
  readonly programme: string
  readonly issuedOn: Day
  readonly usableUntil: Day
  /** whole fen as text, as all amounts */
  readonly faceFen: string
  /** where its postings are: the fund and the account in the published ledger */
  readonly ledger: number
  readonly account: string
}

export interface AttestedVoucher {
  readonly voucher: string
  readonly programme: string
  readonly usableUntil: Day
  readonly faceFen: string
  readonly usableFen: string
  readonly heldFen: string
  readonly redeemedFen: string
}

export interface AttestationPaper extends Shared {
  readonly type: 'suanquan/attestation/v1'
  readonly recipient: string
  readonly purpose: string
  /** the facts are those at the end of this day, or at `issuedAt` on the day itself */
  readonly on: Day
  readonly vouchers: readonly AttestedVoucher[]
}

export type CredentialPaper = VoucherPaper | AttestationPaper

export interface SignedCredential {
  readonly paper: CredentialPaper
  /** id of the published key */
  readonly key: string
  /** 128 hexadecimal digits */
  readonly signature: string
}

/** What is signed. */
export function credentialBytes(paper: CredentialPaper): Uint8Array {
  return canonicalBytes([paper.type, canonicalText(paper)])
}

/** The text of a signed paper, as it is saved, printed as a code and pasted. */
export function credentialText(signed: SignedCredential): string {
  return canonicalText(signed)
}

const TEXTS = [
  'id',
  'issuer',
  'jurisdiction',
  'issuedAt',
  'expiresOn',
  'holder',
  'creditCode',
  'notice',
] as const
const OF_VOUCHER = ['voucher', 'programme', 'issuedOn', 'usableUntil', 'faceFen', 'account'] as const
const OF_ATTESTATION = ['recipient', 'purpose', 'on'] as const
const OF_LINE = [
  'voucher',
  'programme',
  'usableUntil',
  'faceFen',
  'usableFen',
  'heldFen',
  'redeemedFen',
] as const

/** Reads a paper that somebody pasted: any JSON of its shape, in any layout. What is said in it is not yet believed. */
export function readCredential(text: string): Decision<SignedCredential, 'credential.unreadable'> {
  const read = parse(text)
  if (!isRecord(read) || !isRecord(read['paper'])) return refuse('credential.unreadable')
  const { paper, key, signature } = read
  if (typeof key !== 'string' || typeof signature !== 'string' || !/^[0-9a-f]{128}$/.test(signature))
    return refuse('credential.unreadable')
  return hasShape(paper)
    ? accept({ paper: paper as unknown as CredentialPaper, key, signature })
    : refuse('credential.unreadable')
}

function hasShape(paper: Readonly<Record<string, unknown>>): boolean {
  const amounts = (line: Readonly<Record<string, unknown>>): boolean =>
    Object.entries(line).every(([name, value]) => !name.endsWith('Fen') || /^\d{1,15}$/.test(String(value)))
  if (!hasTexts(paper, TEXTS) || !amounts(paper)) return false
  if (paper['type'] === credentialTypes.voucher)
    return hasTexts(paper, OF_VOUCHER) && Number.isSafeInteger(paper['ledger'])
  const lines = paper['vouchers']
  return (
    paper['type'] === credentialTypes.attestation &&
    hasTexts(paper, OF_ATTESTATION) &&
    Array.isArray(lines) &&
    lines.every((line) => isRecord(line) && hasTexts(line, OF_LINE) && amounts(line))
  )
}

function hasTexts(record: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.every((name) => typeof record[name] === 'string')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export type Genuineness = 'genuine' | 'unknown_key' | 'key_replaced' | 'forged'

/** A published key; it signs nothing after the moment at which another replaced it (ISO 8601, UTC). */
export interface CredentialKey extends PublicKey {
  readonly replacedAt: string | null
}

export interface CredentialRules {
  readonly keys: readonly CredentialKey[]
  /** SHA-256, of ids of keys */
  readonly idHash: Hash
  readonly verify: Verify
}

/** Whether a published key signed exactly this paper, while it was in use. */
export function genuineness(
  signed: SignedCredential,
  { keys, idHash, verify }: CredentialRules,
): Genuineness {
  const key = keys.find(({ id }) => id === signed.key)
  if (key === undefined || keyId(key, idHash) !== key.id) return 'unknown_key'
  const signature = Uint8Array.from(signed.signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  if (!verify(key, credentialBytes(signed.paper), signature)) return 'forged'
  return key.replacedAt !== null && signed.paper.issuedAt > key.replacedAt ? 'key_replaced' : 'genuine'
}
