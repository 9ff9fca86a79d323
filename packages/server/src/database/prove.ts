// The proof of a journal at the speed of the disk: the same checks as the verifier of core, over the database's binary
// rows and typed arrays, without an object a posting. It says yes or nothing: whoever gets no yes asks the verifier why.
import { hash } from 'node:crypto'
import type { Instant } from '@suanquan/core/calendar'
import {
  accountId,
  columnBooks,
  genesis,
  sameBytes,
  uuidBytes,
  type ColumnPosting,
  type StoredAccount,
} from '@suanquan/core/ledger'
import type { Snapshot } from './connect.ts'
import { columnOf, rowEncoder, rowQuery, type EncodedRow } from './journal-bytes.ts'
import type { Fund } from './journal.ts'
import { ledgerHash } from './postings.ts'

const HASH_BYTES = 32

/**
 * @param accounts all of the fund's, from the same snapshot
 * @param progress called now and then with how many postings of the fund were put to the rules
 * @returns true when every check of the verifier holds; false where one does not or amounts are beyond this proof
 */
export async function isProved(
  snapshot: Snapshot,
  { fund, accounts }: { readonly fund: Fund; readonly accounts: readonly StoredAccount[] },
  progress: (done: number) => void = () => undefined,
): Promise<boolean> {
  if (accounts.some(({ account }) => account.id !== accountId(account, ledgerHash))) return false
  const books = columnBooks(accounts)
  const encode = rowEncoder(fund.ledger, HASH_BYTES)
  const walk = walker(genesis(fund.ledger, fund.jurisdiction, ledgerHash))
  const read = postingReader(accounts)
  let holds = true
  const most = { after: 0n, last: LAST }
  await snapshot.copyOut(rowQuery(fund.ledger, most, ['set_hash', 'chain']), (row) => {
    if (!holds) return
    const encoded = encode(row)
    const posting = read(row, encoded)
    holds = walk.follows(row, encoded) && books.allows(posting)
    if (holds) books.apply(posting)
    if (encoded.sequence % A_REPORT === 0) progress(encoded.sequence)
  })
  return holds && walk.ends(fund) && books.agree()
}

/** Beyond any journal: rows that stand after the head are read too, and are no proof. */
const LAST = 2n ** 62n
const A_REPORT = 5000

interface Walker {
  /** true when a row is the next one, in a whole set, with the hashes that follow */
  readonly follows: (row: Buffer, encoded: EncodedRow) => boolean
  /** true when the journal ends where its head says */
  readonly ends: (fund: Fund) => boolean
}

function walker(start: Uint8Array): Walker {
  const chain = Buffer.from(start)
  let next = 1
  let moment: Instant = Number.MIN_SAFE_INTEGER
  let set: Buffer[] = []
  let setHash = ''
  const endsSet = ({ leaf, content, numbers }: EncodedRow, stored: string): boolean => {
    const [link, links] = [numbers[columnOf.link]!, numbers[columnOf.links]!]
    if (link !== set.length) return false
    if (link === 0) setHash = stored
    if (stored !== setHash) return false
    const own = leaf.subarray(content)
    if (links === 1) return hash('sha256', own, 'binary') === stored
    set.push(Buffer.from(own))
    if (set.length < links) return true
    const whole = hash('sha256', Buffer.concat(set), 'binary')
    set = []
    return whole === stored
  }
  return {
    follows: (row, encoded) => {
      const { sequence, at, leaf, starts } = encoded
      if (sequence !== next || at < moment) return false
      next += 1
      moment = at
      const storedSet = starts.at(-1)! + 4
      const storedChain = storedSet + HASH_BYTES + 4
      chain.copy(leaf)
      row.copy(chain, 0, storedChain, storedChain + HASH_BYTES)
      return (
        hash('sha256', leaf, 'binary') === chain.toString('latin1') &&
        endsSet(encoded, row.toString('latin1', storedSet, storedSet + HASH_BYTES))
      )
    },
    ends: (fund) => set.length === 0 && fund.nextSequence === BigInt(next) && sameBytes(fund.chain, chain),
  }
}

/** @returns a function from a row to its posting, which is valid until the next one */
function postingReader(
  accounts: readonly StoredAccount[],
): (row: Buffer, encoded: EncodedRow) => ColumnPosting {
  const find = idIndex(accounts.map(({ account }) => uuidBytes(account.id)))
  const posting: ColumnPosting = {
    kind: 0,
    code: 0,
    debit: -1,
    credit: -1,
    amount: 0,
    sequence: 0,
    at: 0,
    expiresAt: Infinity,
    id: '',
    reservation: '',
  }
  return (row, { numbers, starts, sequence, at }) => {
    const expiresAt = numbers[columnOf.expires_at]!
    posting.kind = numbers[columnOf.kind]!
    posting.code = numbers[columnOf.code]!
    posting.debit = find(row, starts[columnOf.debit]!)
    posting.credit = find(row, starts[columnOf.credit]!)
    posting.amount = numbers[columnOf.amount]!
    posting.sequence = sequence
    posting.at = at
    posting.expiresAt = Number.isNaN(expiresAt) ? Infinity : expiresAt
    if (posting.kind !== 0) {
      posting.id = idAt(row, starts[columnOf.id]!)
      posting.reservation = idAt(row, starts[columnOf.reservation]!)
    }
    return posting
  }
}

/** Bytes of an id as a text of 16 letters; empty for null. */
function idAt(row: Buffer, start: number): string {
  return start === -1 ? '' : row.toString('latin1', start, start + ID_BYTES)
}

const ID_BYTES = 16

/** Open addressing over ids, which are hashes already: a look-up makes no text. */
function idIndex(ids: readonly Uint8Array[]): (row: Buffer, start: number) => number {
  const bytes = Buffer.concat(ids)
  const mask = 2 ** Math.ceil(Math.log2(ids.length + 1) + 1) - 1
  const places = new Int32Array(mask + 1).fill(-1)
  const first = (from: Buffer, start: number): number => from.readInt32LE(start) & mask
  for (let index = 0; index < ids.length; index++) {
    let slot = first(bytes, index * ID_BYTES)
    while (places[slot] !== -1) slot = (slot + 1) & mask
    places[slot] = index
  }
  return (row, start) => {
    for (let slot = first(row, start); ; slot = (slot + 1) & mask) {
      const index = places[slot]!
      if (index === -1) return -1
      const from = index * ID_BYTES
      let at = 0
      while (at < ID_BYTES && bytes[from + at] === row[start + at]) at += 1
      if (at === ID_BYTES) return index
    }
  }
}
