// The ledger's books of one adoption: which fund, and what its accounts hold now.
import type { Day, Instant } from '@suanquan/core/calendar'
import {
  accountKinds,
  emptyBalance,
  numbersOf,
  postingRules,
  usable,
  type Balance,
  type PostingRule,
} from '@suanquan/core/ledger'
import {
  capAccounts,
  idOf,
  pool,
  sourcesOf,
  voucher,
  type Books,
  type CapLine,
  type PoolKey,
  type Source,
  type Terms,
} from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import { ledgerHash, type Tables } from '../../database/index.ts'

export interface AdoptionBooks {
  readonly fund: number
  readonly jurisdiction: string
  /** empty for what the programmes of the fund share */
  readonly programme_id: string
  /** the budget year whose money is in use, null until a first year was closed */
  readonly openYear: number | null
}

export function booksOf(adoption: AdoptionBooks): Books {
  const { fund, jurisdiction, programme_id: programme, openYear: year } = adoption
  return { fund: { ledger: fund, jurisdiction, programme, year }, hash: ledgerHash }
}

/** Balances in the order of the terms; an account that was never opened is empty. */
export async function balancesOf(
  db: Kysely<Tables>,
  books: Books,
  terms: readonly Terms[],
): Promise<Balance[]> {
  if (terms.length === 0) return []
  const ids = terms.map((each) => idOf(books, each))
  const rows = await db
    .selectFrom('ledger.account')
    .select(['id', 'debits_pending', 'debits_posted', 'credits_pending', 'credits_posted'])
    .where('ledger', '=', books.fund.ledger)
    .where('id', 'in', ids)
    .execute()
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = found.get(id)
    if (row === undefined) return emptyBalance
    return {
      debitsPending: row.debits_pending,
      debitsPosted: row.debits_posted,
      creditsPending: row.credits_pending,
      creditsPosted: row.credits_posted,
    }
  })
}

/** What is left in pools, reservations taken out; in the order of the keys. */
export async function poolsLeft(
  db: Kysely<Tables>,
  books: Books,
  keys: readonly PoolKey[],
): Promise<bigint[]> {
  const balances = await balancesOf(
    db,
    books,
    keys.map((key) => pool(books.fund, key)),
  )
  return balances.map(
    ({ creditsPosted, debitsPosted, debitsPending }) => creditsPosted - debitsPosted - debitsPending,
  )
}

/** What all pools of a programme hold together, its allotments among them. */
export async function poolTotals(
  db: Kysely<Tables>,
  { fund }: Books,
): Promise<{ readonly leftFen: bigint; readonly reservedFen: bigint }> {
  return db
    .selectFrom('ledger.account')
    .select([
      sql<bigint>`coalesce(sum(credits_posted - debits_posted - debits_pending), 0)::bigint`.as('leftFen'),
      sql<bigint>`coalesce(sum(debits_pending), 0)::bigint`.as('reservedFen'),
    ])
    .where('ledger', '=', fund.ledger)
    .where('code', '=', accountKinds.pool.number)
    .where('programme', '=', fund.programme)
    .executeTakeFirstOrThrow()
}

/** What each cap has used so far, reservations included. */
export async function capsUsed(
  db: Kysely<Tables>,
  books: Books,
  lines: readonly CapLine[],
): Promise<bigint[]> {
  const terms = lines.map((line) => capAccounts(books.fund, line).left)
  const balances = await balancesOf(db, books, terms)
  return balances.map((balance) => balance.debitsPosted + balance.debitsPending)
}

export interface VoucherRow {
  readonly number: string
  readonly holder_credit_code: string
  readonly district: string
  readonly usable_until: Day
  readonly amount_fen: bigint
}

export function voucherTerms(row: Omit<VoucherRow, 'amount_fen'>): {
  number: string
  holder: string
  district: string
  usableUntil: Day
} {
  return {
    number: row.number,
    holder: row.holder_credit_code,
    district: row.district,
    usableUntil: row.usable_until,
  }
}

export interface VoucherAmounts {
  readonly usableFen: bigint
  readonly heldFen: bigint
  readonly redeemedFen: bigint
  readonly returnedFen: bigint
}

