// 管理费: at most a share of what was appropriated to the fund, set aside in an account of its own and spent by recorded
// payments; what is not spent goes back. No posting leads to it from a pool.
import { refuse, type Decision } from '@suanquan/core'
import { accountKinds, numbersOf, postingRules } from '@suanquan/core/ledger'
import { formatFen, type Rate } from '@suanquan/core/money'
import { managementLimit } from '@suanquan/core/voucher'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { FundRow } from './load.ts'

const { lapse, set_aside: setAside, put_back: putBack } = postingRules

export interface Management {
  /** null while no share is in force */
  readonly share: Rate | null
  readonly mostFen: bigint | null
  /** what was appropriated to the fund and its programmes by the city, less what went back to the treasury */
  readonly appropriatedFen: bigint
  /** less what was put back or lapsed */
  readonly setAsideFen: bigint
  readonly spentFen: bigint
}

export async function managementOf(
  db: Kysely<Tables>,
  { number, jurisdiction }: FundRow,
): Promise<Management> {
  const { appropriation, management, management_spent: spentOn } = accountKinds
  const { rows } = await sql<{ appropriatedFen: bigint; setAsideFen: bigint; spentFen: bigint }>`
    with own as (select id, code, district from ledger.account where ledger = ${number}
      and code in (${appropriation.number}, ${management.number}, ${spentOn.number})),
    moved as (
      select own.code as account, own.district, p.code, p.amount, -p.amount as signed
        from own join ledger.posting p on p.ledger = ${number} and p.debit = own.id
      union all select own.code, own.district, p.code, p.amount, p.amount
        from own join ledger.posting p on p.ledger = ${number} and p.credit = own.id)
    select (coalesce(sum(signed) filter (where account = ${appropriation.number} and district = ${jurisdiction}
            and code = any(${[...numbersOf('appropriate', 'withdraw', 'lapse')]}::smallint[])), 0)
        - (select coalesce(sum((line->>'lapsedFen')::bigint), 0)
            from year_close closed, jsonb_array_elements(closed.statement->'lines') line
            where closed.fund = ${number} and closed.state = 'approved' and line->>'at' = 'pool'
              and line->>'kind' <> 'tier'))::bigint as "appropriatedFen",
      coalesce(sum(signed) filter (where account = ${management.number}
        and code in (${setAside.number}, ${putBack.number}, ${lapse.number})), 0)::bigint as "setAsideFen",
      coalesce(sum(amount) filter (where account = ${spentOn.number}), 0)::bigint as "spentFen"
      from moved`.execute(db)
  const sums = rows[0]!
  const share = await shareOf(db, number)
  return { ...sums, share, mostFen: share === null ? null : managementLimit(sums.appropriatedFen, share) }
}

/** The share that was approved last. */
async function shareOf(db: Kysely<Tables>, fund: number): Promise<Rate | null> {
  const row = await db
    .selectFrom('fund_act')
    .select(['share_numerator', 'share_denominator'])
    .where('fund', '=', fund)
    .where('kind', '=', 'management_share')
    .where('state', '=', 'approved')
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (row === undefined) return null
  return { numerator: BigInt(row.share_numerator!), denominator: BigInt(row.share_denominator!) }
}

/** `2%` where the share is one of whole hundredths of a percent, else the fraction. */
export function writtenShare({ numerator, denominator }: Rate): string {
  const percent = numerator * 10_000n
  if (percent % denominator !== 0n) return `${numerator}/${denominator}`
  const hundredths = percent / denominator
  const decimals = `${hundredths % 100n}`.padStart(2, '0').replace(/0+$/, '')
  return `${hundredths / 100n}${decimals === '' ? '' : `.${decimals}`}%`
}

type Code = 'fund.management_share_missing' | 'fund.management_above_share'

/** Why so much cannot be set aside, or null. */
export async function managementFault(
  db: Kysely<Tables>,
  fund: FundRow,
  row: Pick<Selectable<Tables['fund_act']>, 'kind' | 'amount_fen'>,
): Promise<Extract<Decision<never, Code>, { ok: false }> | null> {
  if (row.kind !== 'set_aside') return null
  const { share, mostFen, setAsideFen } = await managementOf(db, fund)
  if (share === null || mostFen === null) return refuse('fund.management_share_missing')
  if (setAsideFen + row.amount_fen! <= mostFen) return null
  const amounts = { mostYuan: formatFen(mostFen), setAsideYuan: formatFen(setAsideFen) }
  return refuse('fund.management_above_share', { share: writtenShare(share), ...amounts })
}
