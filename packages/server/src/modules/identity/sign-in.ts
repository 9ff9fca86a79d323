// Sign-in. Five wrong passwords lock an account for fifteen minutes. The password is checked before the transaction: the
// check is slow on purpose. An attempt is counted before its password is looked at, so that many at once get five too.
import { accept, refuse } from '@suanquan/core'
import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { newToken, passwordFits, tokenHash, wasteTime } from '../../identity/secrets.ts'
import { timestamp, type Tables } from '../../database/index.ts'
import { sessionNow, viewSession } from './view-session.ts'

const ATTEMPTS = 5
const LOCK_MINUTES = 15

export function signIn(world: World): Handler<'signIn'> {
  return {
    kind: 'command',
    check: async ({ body }, { db, touch }) => {
      const now = world.wallClock()
      const person = await db
        .selectFrom('person')
        .select(['id', 'password_hash', 'active'])
        .where('login', '=', body.login.toLowerCase())
        .executeTakeFirst()
      if (person === undefined || person.password_hash === null || !person.active) {
        await wasteTime(body.password)
        return refuse('session.wrong_credentials')
      }
      touch({ kind: 'person', id: person.id })
      const attempt = await countAttempt(db, person.id, now)
      if (attempt === null) return locked(await lock(db, person.id, now), now)
      if (await passwordFits(person.password_hash, body.password)) return accept(null)
      if (attempt === ATTEMPTS) await lock(db, person.id, now)
      return refuse('session.wrong_credentials')
    },
    run: async ({ body }, { tx, touch }) => {
      const now = world.wallClock()
      const person = await tx
        .selectFrom('person')
        .select(['id', 'failed_attempts', 'locked_until'])
        .where('login', '=', body.login.toLowerCase())
        .forNoKeyUpdate()
        .executeTakeFirstOrThrow()
      touch({ kind: 'person', id: person.id })
      // Of many guesses at once, the one that fits does not count once the others have locked the account.
      if (isLocked(person, now)) return locked(person, now)
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
    view: async (subject, { db }) => viewSession(db, subject, sessionNow(world)),
  }
}

interface Lockable {
  readonly locked_until: number | null
}

function isLocked({ locked_until: until }: Lockable, now: number): boolean {
  return until !== null && until > now
}

function locked({ locked_until: until }: Lockable, now: number): ReturnType<typeof refuse<'session.locked'>> {
  return refuse('session.locked', { minutes: Math.ceil((until! - now) / 60_000) })
}

/** The number of this attempt since the last success or lock; null when it must not be made. */
async function countAttempt(db: Kysely<Tables>, personId: string, now: number): Promise<number | null> {
  const counted = await db
    .updateTable('person')
    .set((eb) => ({ failed_attempts: eb('failed_attempts', '+', 1) }))
    .where('id', '=', personId)
    .where('failed_attempts', '<', ATTEMPTS)
    .where(notLocked(now))
    .returning('failed_attempts')
    .executeTakeFirst()
  return counted?.failed_attempts ?? null
}

function notLocked(now: number): RawBuilder<SqlBool> {
  return sql<SqlBool>`(locked_until is null or locked_until <= ${timestamp(now)}::timestamptz)`
}

/** Locks the account, unless it is locked already; answers until when. */
async function lock(db: Kysely<Tables>, personId: string, now: number): Promise<Lockable> {
  const until = timestamp(now + LOCK_MINUTES * 60_000)
  await db
    .updateTable('person')
    .set({ failed_attempts: 0, locked_until: until })
    .where('id', '=', personId)
    .where(notLocked(now))
    .execute()
  return db.selectFrom('person').select('locked_until').where('id', '=', personId).executeTakeFirstOrThrow()
}