/** What a voucher holds, as of now: projections of the journal. What an annulled revocation gave back never left. */
export async function voucherAmounts(
  db: Kysely<Tables>,
  books: Books,
  rows: readonly VoucherRow[],
  at: Instant,
): Promise<VoucherAmounts[]> {
  const terms = rows.map((row) => voucher(books.fund, voucherTerms(row)))
  const balances = await balancesOf(db, books, terms)
  const returned = await returnedBy(db, books, terms)
  return terms.map((each, index) => {
    const balance = balances[index]!
    const place = { ledger: books.fund.ledger, jurisdiction: books.fund.jurisdiction }
    const returnedFen = returned.get(idOf(books, each)) ?? 0n
    return {
      usableFen: usable({ ...each, ...place }, balance, at),
      heldFen: balance.debitsPending,
      // what came beyond the issue is redemption taken back
      redeemedFen: balance.debitsPosted - returnedFen - (balance.creditsPosted - rows[index]!.amount_fen),
      returnedFen,
    }
  })
}

const RETURNS = Object.values<PostingRule>(postingRules)
  .filter(({ returns, between }) => returns === true && between.some(([, credit]) => credit === 'pool'))
  .map(({ number }) => number)

async function returnedBy(
  db: Kysely<Tables>,
  books: Books,
  terms: readonly Terms[],
): Promise<Map<string, bigint>> {
  if (terms.length === 0) return new Map()
  const rows = await db
    .selectFrom('ledger.posting')
    .select(['debit', sql<bigint>`sum(amount)::bigint`.as('amount')])
    .where('ledger', '=', books.fund.ledger)
    .where('code', 'in', RETURNS)
    .where(
      'debit',
      'in',
      terms.map((each) => idOf(books, each)),
    )
    .groupBy('debit')
    .execute()
  const back = new Map((await restoredTo(db, books, terms)).map((row) => [row.credit, row.amount]))
  return new Map(rows.map(({ debit, amount }) => [debit, amount - (back.get(debit) ?? 0n)]))
}

async function restoredTo(
  db: Kysely<Tables>,
  books: Books,
  terms: readonly Terms[],
): Promise<{ credit: string; amount: bigint }[]> {
  return db
    .selectFrom('ledger.posting')
    .innerJoin('clawback', 'clawback.id', 'ledger.posting.document')
    .select(['credit', sql<bigint>`sum(amount)::bigint`.as('amount')])
    .where('ledger', '=', books.fund.ledger)
    .where('ledger.posting.code', '=', postingRules.issue.number)
    .where(
      'credit',
      'in',
      terms.map((each) => idOf(books, each)),
    )
    .groupBy('credit')
    .execute()
}

/** The pools that paid for a voucher, each with its part. */
export async function sourcesOfVoucher(
  db: Kysely<Tables>,
  books: Books,
  voucher: { readonly application_id: string; readonly amount_fen: bigint },
): Promise<readonly Source[]> {
  const { approval } = await db
    .selectFrom('application')
    .select('approval')
    .where('id', '=', voucher.application_id)
    .executeTakeFirstOrThrow()
  const stored = approval?.sources?.map((each) => ({ ...each, amountFen: BigInt(each.amountFen) }))
  return sourcesOf(books.fund, {
    amountFen: voucher.amount_fen,
    ...(stored === undefined ? {} : { sources: stored }),
  })
}

/** What the redemptions of a voucher drew from it and have not given back, to it or to its pools. */
export async function spentOfVoucher(
  db: Kysely<Tables>,
  books: Books,
  row: Omit<VoucherRow, 'amount_fen'>,
): Promise<bigint> {
  const account = idOf(books, voucher(books.fund, voucherTerms(row)))
  const { unredeem, unaward } = postingRules
  const redeem = sql`any(${[...numbersOf('redeem')]}::smallint[])`
  const { rows } = await sql<{ fen: bigint }>`
    select (coalesce(sum(amount) filter (where debit = ${account}::uuid and code = ${redeem} and kind in (0, 2)), 0)
        - coalesce(sum(amount) filter (where credit = ${account}::uuid and code = ${unredeem.number}), 0)
        - coalesce(sum(amount) filter (where code = ${unaward.number}), 0))::bigint as fen
      from ledger.posting
     where ledger = ${books.fund.ledger} and (debit = ${account}::uuid or credit = ${account}::uuid
        or (code = ${unaward.number} and debit in (select credit from ledger.posting
             where ledger = ${books.fund.ledger} and debit = ${account}::uuid and code = ${redeem})))`.execute(
    db,
  )
  return rows[0]!.fen
}
