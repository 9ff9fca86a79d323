// Documents beside the ledger: what the documents say was appropriated, reserved, issued, held, redeemed and paid is
// what the accounts say, to the fen; and every voucher's holder is the one in its account's identity. Codes of accounts are those of the chart.
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface Agreement {
  readonly id: string
  readonly documentsFen: bigint
  readonly ledgerFen: bigint
}

/** What funds set aside and what their years were closed with. */
const fundSums = sql`fund_acts as (select coalesce(sum(amount_fen) filter (where kind = 'appropriate'), 0) as appropriated,
      coalesce(sum(amount_fen) filter (where kind = 'set_aside'), 0) as set_aside,
      coalesce(sum(amount_fen) filter (where kind = 'spend'), 0) as spent,
      coalesce(sum(amount_fen) filter (where kind = 'advance'), 0)
        - coalesce(sum(amount_fen) filter (where kind = 'return_advance'), 0) as advanced from fund_act where state = 'approved'),
  year_end as (select coalesce(sum(p.amount), 0) as moved,
      coalesce(sum(p.amount) filter (where p.code = 34 and d.code = 2), 0) as carried_appropriation
    from ledger.posting p join ledger.account d on d.ledger = p.ledger and d.id = p.debit where p.code in (34, 35)),
  closed as (select coalesce(sum(credits_posted - debits_posted + debits_pending), 0)
      + coalesce(sum((select sum(p.amount) from ledger.posting p where p.ledger = a.ledger and p.credit = a.id
          and p.seq >= a.closed_seq and p.kind <> 3)), 0) as fen
    from ledger.account a where closed_seq is not null and code in (2, 3, 31))`

const fundLines = sql`union all select 'management', (select set_aside from fund_acts),
        coalesce((select sum(amount) from ledger.posting where code = 31), 0)
      union all select 'management_spent', (select spent from fund_acts),
        coalesce((select came from balance where code = 32), 0)
      union all select 'imprest', (select advanced from fund_acts),
        coalesce((select sum(came - went) from balance where code in (8, 9, 10)), 0)
      union all select 'imprest_drawn', coalesce((select sum(drawn) from claim), 0),
        coalesce((select came - went from balance where code = 9), 0)
      union all select 'year_end', coalesce((select sum((line->>'carriedFen')::bigint + (line->>'lapsedFen')::bigint)
          from year_close, jsonb_array_elements(statement->'lines') line where state = 'approved'), 0),
        (select moved from year_end)
      union all select 'closed_years', 0, (select fen from closed)`

/** What was confirmed at each take-over, figure by figure, and every opening entry there is; what was granted goes in twice. */
const openingLine = sql`union all select 'opening', coalesce((select sum((figure->>'found')::bigint
          * case figure->>'figure' when 'appropriated' then 2 else 1 end)
        from take_over, jsonb_array_elements(report->'comparisons') compared, jsonb_array_elements(compared->'figures') figure
        where state = 'posted' and compared->>'scope' = 'programme'
          and figure->>'figure' in ('appropriated', 'issued', 'used', 'paid', 'expired', 'revoked')), 0),
      coalesce((select sum(amount) from ledger.posting where code between 57 and 63), 0)`

export async function agreementOf(db: Kysely<Tables>): Promise<readonly Agreement[]> {
  const { rows } = await sql<Agreement>`
    with balance as (
      select code, sum(debits_pending) as held, sum(credits_posted) as came, sum(debits_posted) as went
        from ledger.account group by code),
    application as (select state, sum(approved_fen) as fen from application group by state),
    claim as (select state, sum(payable_fen) filter (where deducted_fen is null) as asked, sum(approved_fen) as fen,
        sum(deducted_fen) filter (where state in ('deducted', 'submitted')) as deducted, sum(settled_fen) as settled,
        sum(imprest_left_fen) as drawn
      from claim group by state),
    back as (select coalesce(sum(amount) filter (where code = 10), 0) as to_voucher,
        coalesce(sum(amount) filter (where code = 11), 0) as to_pool,
        coalesce(sum(amount) filter (where code = 4), 0) as taken_back,
        coalesce(sum(amount) filter (where code = 9), 0) as bounced,
        coalesce(sum(amount) filter (where code = 46), 0) as returned,
        coalesce(sum(amount) filter (where code = 32), 0) as put_back from ledger.posting),
    ${fundSums},
    owed as (select coalesce(sum(owed_fen) filter (where state = 'owed'), 0)
        - (select coalesce(sum(amount_fen), 0) from clawback_recovery r join clawback c on c.id = r.clawback_id
          where c.state = 'owed' and r.state = 'recorded')
        + (select coalesce(sum(settled_fen - right_fen), 0) from rectification where state = 'returning') as fen
      from clawback)
    select id, documents::bigint as "documentsFen", ledger::bigint as "ledgerFen" from (
      select 'appropriated' as id,
        coalesce((select sum(amount_fen) from appropriation where state = 'approved'), 0)
          + (select appropriated from fund_acts) as documents,
        coalesce((select came from balance where code = 2), 0) - (select taken_back + put_back + returned from back)
          - (select carried_appropriation from year_end) as ledger
      union all select 'reserved',
        coalesce((select sum(fen) from application where state in ('offered', 'proposed', 'announced', 'objected', 'hearing', 'contested')), 0)
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
          + coalesce((select sum(c.payable_fen) from opening_claim o join suanquan.claim c on c.id = o.claim_id
            where o.paid_on is not null), 0)
          - coalesce((select sum(settled_fen - right_fen) from rectification where returned_on is not null), 0),
        coalesce((select went from balance where code = 5), 0) - (select to_voucher + to_pool + bounced from back)
      union all select 'owed', (select fen from owed),
        coalesce((select came - went from balance where code = 7), 0)
      ${fundLines}
      ${openingLine}
    ) sums`.execute(db)
  return rows
}
