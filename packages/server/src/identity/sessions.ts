// A session is a row; its token is known to the browser only. It ends 30 minutes after the last request or 12 hours
// after sign-in, whichever comes first, by the wall clock (security never follows the demo's clock). Only what was granted
// for the site's own jurisdiction counts.
import { roleWhereApart, type Grant, type Role } from '@suanquan/api'
import type { Person } from '../http/world.ts'
import { todayOf, type World } from '../http/world-options.ts'
import { delegatedGrants } from './held-grants.ts'
import { tokenHash } from './secrets.ts'
import { timestamp } from '../database/index.ts'

export const IDLE_MS = 30 * 60_000
export const LONGEST_MS = 12 * 3_600_000
const TOUCH_EVERY_MS = 60_000

export type SessionState =
  | { readonly state: 'none' }
  | { readonly state: 'expired' }
  | { readonly state: 'open'; readonly person: Person; readonly openedAt: number }

export async function findSession(world: World, token: string | null): Promise<SessionState> {
  if (token === null) return { state: 'none' }
  const hash = tokenHash(token)
  const rows = await world.db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .leftJoin('role_grant', (grant) =>
      grant
        .onRef('role_grant.person_id', '=', 'person.id')
        .on('role_grant.jurisdiction', '=', world.site.jurisdiction),
    )
    .leftJoin('site_setting', 'site_setting.jurisdiction', 'role_grant.jurisdiction')
    .select(['person.id', 'person.display_name', 'person.active', 'opened_at', 'seen_at', 'closed_at'])
    .select('administrators_apart')
    .select(['role_grant.role', 'role_grant.jurisdiction', 'district_limit', 'organisation_id'])
    .where('token_hash', '=', hash)
    .orderBy('role_grant.granted_at')
    .orderBy('role_grant.id')
    .execute()
  const row = rows[0]
  if (row === undefined || row.closed_at !== null || !row.active) return { state: 'none' }
  const now = world.wallClock()
  if (now - row.seen_at > IDLE_MS || now - row.opened_at > LONGEST_MS) return { state: 'expired' }
  if (now - row.seen_at > TOUCH_EVERY_MS) {
    await world.db
      .updateTable('session')
      .set({ seen_at: timestamp(now) })
      .where('token_hash', '=', hash)
      .execute()
  }
  const grants = rows.flatMap((each): Grant[] => {
    if (each.role === null || each.jurisdiction === null) return []
    const { jurisdiction, district_limit: district, organisation_id: organisationId } = each
    const role = each.administrators_apart === true ? roleWhereApart(each.role as Role) : (each.role as Role)
    return [{ role, jurisdiction, district, organisationId }]
  })
  const delegated = await delegatedGrants(world.db, row.id, {
    jurisdiction: world.site.jurisdiction,
    today: todayOf(world.clock()),
  })
  return {
    state: 'open',
    person: { id: row.id, displayName: row.display_name, grants: [...grants, ...delegated] },
    openedAt: row.opened_at,
  }
}
