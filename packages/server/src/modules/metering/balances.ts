// How much of contracts and vouchers is used up, as far as use has arrived. A contract is used by what was metered and rated.
// A voucher is used by what its claims hold and have redeemed, and by the support that its metered and not yet claimed use
// stands for: an estimate, at the greater of two rates, what was granted of the contract and what claims paid of their base.
import type { Balance } from '@suanquan/core/metering'
import { PACE_DAYS } from '@suanquan/core/metering'
import type { Day, Instant } from '@suanquan/core/calendar'
import { accountKinds } from '@suanquan/core/ledger'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'

export interface BalanceRow extends Balance {
  readonly kind: 'contract' | 'voucher'
  readonly id: string
  readonly number: string
  readonly contractId: string
  readonly applicationId: string | null
  readonly organisationName: string
  readonly providerName: string
  readonly jurisdiction: string
  readonly district: string
  readonly providerId: string
  /** the last day on which it can be used */
  readonly endsOn: Day
  /** of a voucher: in `usedFen`, what no claim has been made for yet; an estimate */
  readonly openFen: bigint
}

/**
 * Contracts that run and vouchers that live, a voucher after its contract.
 * @param contracts which, as a condition on `service_contract`
 * @param vouchers which of theirs, as a condition on `v`: a centre sees the contract and not its firm's voucher
 */
export async function balancesOf(
  db: Kysely<Tables>,
  contracts: RawBuilder<boolean>,
  {
    at,
    today,
    vouchers = sql<boolean>`true`,
  }: { readonly at: Instant; readonly today: Day; readonly vouchers?: RawBuilder<boolean> },
): Promise<BalanceRow[]> {
  const since = sql`(${timestamp(at)}::timestamptz - make_interval(days => ${PACE_DAYS}))`
  const recent = sql`greatest(0, extract(epoch from least(line.ended_at, ${timestamp(at)}::timestamptz)
    - greatest(line.started_at, ${since}))) / nullif(extract(epoch from line.ended_at - line.started_at), 0)`
  const { rows } = await sql<BalanceRow>`
    with contract as (
      select service_contract.*, amount_fen - excluded_fen as total, buyer.name as buyer_name, seller.name as seller_name,
        (select application.id from application where application.contract_id = service_contract.id
          and application.state not in ('refused', 'withdrawn') limit 1) as application_id
      from service_contract join organisation buyer on buyer.id = service_contract.organisation_id
        join organisation seller on seller.id = service_contract.provider_id
      where ${contracts} and ends_on >= ${today}::date and amount_fen > excluded_fen),
    metered as (
      select contract.id, coalesce(sum(line.amount_fen), 0)::bigint as used,
        coalesce(round(sum(line.amount_fen * ${recent})), 0)::bigint as recent
      from contract left join rated_line line on line.contract_id = contract.id and line.counts group by contract.id),
    living as (
      select v.*, contract.application_id as contract_application, contract.buyer_name, contract.seller_name,
        contract.provider_id, l.credits_posted - l.debits_posted - l.debits_pending as unspent,
        greatest(v.amount_fen::numeric / contract.total, coalesce((select max(claim.payable_fen::numeric / claim.base_fen)
          from claim where claim.voucher_id = v.id and claim.base_fen > 0), 0)) as rate,
        (select max(claim.period_to) from claim where claim.voucher_id = v.id
          and claim.state not in ('refused', 'withdrawn', 'reversed', 'lapsed')) as claimed_to
      from contract join voucher v on v.contract_id = contract.id join adoption on adoption.id = v.adoption_id
        join ledger.account l on l.ledger = adoption.fund and l.code = ${accountKinds.voucher.number}
          and l.holder = v.holder_credit_code and l.reference = v.number
      where v.returned_at is null and v.revoked_at is null and v.usable_until >= ${today}::date and ${vouchers}),
    open as (
      select living.id, least(unspent, round(coalesce(sum(line.amount_fen) filter (where claimed_to is null
          or (line.booked_at at time zone 'Asia/Shanghai')::date > claimed_to), 0) * rate))::bigint as open,
        coalesce(round(sum(line.amount_fen * ${recent}) * rate), 0)::bigint as recent
      from living left join rated_line line on line.contract_id = living.contract_id and line.counts
      group by living.id, unspent, rate),
    found as (
      select 0 as place, 'contract' as kind, id, number, id as "contractId", application_id as "applicationId",
        buyer_name as "organisationName", seller_name as "providerName", jurisdiction, district,
        provider_id as "providerId", ends_on as "endsOn", total as "totalFen", used as "usedFen", recent as "recentFen",
        0::bigint as "openFen"
      from contract join metered using (id)
      union all
      select 1, 'voucher', id, number, contract_id, application_id, buyer_name, seller_name, jurisdiction, district,
        provider_id, usable_until, amount_fen, amount_fen - unspent + open, recent, open
      from living join open using (id))
    select * from found order by "contractId", place, number`.execute(db)
  return rows
}

export interface PoolRow extends Balance {
  readonly adoptionId: string
  readonly jurisdiction: string
  readonly recentFen: bigint
}

/** The pools of each programme together: of what was put into them and not taken out again, how much is no longer free. */
export async function poolBalancesOf(db: Kysely<Tables>, at: Instant): Promise<PoolRow[]> {
  const of = (kind: number): RawBuilder<unknown> => sql`(select array_agg(id) from ledger.account
    where ledger = own.fund and code = ${kind} and programme in (own.programme_id, ''))`
  const { rows } = await sql<PoolRow>`
    with own as (
      select distinct on (fund, programme_id) id, jurisdiction, fund, programme_id
      from adoption order by fund, programme_id, adopted_at desc),
    accounts as (
      select own.*, ${of(accountKinds.pool.number)} as pools, ${of(accountKinds.appropriation.number)} as gave from own),
    sums as (
      select id, jurisdiction,
        coalesce((select sum(amount) from ledger.posting p where p.ledger = fund and p.debit = any(gave)
          and p.credit = any(pools) and p.kind in (0, 2)), 0)
        - coalesce((select sum(amount) from ledger.posting p where p.ledger = fund and p.credit = any(gave)
          and p.debit = any(pools) and p.kind in (0, 2)), 0) as total,
        (select coalesce(sum(credits_posted - debits_posted - debits_pending), 0) from ledger.account a
          where a.ledger = fund and a.id = any(pools)) as free,
        (select coalesce(sum(case p.kind when 3 then -p.amount else p.amount end), 0) from ledger.posting p
          where p.ledger = fund and p.debit = any(pools) and p.kind in (0, 1, 3) and not p.credit = any(gave || pools)
            and p.at > ${timestamp(at)}::timestamptz - make_interval(days => ${PACE_DAYS})) as recent
      from accounts where pools is not null and gave is not null)
    select id as "adoptionId", jurisdiction, total::bigint as "totalFen", (total - free)::bigint as "usedFen",
      greatest(0, recent)::bigint as "recentFen"
    from sums where total > 0 order by id`.execute(db)
  return rows
}
