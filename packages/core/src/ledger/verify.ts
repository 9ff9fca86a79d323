// The proof of a journal: every row is put to the rules again as if it came today, and what is stored must be what
// follows. Nothing stored is believed: not the balances, not the ids of accounts, not the hashes.
import { hex, type Hash } from '../canonical.ts'
import type { Instant } from '../calendar/index.ts'
import { accountId, emptyBalance, type Account, type Balance } from './account.ts'
import { apply, judge, type Books } from './judge.ts'
import { contentBytes, genesis, hashOfContents, nextChain, sameBytes, type JournalRow } from './posting.ts'
import type { Uuid } from './uuid.ts'

export const checks = [
  'account_identity',
  'gapless',
  'moments_in_order',
  'rules',
  'whole_sets',
  'set_hash',
  'chain',
  'head',
  'balances',
  'double_entry',
  /** asked of the documents beside the journal: the last day of a hold is what its claim says */
  'hold_ends',
] as const

export type Check = (typeof checks)[number]

export interface Finding {
  readonly check: Check
  /** the row, or the account when the finding is about one */
  readonly sequence: bigint | null
  readonly account: Uuid | null
  /** what was found and what was expected, for a log */
  readonly detail: string
}

export interface StoredAccount {
  readonly account: Account
  readonly closedFrom: bigint | null
  readonly balance: Balance
}

export interface StoredHead {
  readonly ledger: number
  readonly jurisdiction: string
  readonly nextSequence: bigint
  readonly chain: Uint8Array
}

export interface Verifier {
  /** rows in order of sequence, from the first */
  readonly add: (row: JournalRow) => void
  /** everything found, in order; empty means proved */
  readonly finish: () => readonly Finding[]
}

/** A verifier for one ledger. Rows are fed one by one, so that a journal of any length fits. */
export function verifier(head: StoredHead, stored: readonly StoredAccount[], hash: Hash): Verifier {
  const findings: Finding[] = []
  const report = (check: Check, at: { row?: JournalRow; account?: Uuid }, detail: string): void => {
    findings.push({ check, sequence: at.row?.sequence ?? null, account: at.account ?? null, detail })
  }
  const books: Books = { accounts: new Map(), reservations: new Map() }
  for (const { account, closedFrom } of stored) {
    const expected = accountId(account, hash)
    if (account.id !== expected) report('account_identity', { account: account.id }, `terms say ${expected}`)
    books.accounts.set(account.id, { account, closedFrom, balance: emptyBalance })
  }
  const walk = walker(head, hash, report)
  return {
    add: (row) => {
      walk.add(row)
      const result = judge(books, row.posting, row)
      if (result === 'posted') apply(books, row.posting)
      else report('rules', { row }, result)
    },
    finish: () => {
      walk.finish()
      compareBalances(books, stored, report)
      return findings
    },
  }
}

type Report = (check: Check, at: { row?: JournalRow; account?: Uuid }, detail: string) => void

/** Sequence, moments, sets and chain: all that can be told from the rows alone. */
function walker(
  head: StoredHead,
  hash: Hash,
  report: Report,
): { add: (row: JournalRow) => void; finish: () => void } {
  let next = 1n
  let moment: Instant = Number.MIN_SAFE_INTEGER
  let chain = genesis(head.ledger, head.jurisdiction, hash)
  let set: { row: JournalRow; content: Uint8Array }[] = []
  const add = (row: JournalRow): void => {
    if (row.sequence !== next) report('gapless', { row }, `expected ${next}`)
    next = row.sequence + 1n
    if (row.at < moment) report('moments_in_order', { row }, `after ${moment}`)
    moment = row.at
    const content = contentBytes(row)
    chain = nextChain({ before: chain, row, content }, hash)
    if (!sameBytes(chain, row.chain)) report('chain', { row }, `expected ${hex(chain)}`)
    chain = row.chain
    if (row.link !== set.length) {
      report('whole_sets', { row }, `link ${row.link} after ${set.length} of its set`)
      set = []
    }
    set.push({ row, content })
    if (set.length < row.links) return
    const setHash = hashOfContents(
      set.map((each) => each.content),
      hash,
    )
    for (const each of set)
      if (!sameBytes(each.row.setHash, setHash))
        report('set_hash', { row: each.row }, `expected ${hex(setHash)}`)
    set = []
  }
  const finish = (): void => {
    if (set.length > 0) report('whole_sets', {}, 'the last set is not whole')
    if (head.nextSequence !== next) report('head', {}, `head says ${head.nextSequence}, the journal ${next}`)
    if (!sameBytes(head.chain, chain)) report('head', {}, 'head and journal end in different chains')
  }
  return { add, finish }
}

function compareBalances(books: Books, stored: readonly StoredAccount[], report: Report): void {
  const sum = { debitsPending: 0n, debitsPosted: 0n, creditsPending: 0n, creditsPosted: 0n }
  for (const { account, balance } of stored) {
    const derived = books.accounts.get(account.id)!.balance
    for (const column of Object.keys(sum) as (keyof Balance)[]) {
      sum[column] += balance[column]
      if (balance[column] !== derived[column])
        report(
          'balances',
          { account: account.id },
          `${column} ${balance[column]}, derived ${derived[column]}`,
        )
    }
  }
  if (sum.debitsPosted !== sum.creditsPosted)
    report('double_entry', {}, `posted debits ${sum.debitsPosted}, credits ${sum.creditsPosted}`)
  if (sum.debitsPending !== sum.creditsPending)
    report('double_entry', {}, `pending debits ${sum.debitsPending}, credits ${sum.creditsPending}`)
}
