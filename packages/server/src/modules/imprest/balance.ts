// What stands in the imprests of a programme, as of now.
import { accountKinds } from '@suanquan/core/ledger'
import { imprest, imprestOwed, type Books, type Outstanding } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { balancesOf } from '../ledger/index.ts'

/** What a provider can draw on, and what it owes back. @param provider its credit code */
export async function imprestLeft(
  db: Kysely<Tables>,
  books: Books,
  provider: string,
): Promise<{ readonly leftFen: bigint; readonly owedFen: bigint }> {
  const terms = [imprest(books.fund, provider), imprestOwed(books.fund, provider)]
  const [left, owed] = (await balancesOf(db, books, terms)).map(
    ({ creditsPosted, debitsPosted }) => creditsPosted - debitsPosted,
  )
  return { leftFen: left!, owedFen: owed! }
}

/** Advanced and not returned: in the imprest, drawn, or owed back. */
export async function outstandingOf(
  db: Kysely<Tables>,
  { fund }: Books,
  provider: string,
): Promise<Outstanding> {
  const { imprest: left, imprest_drawn: drawn, imprest_owed: owed } = accountKinds
  const { rows } = await sql<Outstanding>`
    select coalesce(sum(credits_posted - debits_posted) filter (where holder = ${provider}), 0)::bigint as "ofProviderFen",
        coalesce(sum(credits_posted - debits_posted), 0)::bigint as "ofProgrammeFen"
      from ledger.account where ledger = ${fund.ledger} and programme = ${fund.programme}
       and code in (${left.number}, ${drawn.number}, ${owed.number})`.execute(db)
  return rows[0]!
}

/** Advanced and not returned by all providers of a fund. */
export async function advancedBy(db: Kysely<Tables>, ledger: number): Promise<bigint> {
  const { imprest: left, imprest_drawn: drawn, imprest_owed: owed } = accountKinds
  const { rows } = await sql<{ fen: bigint }>`
    select coalesce(sum(credits_posted - debits_posted), 0)::bigint as fen from ledger.account
     where ledger = ${ledger} and code in (${left.number}, ${drawn.number}, ${owed.number})`.execute(db)
  return rows[0]!.fen
}
