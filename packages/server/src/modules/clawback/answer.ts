// 陈述申辩: what the firm says before anything is decided, kept as it was said.
import { accept } from '@suanquan/core'
import type { Actor } from '@suanquan/core/application'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { tell } from '../message/index.ts'
import { moveClawback } from './decide.ts'
import { lockClawback } from './load.ts'
import { viewClawback } from './view.ts'

export function answerClawback(world: World): Command<'answerClawback'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockClawback(asked, context, 'clawback.answer')
      if (!locked.ok) return locked
      const row = locked.value
      const { body, person, at } = asked
      const inForce = await world.programmes.inForce(context.tx, row.adoption_id)
      const acts = person!.grants.find(({ organisationId }) => organisationId === row.debtor_id)
      const role: Actor = acts?.role === 'provider' ? 'provider' : 'clerk'
      const to = await moveClawback(context, asked, { row, inForce }, { event: 'make_statement', role })
      if (!to.ok) return to
      await context.tx
        .updateTable('clawback')
        .set({
          state: to.value,
          statement: body.statement,
          stated_by: person!.id,
          stated_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      tell(context.tx, {
        kind: 'clawback_to_decide',
        cause: `clawback ${row.id}`,
        about: 'clawback',
        aboutId: row.id,
        params: { number: row.number },
        place: { jurisdiction: row.jurisdiction, district: row.district },
        except: [row.proposed_by],
      })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewClawback(db, subject, asked),
  }
}
