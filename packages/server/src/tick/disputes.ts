// What time does to a dispute: where the other side did not answer within its days, the office decides without it.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { World } from '../http/world-options.ts'
import { loadDispute, moveDispute, tellOffice } from '../modules/dispute/index.ts'
import { eachCase, systemCommand } from './system-command.ts'

/** An answer whose day is beyond the known calendar waits for it. */
export async function lapseDisputes(world: World, at: Instant, today: Day): Promise<number> {
  const due = await world.db
    .selectFrom('dispute')
    .select('id')
    .where('state', '=', 'opened')
    .where('answer_by', '<', today)
    .where('answer_provisional', '=', false)
    .orderBy('number')
    .execute()
  return eachCase(due, ({ id }) =>
    systemCommand(world, at, async (context) => {
      const row = await loadDispute(context.tx, id, 'lock')
      if (row === undefined || row.state !== 'opened') return null
      const act = { event: 'lapse', role: 'system' as const, detail: { answerBy: row.answer_by } }
      const to = await moveDispute(world, context, { row, person: null }, act)
      if (!to.ok) return null
      await context.tx.updateTable('dispute').set({ state: to.value }).where('id', '=', id).execute()
      tellOffice(context.tx, row)
      return { action: 'tick.lapse', kind: 'dispute', id }
    }),
  )
}
