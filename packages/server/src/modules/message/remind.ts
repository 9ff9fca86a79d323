// Reminders before a deadline, each once: a correction three working days and one before it, a review two, a voucher and a
// provider's deductions thirty days and seven. A tick that comes late sends the nearest one only.
import { reviewStates } from '@suanquan/core/application'
import { accountKinds } from '@suanquan/core/ledger'
import { addDays, addWorkingDays, type Day, type Instant } from '@suanquan/core/calendar'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { tell, writeMessages, type Told } from './outbox.ts'

/** @returns how many people were reminded */
export async function remind(world: World, at: Instant, today: Day): Promise<number> {
  const due = [...(await dueCases(world.db, today)), ...(await dueVouchers(world.db, today))]
  due.push(...(await dueDeductions(world.db, today)))
  if (due.length === 0) return 0
  return world.database.transaction(async ({ kysely: tx }) => {
    tell(tx, ...due)
    return writeMessages(tx, at)
  })
}

/** The last day of so many working days from today; nobody is reminded of days beyond the known calendar. */
function within(today: Day, workingDays: number): Day {
  const counted = addWorkingDays(today, workingDays)
  return counted.ok && !counted.value.provisional ? counted.value.day : today
}

async function dueCases(db: Kysely<Tables>, today: Day): Promise<Told[]> {
  const [next, second, third] = [within(today, 1), within(today, 2), within(today, 3)]
  const { rows } = await sql<{
    about: 'application' | 'claim'
    id: string
    kind: 'correction_due' | 'review_due' | 'claim_review_due'
    cause: string
  }>`
    with due as (
      select 'application' as about, id, 'correction_due' as kind, deadline_on, deadline_on > ${next}::date as early
        from application where state = 'correction' and not deadline_provisional
          and deadline_on between ${today}::date and ${third}::date
      union all select 'application', id, 'review_due', deadline_on, false from application
        where state in (${sql.join(reviewStates)}) and not deadline_provisional
          and deadline_on between ${today}::date and ${second}::date
      union all select 'claim', id, 'claim_review_due', deadline_on, false from claim
        where state = 'submitted' and not deadline_provisional and deadline_on between ${today}::date and ${second}::date),
    named as (select *, concat_ws(' ', about, id, 'due', deadline_on, case when early then 'early' end) as cause from due)
    select about, id, kind, cause from named where ${untold(sql`id`)} order by cause`.execute(db)
  return rows.map(({ about, id, kind, cause }) => ({ kind, cause, about, aboutId: id, caseDeadline: true }))
}

async function dueVouchers(db: Kysely<Tables>, today: Day): Promise<Told[]> {
  const { rows } = await sql<{ id: string; days: string; cause: string }>`
    with due as (
      select v.id, case when v.usable_until <= ${addDays(today, 7)}::date then '7' else '30' end as days, v.usable_until
      from voucher v join adoption on adoption.id = v.adoption_id
      where v.returned_at is null and v.usable_until between ${today}::date and ${addDays(today, 30)}::date
        and exists (select from ledger.account l where l.ledger = adoption.fund and l.holder = v.holder_credit_code
          and l.code = ${accountKinds.voucher.number} and l.reference = v.number
          and l.credits_posted - l.debits_posted - l.debits_pending > 0)),
    named as (select *, 'voucher_expiring' as kind, concat_ws(' ', 'voucher', id, usable_until, days) as cause from due)
    select id, days, cause from named where ${untold(sql`id`)} order by cause`.execute(db)
  return rows.map(({ id, days, cause }) => ({
    kind: 'voucher_expiring',
    cause,
    about: 'voucher',
    aboutId: id,
    params: { days },
    caseDeadline: true,
  }))
}

/** What a provider has deducted and not claimed, before the day until which claims are taken. */
async function dueDeductions(db: Kysely<Tables>, today: Day): Promise<Told[]> {
  const { rows } = await sql<{
    adoption: string
    jurisdiction: string
    payee: string
    until: Day
    count: bigint
    cause: string
  }>`
    with due as (
      select adoption.id as adoption, adoption.jurisdiction, claim.payee_id as payee, claims_until as until, count(*) as count,
        case when claims_until <= ${addDays(today, 7)}::date then '7' else '30' end as days
      from claim join adoption on adoption.id = claim.adoption_id
      where claim.state = 'deducted' and claims_until between ${today}::date and ${addDays(today, 30)}::date
      group by adoption.id, claim.payee_id),
    named as (select *, 'deductions_due' as kind, concat_ws(' ', 'deductions', adoption, payee, until, days) as cause from due)
    select * from named where ${untold(sql`adoption`)} order by cause`.execute(db)
  return rows.map(({ adoption, jurisdiction, payee, until, count, cause }) => ({
    kind: 'deductions_due',
    cause,
    about: 'adoption',
    aboutId: adoption,
    params: { count: count.toString() },
    deadlineOn: until,
    place: { jurisdiction, district: jurisdiction, firmId: payee },
  }))
}

/** Nobody was reminded by this cause yet; whoever reminds twice writes nothing anyway. */
function untold(aboutId: ReturnType<typeof sql>): ReturnType<typeof sql> {
  return sql`not exists (select from message where message.about_id = named.${aboutId}
    and message.cause = named.cause || ' ' || named.kind)`
}
