// What happened to one thing: an account, a posting with its whole set, or all that a document moved. Refusals are part
// of the story.
import {
  accountKinds,
  resultOf,
  type AsOf,
  type JournalRow,
  type Posting,
  type Result,
  type Uuid,
} from '@suanquan/core/ledger'
import type { Instant } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import { accountHistory, accountOf, postingOf, rowOf, type AccountState } from './journal.ts'
import type { Tables } from './tables.ts'

export interface RefusedPosting {
  readonly ledger: number
  readonly at: Instant
  readonly posting: Posting
  readonly result: Result
}

export interface History {
  readonly about: 'account' | 'posting' | 'document'
  /** the account when the history is about one */
  readonly account: AccountState | null
  readonly rows: readonly JournalRow[]
  readonly refused: readonly RefusedPosting[]
}

/** What goes by a number that people read: the accounts of a voucher or a claim, an application, a batch of payments. */
export async function idsOfNumber(kysely: Kysely<Tables>, number: string): Promise<readonly Uuid[]> {
  const accounts = await kysely
    .selectFrom('ledger.account')
    .select('id')
    .where('reference', '=', number)
    .where('code', 'in', BY_NUMBER)
    .orderBy('code')
    .execute()
  if (accounts.length > 0) return accounts.map(({ id }) => id)
  const documents = await kysely
    .selectFrom('application')
    .select('id')
    .where('number', '=', number)
    .unionAll(kysely.selectFrom('disbursement').select('id').where('number', '=', number))
    .execute()
  return documents.map(({ id }) => id)
}

/** Accounts whose reference is the number of their document. */
const BY_NUMBER = (['voucher', 'payable'] as const).map((code) => accountKinds[code].number)

/** The history of whatever carries this id, in whatever fund; null when nothing does. */
export async function historyOf(kysely: Kysely<Tables>, id: Uuid): Promise<History | null> {
  const account = await kysely
    .selectFrom('ledger.account')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (account !== undefined) {
    const rows = await accountHistory(kysely, account.ledger, id)
    const refused = await refusals(kysely, 'debit', id)
    return { about: 'account', account: accountOf(account), rows, refused }
  }
  const posting = await kysely
    .selectFrom('ledger.posting')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (posting !== undefined) {
    const first = posting.seq - BigInt(posting.link)
    const rows = await kysely
      .selectFrom('ledger.posting')
      .selectAll()
      .where('ledger', '=', posting.ledger)
      .where('seq', '>=', first)
      .where('seq', '<', first + BigInt(posting.links))
      .orderBy('seq')
      .execute()
    return { about: 'posting', account: null, rows: rows.map(rowOf), refused: [] }
  }
  const rows = await kysely
    .selectFrom('ledger.posting')
    .selectAll()
    .where('document', '=', id)
    .orderBy('ledger')
    .orderBy('seq')
    .execute()
  const byId = await refusals(kysely, 'id', id)
  const refused = byId.length > 0 ? byId : await refusals(kysely, 'document', id)
  if (rows.length + refused.length === 0) return null
  return { about: byId.length > 0 ? 'posting' : 'document', account: null, rows: rows.map(rowOf), refused }
}

async function refusals(
  kysely: Kysely<Tables>,
  column: 'id' | 'document' | 'debit',
  id: Uuid,
): Promise<readonly RefusedPosting[]> {
  const rows = await kysely
    .selectFrom('ledger.rejection')
    .selectAll()
    .where(column, '=', id)
    .orderBy('at')
    .orderBy('link')
    .execute()
  return rows.map((row) => ({
    ledger: row.ledger,
    at: row.at,
    posting: postingOf(row),
    result: resultOf(row.result),
  }))
}

/** The moment of the last row that an as-of read counts; null before the first. */
export async function momentOf(kysely: Kysely<Tables>, ledger: number, asOf: AsOf): Promise<Instant | null> {
  if ('moment' in asOf) return asOf.moment
  const row = await kysely
    .selectFrom('ledger.posting')
    .select('at')
    .where('ledger', '=', ledger)
    .where('seq', '<=', asOf.sequence)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}
