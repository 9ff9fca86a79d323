// Proofs as files that people keep, send and check elsewhere: of two tree heads, of a voucher's postings, and a head that
// was kept. A file comes from anybody: its shape is checked to the last field before anything in it is believed.
import { isDay, startOf, type Instant } from '../calendar/index.ts'
import type { SignatureAlgorithm } from '../signature.ts'
import type { Seal, SealKey } from './seal.ts'

/** A seal as it travels: counts as numbers, bytes as hexadecimal digits. */
export interface ShownSeal {
  readonly ledger: number
  readonly jurisdiction: string
  readonly number: number
  readonly first: number
  readonly last: number
  readonly root: string
  readonly previous: string
  readonly at: string
  readonly keyId: string
  readonly signature: string
}

export interface ShownKey {
  readonly id: string
  readonly algorithm: SignatureAlgorithm
  readonly publicKey: string
  readonly replacedAt: string | null
  readonly replaces: string | null
  readonly endorsement: string | null
}

/** A head that somebody kept, to hold later ones against. */
export interface KeptHead {
  readonly kind: 'suanquan/tree-head/v1'
  readonly seal: ShownSeal
  readonly keys: readonly ShownKey[]
}

/** The journal of a later seal begins with that of an earlier one. */
export interface TreeProof {
  readonly kind: 'suanquan/tree-proof/v1'
  readonly from: ShownSeal
  readonly to: ShownSeal
  readonly path: readonly string[]
  readonly keys: readonly ShownKey[]
}

/** The postings of a voucher, each with its place under a seal, and the terms from which its account's id follows. */
export interface VoucherProof {
  readonly kind: 'suanquan/voucher-proof/v1'
  readonly number: string
  readonly account: {
    readonly id: string
    readonly ledger: number
    readonly jurisdiction: string
    readonly district: string
    readonly programme: string
    readonly year: number | null
    readonly kind: string
    readonly holder: string
    readonly reference: string
    readonly usableUntil: string | null
  }
  readonly seal: ShownSeal
  readonly postings: readonly {
    readonly sequence: number
    readonly row: string
    readonly path: readonly string[]
  }[]
  /** postings of the voucher that wait for the next seal */
  readonly waiting: number
  readonly keys: readonly ShownKey[]
}

export type ProofFile = KeptHead | TreeProof | VoucherProof

type Shape = (value: unknown) => boolean

const text: Shape = (value) => typeof value === 'string'
const count: Shape = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const matching =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const bytes = matching(/^([0-9a-f]{2})*$/)
const hash = matching(/^[0-9a-f]{64}$/)
const key = matching(/^[0-9a-f]{32}$/)
const instant: Shape = (value) => typeof value === 'string' && instantOf(value) !== null
const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value)
const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape)
const recordOf =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, shape]) => shape((value as Readonly<Record<string, unknown>>)[name]))

const seal = recordOf({
  ledger: count,
  jurisdiction: text,
  number: count,
  first: count,
  last: count,
  root: hash,
  previous: hash,
  at: instant,
  keyId: key,
  signature: bytes,
})

const keys = listOf(
  recordOf({
    id: key,
    algorithm: matching(/^(SM2|Ed25519)$/),
    publicKey: bytes,
    replacedAt: orNull(instant),
    replaces: orNull(key),
    endorsement: orNull(bytes),
  }),
)

const account = recordOf({
  id: text,
  ledger: count,
  jurisdiction: text,
  district: text,
  programme: text,
  year: orNull(count),
  kind: text,
  holder: text,
  reference: text,
  usableUntil: orNull(text),
})

const posting = recordOf({ sequence: count, row: bytes, path: listOf(hash) })

const shapes: Readonly<Record<ProofFile['kind'], Shape>> = {
  'suanquan/tree-head/v1': recordOf({ seal, keys }),
  'suanquan/tree-proof/v1': recordOf({ from: seal, to: seal, path: listOf(hash), keys }),
  'suanquan/voucher-proof/v1': recordOf({
    number: text,
    account,
    seal,
    postings: listOf(posting),
    waiting: count,
    keys,
  }),
}

/** Reads a proof file; null when it is none. */
export function readProofFile(content: string): ProofFile | null {
  const read = parse(content)
  if (typeof read !== 'object' || read === null || !('kind' in read)) return null
  const { kind } = read
  if (typeof kind !== 'string' || !Object.keys(shapes).includes(kind)) return null
  return shapes[kind as ProofFile['kind']](read) ? (read as ProofFile) : null
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return null
  }
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{3}))?Z$/
/** days begin at midnight in China */
const EAST_MS = 8 * 3_600_000

/** The moment of a time in UTC as the platform writes it; null when it is none. */
function instantOf(written: string): Instant | null {
  const [, day, hours, minutes, seconds, milliseconds = '0'] = INSTANT.exec(written) ?? []
  if (day === undefined || !isDay(day)) return null
  const past = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  return startOf(day) + EAST_MS + past * 1000 + Number(milliseconds)
}

/** Bytes of hexadecimal digits. */
export function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function sealOf(shown: ShownSeal): Seal {
  return {
    ledger: shown.ledger,
    jurisdiction: shown.jurisdiction,
    number: BigInt(shown.number),
    first: BigInt(shown.first),
    last: BigInt(shown.last),
    root: bytesOf(shown.root),
    previous: bytesOf(shown.previous),
    at: instantOf(shown.at)!,
    keyId: shown.keyId,
    signature: bytesOf(shown.signature),
  }
}

export function sealKeyOf(shown: ShownKey): SealKey {
  return {
    id: shown.id,
    algorithm: shown.algorithm,
    bytes: bytesOf(shown.publicKey),
    replacedAt: shown.replacedAt === null ? null : instantOf(shown.replacedAt),
    replaces: shown.replaces,
    endorsement: shown.endorsement === null ? null : bytesOf(shown.endorsement),
  }
}
