// Documents beside the ledger: what the documents say was appropriated, reserved, issued, held, redeemed and paid is
// what the accounts say, to the fen. Codes of accounts are those of the chart.
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface Agreement {
  readonly id: string
  readonly documentsFen: bigint
  readonly ledgerFen: bigint
}

export async function agreementOf(db: Kysely<Tables>): Promise<readonly Agreement[]> {
  const { rows } = await sql<Agreement>`
    with balance as (
      select code, sum(debits_pending) as held, sum(credits_posted) as came, sum(debits_posted) as went
        from ledger.account group by code),
    application as (select state, sum(approved_fen) as fen from application group by state),
    claim as (select state, sum(payable_fen) filter (where deducted_fen is null) as asked, sum(approved_fen) as fen,
        sum(deducted_fen) filter (where state in ('deducted', 'submitted')) as deducted from claim group by state),
    back as (select coalesce(sum(amount) filter (where code = 10), 0) as to_voucher,
        coalesce(sum(amount) filter (where code = 11), 0) as to_pool,
        coalesce(sum(amount) filter (where code = 4), 0) as taken_back from ledger.posting)
    select id, documents::bigint as "documentsFen", ledger::bigint as "ledgerFen" from (
      select 'appropriated' as id,
        coalesce((select sum(amount_fen) from appropriation where state = 'approved'), 0) as documents,
        coalesce((select came from balance where code = 2), 0) - (select taken_back from back) as ledger
      union all select 'reserved',
        coalesce((select sum(fen) from application where state in ('proposed', 'announced', 'objected', 'hearing', 'contested')), 0),
        coalesce((select held from balance where code = 3), 0)
      union all select 'issued', coalesce((select sum(amount_fen) from voucher), 0),
        coalesce((select came from balance where code = 4), 0) - (select to_voucher from back)
      union all select 'held', coalesce((select sum(asked) from claim where state in ('submitted', 'appealed')), 0),
        coalesce((select held from balance where code = 4), 0)
      union all select 'redeemed',
        coalesce((select sum(fen) from claim where state in ('approved', 'batched', 'paid')), 0)
          + coalesce((select sum(deducted) from claim), 0),
        coalesce((select came from balance where code = 5), 0)
          - (select to_voucher + to_pool from back)
      union all select 'paid', coalesce((select sum(fen) from claim where state = 'paid'), 0),
        coalesce((select went from balance where code = 5), 0) - (select to_voucher + to_pool from back)
      union all select 'paid_in_files',
        coalesce((select sum(amount_fen) from disbursement_line where state = 'paid'), 0),
        coalesce((select went from balance where code = 5), 0) - (select to_voucher + to_pool from back)
    ) sums`.execute(db)
  return rows
}
