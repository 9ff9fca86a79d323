// 余额预警: when three quarters, nine tenths or all of a contract, a voucher or a pool is used up, its firm, its centre and
// finance are told once. What brings use looks at the contracts it touched, in its own transaction; `tick` looks at what
// claims and issues have moved. A changed total begins anew. What was told is kept beside the messages, which people may
// switch off.
import { dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import { accountKinds } from '@suanquan/core/ledger'
import { alertsDue, burnOf, type AlertPercent, type Balance, type Burn } from '@suanquan/core/metering'
import { sql, type Kysely, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { tell, writeMessages, type Told } from '../message/index.ts'
import { balancesOf, poolBalancesOf, type BalanceRow } from './balances.ts'

interface Thing {
  readonly kind: 'contract' | 'voucher' | 'pool'
  readonly id: string
  readonly jurisdiction: string
  readonly district: string
  readonly balance: Balance
}

interface Reached {
  readonly percent: AlertPercent
  readonly burn: Burn
}

/** After use has arrived: its contracts and their vouchers. */
export async function alertContracts(
  tx: Transaction<Tables>,
  contractIds: readonly string[],
  at: Instant,
): Promise<void> {
  if (contractIds.length === 0) return
  const chosen = sql<boolean>`service_contract.id = any(${contractIds}::uuid[])`
  const today = dayOf(at)
  for (const row of await balancesOf(tx, chosen, { at, today })) {
    const reached = await reach(tx, { ...row, balance: row }, { at, today })
    if (reached !== null) tell(tx, ...messagesOf(row, reached))
  }
}

/** @returns how many people were told */
export async function alertBalances(world: World, at: Instant, today: Day): Promise<number> {
  const contracts = await contractsOfDue(world.db, today)
  const pools = (await poolBalancesOf(world.db, at)).filter(
    (pool) => alertsDue(burnOf(pool, today), []).length > 0,
  )
  if (contracts.length === 0 && pools.length === 0) return 0
  return world.database.transaction(async ({ kysely: tx }) => {
    await alertContracts(tx, contracts, at)
    for (const pool of pools) {
      const { adoptionId: id, jurisdiction } = pool
      const place = { jurisdiction, district: jurisdiction }
      const reached = await reach(tx, { kind: 'pool', id, ...place, balance: pool }, { at, today })
      if (reached === null) continue
      const params = paramsOf(reached)
      const cause = causeOf('pool', id, pool, reached)
      tell(tx, { kind: 'pool_running_out', cause, about: 'adoption', aboutId: id, params, place })
    }
    return writeMessages(tx, at)
  })
}

/** Contracts of the vouchers that claims alone have brought to a threshold that nobody was told of. */
async function contractsOfDue(db: Kysely<Tables>, today: Day): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with used as (
      select v.id, v.contract_id, v.amount_fen,
        (v.amount_fen - l.credits_posted + l.debits_posted + l.debits_pending) * 100 / v.amount_fen as percent
      from voucher v join adoption on adoption.id = v.adoption_id
        join ledger.account l on l.ledger = adoption.fund and l.code = ${accountKinds.voucher.number}
          and l.holder = v.holder_credit_code and l.reference = v.number
        join service_contract c on c.id = v.contract_id
      where v.returned_at is null and v.revoked_at is null and v.usable_until >= ${today}::date
        and c.ends_on >= ${today}::date and c.amount_fen > c.excluded_fen)
    select distinct contract_id as id from used
    where percent >= 75 and case when percent >= 100 then 100 when percent >= 90 then 90 else 75 end
      > coalesce((select max(told.percent) from balance_alert told where told.kind = 'voucher'
          and told.object_id = used.id and told.total_fen = used.amount_fen), 0) order by 1`.execute(db)
  return rows.map(({ id }) => id)
}

/** Keeps what a thing has reached and was not told of. @returns the highest of it, or null */
async function reach(
  tx: Transaction<Tables>,
  { kind, id, jurisdiction, district, balance }: Thing,
  { at, today }: { readonly at: Instant; readonly today: Day },
): Promise<Reached | null> {
  const burn = burnOf(balance, today)
  const told = await tx
    .selectFrom('balance_alert')
    .select('percent')
    .where('kind', '=', kind)
    .where('object_id', '=', id)
    .where('total_fen', '=', balance.totalFen)
    .execute()
  const due = alertsDue(
    burn,
    told.map(({ percent }) => percent),
  )
  if (due.length === 0) return null
  const kept = await tx
    .insertInto('balance_alert')
    .values(
      due.map((percent) => ({
        kind,
        object_id: id,
        total_fen: balance.totalFen,
        percent,
        jurisdiction,
        district,
        used_fen: balance.usedFen,
        days_left: burn.daysLeft,
        at: timestamp(at),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('percent')
    .execute()
  return kept.length === 0 ? null : { percent: due.at(-1)!, burn }
}

function messagesOf(row: BalanceRow, reached: Reached): Told[] {
  const params = { ...paramsOf(reached), number: row.number }
  const cause = causeOf(row.kind, row.id, row, reached)
  if (row.kind === 'voucher')
    return [{ kind: 'voucher_running_out', cause, about: 'voucher', aboutId: row.id, params }]
  if (row.applicationId === null) return []
  const about = { about: 'application', aboutId: row.applicationId, cause, params } as const
  return [
    { kind: 'contract_running_out', ...about },
    { kind: 'contract_running_out_centre', ...about },
  ]
}

/** The amount that the words speak of is what is left. */
function paramsOf({ percent, burn }: Reached): NonNullable<Told['params']> {
  return {
    percent: String(percent),
    amountFen: burn.leftFen.toString(),
    ...(burn.daysLeft === null ? {} : { daysLeft: String(burn.daysLeft) }),
  }
}

function causeOf(kind: Thing['kind'], id: string, { totalFen }: Balance, { percent }: Reached): string {
  return `${kind} ${id} ${totalFen} ${percent}`
}
