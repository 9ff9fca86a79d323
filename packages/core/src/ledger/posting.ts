// A posting moves an amount from one account to another. Postings come in linked sets: all links post or none does.
// The order of fields below is fixed from the first commit; every hash ever published hangs on it.
import { canonicalBytes, type Hash } from '../canonical.ts'
import type { Instant } from '../calendar/index.ts'
import { postingRules, type PostingCode } from './chart.ts'
import { uuidBytes, type Uuid } from './uuid.ts'

export const postingKinds = { post: 0, reserve: 1, settle: 2, release: 3 } as const

export type PostingKind = keyof typeof postingKinds

interface Movement {
  /** made by the client; the same id again is a retry */
  readonly id: Uuid
  readonly debit: Uuid
  readonly credit: Uuid
  /** fen, or times for a quota; 1 to `MOST_PER_POSTING` */
  readonly amount: bigint
  readonly code: PostingCode
  /** the document (application, claim, order of payment) that this carries out */
  readonly document: Uuid
  /** six-digit division code of the district that acts, the city's own code for the city */
  readonly district: string
}

export type Posting = Movement &
  (
    | { readonly kind: 'post' }
    /** takes the amount out of what is usable; settled or released later, by an own posting */
    | { readonly kind: 'reserve'; readonly expiresAt: Instant | null }
    /** takes part or all of a reservation; the rest becomes usable again by itself */
    | { readonly kind: 'settle'; readonly reservation: Uuid }
    /** gives the whole reserved amount back */
    | { readonly kind: 'release'; readonly reservation: Uuid }
  )

/** All or none, in this order. */
export type PostingSet = readonly Posting[]

/** 10 trillion yuan: an absurd amount is refused before it meets arithmetic. */
export const MOST_PER_POSTING = 1_000_000_000_000_000n

export function reservationOf(posting: Posting): Uuid | null {
  return posting.kind === 'settle' || posting.kind === 'release' ? posting.reservation : null
}

export function expiryOf(posting: Posting): Instant | null {
  return posting.kind === 'reserve' ? posting.expiresAt : null
}

/** One posting as the journal keeps it. */
export interface JournalRow {
  readonly ledger: number
  /** 1, 2, 3 … without a gap */
  readonly sequence: bigint
  readonly at: Instant
  readonly jurisdiction: string
  readonly posting: Posting
  /** position in its set, from 0, and how many links the set has */
  readonly link: number
  readonly links: number
  readonly setHash: Uint8Array
  readonly chain: Uint8Array
}

export type RowContent = Pick<JournalRow, 'jurisdiction' | 'posting' | 'link' | 'links'>

/** What the client asked for, without moment and sequence: a retry has the same bytes. */
export function contentBytes({ jurisdiction, posting, link, links }: RowContent): Uint8Array {
  const reservation = reservationOf(posting)
  return canonicalBytes([
    uuidBytes(posting.id),
    postingKinds[posting.kind],
    uuidBytes(posting.debit),
    uuidBytes(posting.credit),
    posting.amount,
    reservation === null ? null : uuidBytes(reservation),
    postingRules[posting.code].number,
    expiryOf(posting),
    uuidBytes(posting.document),
    jurisdiction,
    posting.district,
    link,
    links,
  ])
}

type Row = Omit<JournalRow, 'setHash' | 'chain'>

/** The canonical bytes of a row: ledger, sequence and moment before its content. */
export function rowBytes(row: Row, content: Uint8Array = contentBytes(row)): Uint8Array {
  return concatenate([canonicalBytes([row.ledger, row.sequence, row.at]), content])
}

/** The fingerprint of a linked set: equal for a retry, different when any field of any link differs. */
export function hashOfSet(set: PostingSet, jurisdiction: string, hash: Hash): Uint8Array {
  const links = set.length
  return hashOfContents(
    set.map((posting, link) => contentBytes({ jurisdiction, posting, link, links })),
    hash,
  )
}

/** The same from the content bytes of the links. */
export function hashOfContents(contents: readonly Uint8Array[], hash: Hash): Uint8Array {
  return hash(concatenate(contents))
}

/** The chain before the first posting: it names the fund. */
export function genesis(ledger: number, jurisdiction: string, hash: Hash): Uint8Array {
  return hash(canonicalBytes(['suanquan/ledger/v1', ledger, jurisdiction]))
}

/**
 * The chain after a row: a hash of the chain before it and of its canonical bytes.
 * @param content the row's content bytes where the caller has them already
 */
export function nextChain(
  { before, row, content }: { before: Uint8Array; row: Row; content?: Uint8Array },
  hash: Hash,
): Uint8Array {
  return hash(concatenate([before, rowBytes(row, content)]))
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}
