// What time does to a clawback: a hearing that nobody answered is over, and whoever owes is reminded seven days before a
// payment is due and each week after it was.
import { clawbackTable } from '@suanquan/core/application'
import { addDays, daysBetween, type Day, type Instant } from '@suanquan/core/calendar'
import type { World } from '../http/world-options.ts'
import { moveCase } from '../modules/application/index.ts'
import { debtOf, loadClawback, nextDue, recoveriesOf } from '../modules/clawback/index.ts'
import { tell, writeMessages } from '../modules/message/index.ts'
import { eachCase, systemCommand } from './system-command.ts'

/** A hearing whose day is beyond the known calendar waits for it. */
export async function lapseHearings(world: World, at: Instant, today: Day): Promise<number> {
  const due = await world.db
    .selectFrom('clawback')
    .select('id')
    .where('state', '=', 'hearing')
    .where('answer_by', '<', today)
    .where('answer_provisional', '=', false)
    .orderBy('number')
    .execute()
  return eachCase(due, ({ id }) =>
    systemCommand(world, at, async ({ tx, newId }) => {
      const row = await loadClawback(tx, id, 'lock')
      if (row === undefined || row.state !== 'hearing') return null
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'clawback', row, workflow: clawbackTable, inForce },
        { event: 'lapse', role: 'system', detail: { answerBy: row.answer_by } },
      )
      if (!moved.ok) return null
      await tx.updateTable('clawback').set({ state: moved.value.to }).where('id', '=', id).execute()
      tell(tx, {
        kind: 'clawback_to_decide',
        cause: `clawback ${id}`,
        about: 'clawback',
        aboutId: id,
        params: { number: row.number },
        place: { jurisdiction: row.jurisdiction, district: row.district },
        except: [row.proposed_by],
      })
      return { action: 'tick.lapse', kind: 'clawback', id }
    }),
  )
}

const EARLY_DAYS = 7

/** @returns how many people were reminded */
export async function remindDebtors(world: World, at: Instant, today: Day): Promise<number> {
  const rows = await world.db
    .selectFrom('clawback')
    .selectAll()
    .where('state', '=', 'owed')
    .orderBy('number')
    .execute()
  let reminded = 0
  for (const row of rows) {
    const recoveries = await recoveriesOf(world.db, row.id)
    const due = nextDue(row, recoveries)
    if (due === null || due > addDays(today, EARLY_DAYS)) continue
    const weeks = today <= due ? 'soon' : `week ${Math.ceil(daysBetween(due, today) / 7)}`
    reminded += await world.database.transaction(async ({ kysely: tx }) => {
      tell(tx, {
        kind: 'clawback_due',
        cause: `clawback ${row.id} ${due} ${weeks}`,
        about: 'clawback',
        aboutId: row.id,
        params: { number: row.number, amountFen: debtOf(row, recoveries).leftFen.toString() },
        deadlineOn: due,
        place: { jurisdiction: row.jurisdiction, district: row.district, firmId: row.debtor_id },
      })
      return writeMessages(tx, at)
    })
  }
  return reminded
}
