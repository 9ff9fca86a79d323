// Documents beside the ledger: what the documents say was appropriated, reserved, issued, held, redeemed and paid is
// what the accounts say, to the fen; and every voucher's holder is the one in its account's identity. Codes of accounts are those of the chart.
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
        sum(deducted_fen) filter (where state in ('deducted', 'submitted')) as deducted, sum(settled_fen) as settled
      from claim group by state),
    back as (select coalesce(sum(amount) filter (where code = 10), 0) as to_voucher,
        coalesce(sum(amount) filter (where code = 11), 0) as to_pool,
        coalesce(sum(amount) filter (where code = 4), 0) as taken_back,
        coalesce(sum(amount) filter (where code = 9), 0) as bounced from ledger.posting),
    owed as (select coalesce(sum(owed_fen) filter (where state = 'owed'), 0)
        - (select coalesce(sum(amount_fen), 0) from clawback_recovery r join clawback c on c.id = r.clawback_id
          where c.state = 'owed' and r.state = 'recorded')
        + (select coalesce(sum(settled_fen - right_fen), 0) from rectification where state = 'returning') as fen
      from clawback)
    select id, documents::bigint as "documentsFen", ledger::bigint as "ledgerFen" from (
      select 'appropriated' as id,
        coalesce((select sum(amount_fen) from appropriation where state = 'approved'), 0) as documents,
        coalesce((select came from balance where code = 2), 0) - (select taken_back from back) as ledger
      union all select 'reserved',
        coalesce((select sum(fen) from application where state in ('proposed', 'announced', 'objected', 'hearing', 'contested')), 0)
          + coalesce((select sum(first_fen + second_fen) from project where state in ('agreement', 'signed')), 0)
          + coalesce((select sum(second_fen) from project where state in ('running', 'filed', 'concluded')), 0),
        coalesce((select held from balance where code = 3), 0)
      union all select 'issued', coalesce((select sum(amount_fen) from voucher), 0),
        coalesce((select came from balance where code = 4), 0) - (select to_voucher from back)
          - coalesce((select sum(revoked_fen) from clawback where state in ('cancelled', 'refunding')), 0)
      union all select 'holders', coalesce((select sum(amount_fen) from voucher), 0),
        coalesce((select sum(v.amount_fen) from voucher v where exists (select from ledger.account a
          where a.code = 4 and a.reference = v.number and a.holder = v.holder_credit_code)), 0)
      union all select 'held', coalesce((select sum(asked) from claim where state in ('submitted', 'appealed')), 0),
        coalesce((select held from balance where code = 4), 0)
      union all select 'redeemed',
        coalesce((select sum(fen) from claim where state in ('approved', 'batched', 'paid')), 0)
          + coalesce((select sum(deducted) from claim), 0),
        coalesce((select came from balance where code = 5), 0)
          - (select to_voucher + to_pool + bounced from back)
      union all select 'paid', coalesce((select sum(settled) from claim), 0),
        coalesce((select went from balance where code = 5), 0) - (select to_voucher + to_pool + bounced from back)
      union all select 'paid_in_files',
        coalesce((select sum(amount_fen) from disbursement_line where state = 'paid'), 0)
          + coalesce((select sum(amount_fen) from clawback_recovery where kind = 'set_off'), 0)
          - coalesce((select sum(settled_fen - right_fen) from rectification where returned_on is not null), 0),
        coalesce((select went from balance where code = 5), 0) - (select to_voucher + to_pool + bounced from back)
      union all select 'owed', (select fen from owed),
        coalesce((select came - went from balance where code = 7), 0)
    ) sums`.execute(db)
  return rows
}
