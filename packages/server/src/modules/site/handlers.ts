// The installation: its particulars, the three administrators kept apart, and how it is.
import { accept, refuse } from '@suanquan/core'
import { sql } from 'kysely'
import { timestamp, type Transaction } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { administratorsApart } from './particulars.ts'
import { readSystem } from './system.ts'

export function siteHandlers(
  world: World,
): Handlers<'changeParticulars' | 'separateAdministrators' | 'readSystem'> {
  const { jurisdiction } = world.site
  return {
    changeParticulars: {
      kind: 'command',
      run: async ({ body, person, at }, { tx, touch }) => {
        touch({ kind: 'site', id: null })
        const changed = {
          particulars: JSON.stringify(body),
          changed_by: person!.id,
          changed_at: timestamp(at),
        }
        await tx
          .insertInto('site_setting')
          .values({ ...changed, jurisdiction, district: jurisdiction, administrators_apart: false })
          .onConflict((conflict) => conflict.column('jurisdiction').doUpdateSet(changed))
          .execute()
        return accept({ subject: jurisdiction })
      },
      view: async () => ({ done: true as const }),
    },
    separateAdministrators: {
      kind: 'command',
      run: async ({ person, at }, { tx, touch }) => {
        touch({ kind: 'site', id: null })
        if (await administratorsApart(tx, jurisdiction)) return refuse('site.administrators_apart')
        const missing = await missingAdministrators(tx, person!.id)
        if (missing.length > 0) return refuse('site.administrators_missing', { missing })
        const changed = { administrators_apart: true, changed_by: person!.id, changed_at: timestamp(at) }
        await tx
          .insertInto('site_setting')
          .values({ ...changed, jurisdiction, district: jurisdiction, particulars: '{}' })
          .onConflict((conflict) => conflict.column('jurisdiction').doUpdateSet(changed))
          .execute()
        return accept({ subject: jurisdiction })
      },
      view: async () => ({ done: true as const }),
    },
    readSystem: readSystem(world),
  }
}

/** Roles that no active person holds who could take them up: with a password, and another person than who asks. */
async function missingAdministrators(tx: Transaction['kysely'], asker: string): Promise<string[]> {
  const { rows } = await sql<{ role: string }>`
    select wanted.role from unnest(array['security_administrator', 'audit_administrator']) wanted(role)
    where not exists (select from role_grant g join person p on p.id = g.person_id
      where g.role = wanted.role and p.active and p.password_hash is not null and p.id <> ${asker})`.execute(
    tx,
  )
  return rows.map(({ role }) => role)
}
