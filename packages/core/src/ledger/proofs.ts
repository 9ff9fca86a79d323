// What a proof from the outside proves, checked from its bytes alone: that a posting stands in a sealed tree, and what it
// says. The server that handed the proof over is not believed.
import { hex, readCanonical, type Hash } from '../canonical.ts'
import type { Instant } from '../calendar/index.ts'
import { postingRules, type PostingCode } from './chart.ts'
import { leafHash, verifyInclusion } from './merkle.ts'
import { postingKinds, type PostingKind } from './posting.ts'
import type { SealContent } from './seal.ts'
import type { Uuid } from './uuid.ts'

/** A posting as read from its canonical bytes. */
export interface ReadRow {
  readonly ledger: number
  readonly sequence: bigint
  readonly at: Instant
  readonly id: Uuid
  readonly kind: PostingKind
  readonly debit: Uuid
  readonly credit: Uuid
  readonly amount: bigint
  readonly reservation: Uuid | null
  readonly code: PostingCode
  readonly document: Uuid
  readonly jurisdiction: string
  readonly district: string
}

/** @returns null when the bytes are no posting */
export function readRow(bytes: Uint8Array): ReadRow | null {
  const fields = readCanonical(bytes)
  if (fields === null || fields.length !== FIELDS) return null
  const [ledger, sequence, at, id, kind, debit, credit, amount, reservation, code, , document] = fields
  const [jurisdiction, district] = fields.slice(12)
  const uuids = [id, debit, credit, document].map((field) => (isId(field) ? uuidOf(field) : null))
  const numbers = [ledger, sequence, at, kind, amount, code]
  const name = kindNames.find((each) => BigInt(postingKinds[each]) === kind)
  const rule = codeNames.find((each) => BigInt(postingRules[each].number) === code)
  if (uuids.includes(null) || name === undefined || rule === undefined) return null
  if (numbers.some((field) => typeof field !== 'bigint')) return null
  return {
    ledger: Number(ledger),
    sequence: sequence as bigint,
    at: Number(at),
    id: uuids[0]!,
    kind: name,
    debit: uuids[1]!,
    credit: uuids[2]!,
    amount: amount as bigint,
    reservation: isId(reservation) ? uuidOf(reservation) : null,
    code: rule,
    document: uuids[3]!,
    jurisdiction: String(jurisdiction),
    district: String(district),
  }
}

const FIELDS = 16
const kindNames = Object.keys(postingKinds) as PostingKind[]
const codeNames = Object.keys(postingRules) as PostingCode[]

function isId(field: unknown): field is Uint8Array {
  return field instanceof Uint8Array && field.length === 16
}

function uuidOf(bytes: Uint8Array): Uuid {
  const digits = hex(bytes)
  return [0, 8, 12, 16, 20].map((from, index) => digits.slice(from, [8, 12, 16, 20, 32][index])).join('-')
}

export interface PostingProof {
  readonly sequence: bigint
  /** canonical bytes of the posting */
  readonly row: Uint8Array
  readonly path: readonly Uint8Array[]
}

/**
 * Checks that a posting is in a sealed tree at its place.
 * @param hash SM3
 * @returns what the posting says, or null when the proof does not hold
 */
export function provenRow(
  { sequence, row, path }: PostingProof,
  seal: Pick<SealContent, 'ledger' | 'last' | 'root'>,
  hash: Hash,
): ReadRow | null {
  const read = readRow(row)
  if (read === null || read.sequence !== sequence || read.ledger !== seal.ledger) return null
  const leaf = leafHash(row, hash)
  const proof = { index: Number(sequence) - 1, size: Number(seal.last), leaf, path, root: seal.root }
  return verifyInclusion(proof, hash) ? read : null
}
