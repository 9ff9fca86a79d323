// The ledger in memory: the specification of `ledger.post`. It decides, numbers and chains exactly as the database
// does; the differential tests hold the two together. A journal is the one mutable thing here and belongs to its maker.
import { assert } from '../assert.ts'
import type { Hash } from '../canonical.ts'
import type { Instant } from '../calendar/index.ts'
import { accountId, emptyBalance, type AccountTerms, type Balance } from './account.ts'
import { apply, judge, type Books } from './judge.ts'
import {
  genesis,
  hashOfSet,
  nextChain,
  reservationOf,
  sameBytes,
  type JournalRow,
  type PostingSet,
} from './posting.ts'
import type { Result } from './result.ts'
import { isUuid, type Uuid } from './uuid.ts'

/** Everything one call brings: accounts to open, accounts to close, then sets in order. */
export interface Batch {
  readonly ledger: number
  readonly jurisdiction: string
  readonly moment: Instant
  /** opening an account that is there changes nothing */
  readonly open?: readonly Omit<AccountTerms, 'ledger' | 'jurisdiction'>[]
  /** closing is for good: from here on only returns and releases leave the account, and nothing comes into it */
  readonly close?: readonly Uuid[]
  readonly sets: readonly PostingSet[]
}

export interface Answer {
  readonly id: Uuid
  readonly result: Result
  /** the place in the journal, null when refused */
  readonly sequence: bigint | null
}

interface Outcome {
  readonly setHash: Uint8Array
  readonly result: Result
  readonly sequence: bigint | null
}

export interface Journal {
  readonly ledger: number
  readonly jurisdiction: string
  readonly hash: Hash
  readonly books: Books
  readonly rows: JournalRow[]
  /** the first answer to every id ever asked */
  readonly outcomes: Map<Uuid, Outcome>
  moment: Instant
  chain: Uint8Array
}

export function emptyJournal(ledger: number, jurisdiction: string, hash: Hash): Journal {
  return {
    ledger,
    jurisdiction,
    hash,
    books: { accounts: new Map(), reservations: new Map() },
    rows: [],
    outcomes: new Map(),
    moment: Number.MIN_SAFE_INTEGER,
    chain: genesis(ledger, jurisdiction, hash),
  }
}

/** A call holds 1 to this many postings. */
export const MOST_PER_BATCH = 10_000

/**
 * Opens, closes, then posts the sets in order. A set whose ids are known answers as it did the first time, link by
 * link, and writes nothing; a refused set leaves only its answers. The recorded moment never runs backwards: it is the
 * later of the batch's and the last recorded one, and expiry is judged by it.
 * @returns one answer a link, in the order of the sets
 */
export function post(journal: Journal, batch: Batch): readonly (readonly Answer[])[] {
  assertWellFormed(journal, batch)
  const at = Math.max(batch.moment, journal.moment)
  for (const terms of batch.open ?? []) {
    const full = { ...terms, ledger: journal.ledger, jurisdiction: journal.jurisdiction }
    const id = accountId(full, journal.hash)
    if (!journal.books.accounts.has(id))
      journal.books.accounts.set(id, { account: { ...full, id }, closedFrom: null, balance: emptyBalance })
  }
  for (const id of batch.close ?? []) {
    const account = journal.books.accounts.get(id)
    if (account !== undefined) account.closedFrom ??= nextSequence(journal)
  }
  return batch.sets.map((set) => postSet(journal, set, at))
}

function postSet(journal: Journal, set: PostingSet, at: Instant): readonly Answer[] {
  const setHash = hashOfSet(set, journal.jurisdiction, journal.hash)
  const known = set.map((posting) => journal.outcomes.get(posting.id))
  const taken = known.map((outcome) => outcome !== undefined && !sameBytes(outcome.setHash, setHash))
  if (known.some((outcome) => outcome !== undefined))
    return set.map((posting, link) => {
      if (taken[link]) return { id: posting.id, result: 'id_taken', sequence: null }
      const outcome =
        known[link] ?? remember(journal, posting.id, { setHash, result: 'linked_failed', sequence: null })
      return { id: posting.id, result: outcome.result, sequence: outcome.sequence }
    })
  const refusal = tryLinks(journal, set, at)
  return set.map((posting, link) => {
    const result = refusal === null ? 'posted' : link === refusal.link ? refusal.result : 'linked_failed'
    const sequence = refusal === null ? record(journal, { set, link, at, setHash }) : null
    remember(journal, posting.id, { setHash, result, sequence })
    return { id: posting.id, result, sequence }
  })
}

/** Carries out all links in order, or none when one is refused. */
function tryLinks(journal: Journal, set: PostingSet, at: Instant): { link: number; result: Result } | null {
  const { accounts, reservations } = journal.books
  const before: [Uuid, Balance][] = []
  for (const [link, posting] of set.entries()) {
    const result = judge(journal.books, posting, { sequence: nextSequence(journal) + BigInt(link), at })
    if (result !== 'posted') {
      for (const [id, balance] of before.reverse()) accounts.get(id)!.balance = balance
      for (const undone of set.slice(0, link)) {
        reservations.delete(undone.id)
        const reservation = reservationOf(undone)
        if (reservation !== null) reservations.get(reservation)!.resolvedBy = null
      }
      return { link, result }
    }
    before.push([posting.debit, accounts.get(posting.debit)!.balance])
    before.push([posting.credit, accounts.get(posting.credit)!.balance])
    apply(journal.books, posting)
  }
  return null
}

function record(
  journal: Journal,
  { set, link, at, setHash }: { set: PostingSet; link: number; at: Instant; setHash: Uint8Array },
): bigint {
  const { ledger, jurisdiction } = journal
  const sequence = nextSequence(journal)
  const row = { ledger, jurisdiction, sequence, at, posting: set[link]!, link, links: set.length }
  journal.chain = nextChain({ before: journal.chain, row }, journal.hash)
  journal.rows.push({ ...row, setHash, chain: journal.chain })
  journal.moment = at
  return sequence
}

function remember(journal: Journal, id: Uuid, outcome: Outcome): Outcome {
  journal.outcomes.set(id, outcome)
  return outcome
}

function nextSequence(journal: Journal): bigint {
  return BigInt(journal.rows.length) + 1n
}

/** What only a broken caller sends: the database raises on it too, and nothing of the batch is kept. */
export function assertWellFormed(
  journal: { readonly ledger: number; readonly jurisdiction: string },
  batch: Batch,
): void {
  assert(batch.ledger === journal.ledger, 'a batch is for one ledger')
  assert(batch.jurisdiction === journal.jurisdiction, 'a fund keeps its jurisdiction')
  const postings = batch.sets.flat()
  assert(postings.length <= MOST_PER_BATCH, `a batch has at most ${MOST_PER_BATCH} postings`)
  assert(
    batch.sets.every((set) => set.length > 0),
    'a set has a link',
  )
  const used = postings.flatMap((posting) => [posting.id, reservationOf(posting) ?? []].flat())
  assert(used.every(isUuid), 'an id is a UUID in lower case')
  assert(new Set(used).size === used.length, 'an id or a reservation occurs once in a batch')
}
