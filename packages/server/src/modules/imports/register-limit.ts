// For how long after its reference date a register is decided on: the site's own rule, with its reason. What is older is
// unknown to every decision from then on.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { registers } from '@suanquan/core/party'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'

export function changeRegisterLimit({ site }: World): Handler<'changeRegisterLimit'> {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      touch({ kind: 'site', id: null })
      const { register, maxAgeDays, reason } = body
      const { jurisdiction } = site
      const changed = {
        max_age_days: maxAgeDays,
        changed_by: person!.id,
        changed_at: timestamp(at),
        reason,
      }
      await tx
        .insertInto('register_limit')
        .values({ ...changed, jurisdiction, district: jurisdiction, register })
        .onConflict((conflict) => conflict.columns(['jurisdiction', 'register']).doUpdateSet(changed))
        .execute()
      await tx
        .insertInto('site_event')
        .values({
          id: newId(),
          jurisdiction,
          district: jurisdiction,
          at: timestamp(at),
          event: 'register_limit',
          detail: JSON.stringify({ register, maxAgeDays: maxAgeDays === null ? null : `${maxAgeDays}` }),
          reason,
          done_by: person!.id,
        })
        .execute()
      return accept({ subject: register })
    },
    view: async () => ({ done: true as const }),
  }
}

export async function limitsOf(
  db: Kysely<Tables>,
  jurisdiction: string,
): Promise<AnswerOf<Routes['listImports']>['limits']> {
  const rows = await db
    .selectFrom('register_limit')
    .select(['register', 'max_age_days', 'reason'])
    .where('jurisdiction', '=', jurisdiction)
    .execute()
  return registers.map((register) => {
    const row = rows.find((each) => each.register === register)
    return { register, maxAgeDays: row?.max_age_days ?? null, reason: row?.reason ?? null }
  })
}
