// Who sends the requests of a fuzz run: everybody of `enrolActors`, and cookies that open nothing. The people stay what
// they are: no request may name them, and what was signed out is opened again.
import { routes, scopeOf, type RouteName } from '@suanquan/api'
import type { Random } from '@suanquan/core'
import { sql } from '@suanquan/server'
import { enrolActors } from '../actors.ts'
import { sessionCookie } from '../raw-client.ts'
import type { TestCity } from '../test-city.ts'
import type { RowChanges } from './row-changes.ts'

interface Who {
  readonly login: string
  readonly cookie: string
}

export interface Senders {
  readonly pick: (route: string, random: Random) => Who
  /** their people and grants */
  readonly left: ReadonlySet<string>
  readonly reopen: () => Promise<void>
}

const NOTHING: readonly Who[] = [
  '',
  'suanquan_session=',
  `suanquan_session=${'A'.repeat(43)}`,
  'suanquan_session=%00%ff',
  `suanquan_session=${'x'.repeat(5000)}`,
  'suanquan_session="; drop table session; --"',
].map((cookie) => ({ login: 'nobody', cookie }))

export async function fuzzSenders(city: TestCity, changes: RowChanges): Promise<Senders> {
  const actors = await enrolActors(city)
  const db = changes.database.kysely
  const people = actors.map(({ personId }) => personId)
  const { rows } = await sql<{ id: string }>`
    select id from suanquan.role_grant where person_id = any (${people})`.execute(db)
  const expired = { login: 'expired', cookie: await sessionCookie(city.server.url, 'auditor') }
  await sql`update suanquan.session set seen_at = seen_at - interval '1 hour', opened_at = opened_at - interval '1 hour'
    where person_id = (select id from suanquan.person where login = 'auditor')`.execute(db)
  return {
    left: new Set([...people, ...rows.map(({ id }) => id)]),
    reopen: async () => void (await sql`update suanquan.session set closed_at = null`.execute(db)),
    pick: (route, random) => {
      const { access } = routes[route as RouteName]
      const draw = random.int(20)
      if (draw === 0) return random.pick([...NOTHING, expired])
      if (draw < 5 || access === 'public') return random.pick(actors)
      return random.pick(
        actors.filter(({ grant, stands }) => stands !== 'far' && scopeOf(access, grant.role) !== undefined),
      )
    },
  }
}
