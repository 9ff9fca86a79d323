import { createHash } from 'node:crypto'
import { ledgerWorld } from '@suanquan/testkit'
import { expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import { seededRandom, type Random } from '../random.ts'
import { emptyBalance } from './account.ts'
import { accountKinds, postingRules, type PostingCode } from './chart.ts'
import { columnBooks, type ColumnPosting } from './columns.ts'
import { emptyJournal, post, type Journal } from './journal.ts'
import { apply, judge, type Books, type Point } from './judge.ts'
import { expiryOf, MOST_PER_POSTING, postingKinds, reservationOf, type Posting } from './posting.ts'

const HOUR_MS = 3_600_000

function history(seed: string, batches: number): Journal {
  const journal = emptyJournal(1, '110000', (bytes) => createHash('sha256').update(bytes).digest())
  const world = ledgerWorld(seededRandom(seed), journal, startOf('2024-03-01'))
  for (let count = 0; count < batches; count++) post(journal, world.nextBatch(journal))
  return journal
}

/** A posting that differs from a true one in one thing that the rules look at. */
function variant(random: Random, posting: Posting, journal: Journal): Posting {
  const accounts = [...journal.books.accounts.keys(), 'nobody']
  const holds = journal.rows.filter((row) => row.posting.kind === 'reserve').map((row) => row.posting.id)
  const change = random.pick<object>([
    { debit: random.pick(accounts) },
    { credit: random.pick(accounts) },
    { credit: posting.debit },
    { amount: random.pick([0n, posting.amount + 1n, posting.amount - 1n, MOST_PER_POSTING + 1n, 10n ** 9n]) },
    { code: random.pick(Object.keys(postingRules)) as PostingCode },
    { kind: 'post' },
    { kind: 'reserve', expiresAt: null },
    { kind: random.pick(['settle', 'release']), reservation: random.pick([...holds, 'nothing']) },
  ])
  return { ...posting, ...change }
}

test('columns allow what the rules post and nothing else, in every state of random histories', () => {
  const tally = new Map<string, number>()
  for (const seed of ['one', 'two', 'three']) {
    const journal = history(seed, 60)
    const random = seededRandom(`variants ${seed}`)
    const stored = [...journal.books.accounts.values()]
    const places = new Map(stored.map(({ account }, index) => [account.id, index]))
    const columns = columnBooks(stored)
    const accounts = stored.map((each) => [each.account.id, { ...each, balance: emptyBalance }] as const)
    const books: Books = { accounts: new Map(accounts), reservations: new Map() }
    const inColumns = (posting: Posting, { sequence, at }: Point): ColumnPosting => ({
      kind: postingKinds[posting.kind],
      code: postingRules[posting.code].number,
      debit: places.get(posting.debit) ?? -1,
      credit: places.get(posting.credit) ?? -1,
      amount: Number(posting.amount),
      sequence: Number(sequence),
      at,
      expiresAt: expiryOf(posting) ?? Infinity,
      id: posting.id,
      reservation: reservationOf(posting) ?? '',
    })
    for (const row of journal.rows) {
      for (let count = 0; count < 12; count++) {
        const asked = variant(random, row.posting, journal)
        const at = row.at + random.pick([0, 0, HOUR_MS, 24 * 400 * HOUR_MS])
        const result = judge(books, asked, { ...row, at })
        tally.set(result, (tally.get(result) ?? 0) + 1)
        expect(columns.allows(inColumns(asked, { ...row, at })), result).toBe(result === 'posted')
      }
      expect(columns.allows(inColumns(row.posting, row))).toBe(true)
      columns.apply(inColumns(row.posting, row))
      apply(books, row.posting)
    }
    expect(columns.agree()).toBe(true)
    stored[0] = { ...stored[0]!, balance: { ...stored[0]!.balance, debitsPosted: 1n << 40n } }
    expect(columnBooks(stored).agree()).toBe(false)
  }
  expect(tally.get('posted')).toBeGreaterThan(100)
  for (const seen of [
    'not_allowed',
    'exceeds_credits',
    'exceeds_debits',
    'debit_account_expired',
    'debit_account_closed',
    'reservation_unknown',
    'reservation_differs',
    'amount_not_reserved',
    'reservation_expired',
    'already_settled',
    'not_yet_expired',
  ])
    expect(tally.get(seen), seen).toBeGreaterThan(0)
})

test('codes of accounts and postings fit the table of triples', () => {
  const numbers = [...Object.values(accountKinds), ...Object.values(postingRules)].map(({ number }) => number)
  expect(Math.max(...numbers)).toBeLessThan(64)
})

test('an amount that floats cannot hold exactly is not allowed, though the rules post it', () => {
  const journal = history('one', 60)
  const stored = [...journal.books.accounts.values()]
  const place = (code: string): number => stored.findIndex(({ account }) => account.code === code)
  const [debit, credit] = [place('treasury'), place('appropriation')]
  const books = columnBooks(stored.map((each) => ({ ...each, closedFrom: null })))
  const posting = { kind: 0, code: 1, debit, credit, amount: Number(MOST_PER_POSTING), at: 0 }
  const asked = { ...posting, sequence: 1, expiresAt: Infinity, id: '', reservation: '' }
  for (let count = 0; count < 9; count++) {
    expect(books.allows(asked)).toBe(true)
    books.apply(asked)
  }
  expect(books.allows(asked)).toBe(false)
})
