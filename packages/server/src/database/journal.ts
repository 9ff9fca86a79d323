// Reading the journal: accounts and balances as of any sequence or moment, the history of an account, and the proof.
import type { Instant } from '@suanquan/core/calendar'
import {
  accountCodeOf,
  postingCodeOf,
  verifier,
  type Account,
  type AsOf,
  type Balance,
  type Finding,
  type JournalRow,
  type Posting,
  type StoredAccount,
  type Uuid,
} from '@suanquan/core/ledger'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Database, Snapshot } from './connect.ts'
import { ledgerHash } from './postings.ts'
import { holdFindings } from './hold-ends.ts'
import { isProved } from './prove.ts'
import type { LedgerTables, Tables } from './tables.ts'

export interface Fund {
  readonly ledger: number
  readonly jurisdiction: string
  readonly nextSequence: bigint
  /** moment of the last posting; `-Infinity` before the first */
  readonly at: Instant
  readonly chain: Uint8Array
}

export interface AccountState extends StoredAccount {}

/** All funds, by number. */
export async function fundsOf(kysely: Kysely<Tables>): Promise<readonly Fund[]> {
  const rows = await kysely.selectFrom('ledger.head').selectAll().orderBy('ledger').execute()
  return rows.map(({ next_seq, ...head }) => ({ ...head, nextSequence: next_seq }))
}

/**
 * Accounts with their stored balances.
 * @param where which of the fund's accounts; all when left out
 */
export async function accountsOf(
  kysely: Kysely<Tables>,
  ledger: number,
  where: { readonly ids?: readonly Uuid[]; readonly holder?: string } = {},
): Promise<readonly AccountState[]> {
  let query = kysely.selectFrom('ledger.account').selectAll().where('ledger', '=', ledger)
  if (where.ids !== undefined) query = query.where('id', '=', sql<Uuid>`any(${[...where.ids]}::uuid[])`)
  if (where.holder !== undefined) query = query.where('holder', '=', where.holder)
  return (await query.orderBy('id').execute()).map(accountOf)
}

/**
 * The balances of a fund's accounts as of a sequence or moment, from the postings alone.
 * @returns only accounts that any posting touched by then
 */
export async function balancesAt(
  kysely: Kysely<Tables>,
  ledger: number,
  asOf: AsOf,
): Promise<ReadonlyMap<Uuid, Balance>> {
  const until =
    'sequence' in asOf
      ? sql`p.seq <= ${asOf.sequence}`
      : sql`p.at <= ${new Date(asOf.moment).toISOString()}::timestamptz`
  const { rows } = await sql<{ account: Uuid } & Record<'dp' | 'dd' | 'cp' | 'cc', bigint>>`
    with effect as (
      select p.debit, p.credit,
        case p.kind when 0 then 0 when 1 then p.amount else -r.amount end as pending,
        case when p.kind in (0, 2) then p.amount else 0 end as posted
      from ledger.posting p
      left join ledger.posting r on r.ledger = ${ledger} and r.id = p.reservation
      where p.ledger = ${ledger} and ${until}),
    side as (
      select debit as account, pending as dp, posted as dd, 0 as cp, 0 as cc from effect
      union all select credit, 0, 0, pending, posted from effect)
    select account, sum(dp)::bigint as dp, sum(dd)::bigint as dd, sum(cp)::bigint as cp, sum(cc)::bigint as cc
    from side group by account order by account`.execute(kysely)
  return new Map(
    rows.map(({ account, dp, dd, cp, cc }) => [
      account,
      { debitsPending: dp, debitsPosted: dd, creditsPending: cp, creditsPosted: cc },
    ]),
  )
}

/** Every row that debits or credits an account, in order of sequence. */
export async function accountHistory(
  kysely: Kysely<Tables>,
  ledger: number,
  account: Uuid,
): Promise<readonly JournalRow[]> {
  const rows = await kysely
    .selectFrom('ledger.posting')
    .selectAll()
    .where('ledger', '=', ledger)
    .where((or) => or.or([or('debit', '=', account), or('credit', '=', account)]))
    .orderBy('seq')
    .execute()
  return rows.map(rowOf)
}

