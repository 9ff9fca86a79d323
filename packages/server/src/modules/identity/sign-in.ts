// Sign-in. Five wrong passwords lock an account for fifteen minutes; the count survives the refused request because it
// is stored apart from it.
import { accept, refuse } from '@suanquan/core'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { newToken, passwordFits, tokenHash, wasteTime } from '../../identity/secrets.ts'
import { timestamp } from '../../database/index.ts'
import { viewSession } from './view-session.ts'

const ATTEMPTS = 5
const LOCK_MINUTES = 15

export function signIn(world: World): Handler<'signIn'> {
  return {
    kind: 'command',
    run: async ({ body }, { tx, touch }) => {
      const now = world.wallClock()
      const person = await tx
        .selectFrom('person')
        .select(['id', 'password_hash', 'failed_attempts', 'locked_until', 'active'])
        .where('login', '=', body.login.toLowerCase())
        .executeTakeFirst()
      if (person === undefined || person.password_hash === null || !person.active) {
        await wasteTime(body.password)
        return refuse('session.wrong_credentials')
      }
      touch({ kind: 'person', id: person.id })
      if (person.locked_until !== null && person.locked_until > now) {
        return refuse('session.locked', { minutes: Math.ceil((person.locked_until - now) / 60_000) })
      }
      if (!(await passwordFits(person.password_hash, body.password))) {
        await countFailure(world, person.id, now)
        return refuse('session.wrong_credentials')
      }
      const reset = { failed_attempts: 0, locked_until: null }
      if (person.failed_attempts > 0)
        await tx.updateTable('person').set(reset).where('id', '=', person.id).execute()
      const token = newToken()
      await tx
        .insertInto('session')
        .values({
          token_hash: tokenHash(token),
          person_id: person.id,
          jurisdiction: world.site.jurisdiction,
          district: world.site.jurisdiction,
          opened_at: timestamp(now),
          seen_at: timestamp(now),
        })
        .execute()
      return accept({ subject: person.id, cookie: token })
    },
    view: async (subject, { db }) => viewSession(db, subject, world.wallClock()),
  }
}

async function countFailure(world: World, personId: string, now: number): Promise<void> {
  const { failed_attempts: failures } = await world.db
    .updateTable('person')
    .set((eb) => ({ failed_attempts: eb('failed_attempts', '+', 1) }))
    .where('id', '=', personId)
    .returning('failed_attempts')
    .executeTakeFirstOrThrow()
  if (failures < ATTEMPTS) return
  const locked = { failed_attempts: 0, locked_until: timestamp(now + LOCK_MINUTES * 60_000) }
  await world.db.updateTable('person').set(locked).where('id', '=', personId).execute()
}