const PAGE = 5000n

/** The journal of a fund from its first row, a page at a time. */
export async function* rowsOf(kysely: Kysely<Tables>, ledger: number): AsyncGenerator<JournalRow> {
  for (let from = 0n; ;) {
    const page = await kysely
      .selectFrom('ledger.posting')
      .selectAll()
      .where('ledger', '=', ledger)
      .where('seq', '>', from)
      .orderBy('seq')
      .limit(Number(PAGE))
      .execute()
    for (const row of page) yield rowOf(row)
    if (page.length < PAGE) return
    from = page.at(-1)!.seq
  }
}

export interface Verification {
  readonly fund: Fund
  readonly postings: bigint
  readonly accounts: number
  /** empty: proved */
  readonly findings: readonly Finding[]
}

/**
 * Proves every fund, or one, from one snapshot of the database while others go on writing.
 * @param progress called now and then with how many postings were put to the rules again
 */
export async function verifyLedger(
  database: Database,
  ledger?: number,
  progress: (done: number) => void = () => undefined,
): Promise<readonly Verification[]> {
  return database.snapshot(async (snapshot) => {
    const proofs: Verification[] = []
    let done = 0
    for (const fund of await fundsOf(snapshot.kysely)) {
      if (ledger !== undefined && fund.ledger !== ledger) continue
      const accounts = await accountsOf(snapshot.kysely, fund.ledger)
      const proved = await isProved(snapshot, { fund, accounts }, (own) => progress(done + own))
      const proof = proved
        ? { postings: fund.nextSequence - 1n, findings: [] }
        : await explained(snapshot, fund, accounts)
      done += Number(proof.postings)
      const findings = [...proof.findings, ...(await holdFindings(snapshot.kysely, fund.ledger))]
      proofs.push({ fund, accounts: accounts.length, postings: proof.postings, findings })
    }
    return proofs
  })
}

/** What the verifier finds, row by row. */
async function explained(
  { kysely }: Snapshot,
  fund: Fund,
  accounts: readonly StoredAccount[],
): Promise<Pick<Verification, 'postings' | 'findings'>> {
  const proof = verifier(fund, accounts, ledgerHash)
  let postings = 0n
  for await (const row of rowsOf(kysely, fund.ledger)) {
    proof.add(row)
    postings++
  }
  return { postings, findings: proof.finish() }
}

/** An account as core sees it. */
export function accountOf(row: Selectable<LedgerTables['ledger.account']>): AccountState {
  const { code, usable_until, closed_seq } = row
  const account: Account = {
    id: row.id,
    ledger: row.ledger,
    jurisdiction: row.jurisdiction,
    district: row.district,
    code: accountCodeOf(code),
    programme: row.programme,
    year: row.year,
    kind: row.kind,
    holder: row.holder,
    reference: row.reference,
    usableUntil: usable_until,
  }
  const balance: Balance = {
    debitsPending: row.debits_pending,
    debitsPosted: row.debits_posted,
    creditsPending: row.credits_pending,
    creditsPosted: row.credits_posted,
  }
  return { account, closedFrom: closed_seq, balance }
}

/** A row as core sees it. */
export function rowOf(row: Selectable<LedgerTables['ledger.posting']>): JournalRow {
  const { ledger, seq, at, jurisdiction, link, links, set_hash, chain } = row
  return {
    ledger,
    sequence: seq,
    at,
    jurisdiction,
    posting: postingOf(row),
    link,
    links,
    setHash: set_hash,
    chain,
  }
}

/** What was asked, of a posting or a rejection. */
export function postingOf(row: Omit<Selectable<LedgerTables['ledger.posting']>, 'seq' | 'chain'>): Posting {
  const { id, debit, credit, amount, document, district } = row
  const movement = { id, debit, credit, amount, document, district, code: postingCodeOf(row.code) }
  switch (row.kind) {
    case 0:
      return { ...movement, kind: 'post' }
    case 1:
      return { ...movement, kind: 'reserve', expiresAt: row.expires_at }
    default:
      return { ...movement, kind: row.kind === 2 ? 'settle' : 'release', reservation: row.reservation! }
  }
}
