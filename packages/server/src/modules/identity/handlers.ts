// People, their roles and their sessions. The first administrator is made with a token that the server prints once on
// an empty installation; everybody else is made by an administrator and sets the own password with an enrolment code.
import { accept, refuse } from '@suanquan/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { hashPassword, isWeak, MINIMUM_PASSWORD, newToken, tokenHash } from '../../identity/secrets.ts'
import { timestamp } from '../../database/index.ts'
import { changeActivity, reissueEnrolment } from './accounts.ts'
import { createPerson } from './create-person.ts'
import { leaveHandlers } from './leaves.ts'
import { listActing, listPeople, readPerson } from './people.ts'
import { recordPersonEvent } from './person-events.ts'
import { grantRole, handOver, withdrawRole } from './roles.ts'
import { signIn } from './sign-in.ts'
import { sessionNow, viewSession } from './view-session.ts'

type Names =
  | 'openSetup'
  | 'signIn'
  | 'readSession'
  | 'signOut'
  | 'enrol'
  | 'createPerson'
  | 'listPeople'
  | 'readPerson'
  | 'reissueEnrolment'
  | 'changeActivity'
  | 'grantRole'
  | 'withdrawRole'
  | 'handOver'
  | 'listActing'
  | 'announceLeave'
  | 'listOwnLeaves'
  | 'withdrawLeave'
  | 'listLeaves'
  | 'decideLeave'

export function identityHandlers(world: World): Handlers<Names> {
  return {
    openSetup: openSetup(world),
    signIn: signIn(world),
    readSession: {
      kind: 'query',
      run: async (asked, { db }) => accept(await viewSession(db, asked.person!.id, sessionNow(world))),
    },
    signOut: {
      kind: 'command',
      run: async (asked, { tx }) => {
        const closed = { closed_at: timestamp(world.wallClock()) }
        await tx.updateTable('session').set(closed).where('person_id', '=', asked.person!.id).execute()
        return accept({ subject: asked.person!.id, cookie: null })
      },
      view: async () => ({ done: true as const }),
    },
    enrol: enrol(world),
    createPerson: createPerson(world),
    listPeople: listPeople(world),
    readPerson: readPerson(world),
    reissueEnrolment: reissueEnrolment(world),
    changeActivity: changeActivity(world),
    grantRole: grantRole(world),
    withdrawRole: withdrawRole(world),
    handOver: handOver(world),
    listActing: listActing(),
    ...leaveHandlers(world),
  }
}

function openSetup(world: World): Handlers<Names>['openSetup'] {
  return {
    kind: 'command',
    run: async ({ body, at }, { tx, newId }) => {
      if (await hasAdministrator(tx)) return refuse('setup.closed')
      // Every token ends with the first one that is used: of two ceremonies at once the second finds none.
      const ended = await tx
        .updateTable('setup_token')
        .set({ used_at: timestamp(at) })
        .where('used_at', 'is', null)
        .returning('token_hash')
        .execute()
      if (!ended.some(({ token_hash: hash }) => hash === tokenHash(body.token)))
        return refuse('setup.wrong_token')
      if (isWeak(body.password, body.login))
        return refuse('person.weak_password', { minimum: MINIMUM_PASSWORD })
      const place = { jurisdiction: world.site.jurisdiction, district: world.site.jurisdiction }
      const id = newId()
      await tx
        .insertInto('person')
        .values({
          ...place,
          id,
          login: body.login,
          display_name: body.displayName,
          password_hash: await hashPassword(body.password),
          active: true,
          failed_attempts: 0,
          created_at: timestamp(at),
        })
        .execute()
      await tx
        .insertInto('role_grant')
        .values({
          ...place,
          id: newId(),
          person_id: id,
          role: 'administrator',
          district_limit: null,
          organisation_id: null,
          granted_by: null,
          granted_at: timestamp(at),
        })
        .execute()
      return accept({ subject: id })
    },
    view: async () => ({ done: true as const }),
  }
}

function enrol(world: World): Handlers<Names>['enrol'] {
  return {
    kind: 'command',
    run: async ({ body, at }, { tx }) => {
      const found = await tx
        .selectFrom('enrolment')
        .innerJoin('person', 'person.id', 'enrolment.person_id')
        .select(['person.id', 'person.login'])
        .where('code_hash', '=', tokenHash(body.code))
        .where('used_at', 'is', null)
        .where('person.active', '=', true)
        .forUpdate()
        .executeTakeFirst()
      if (found === undefined) return refuse('enrolment.unknown_code')
      if (isWeak(body.password, found.login))
        return refuse('person.weak_password', { minimum: MINIMUM_PASSWORD })
      const used = { used_at: timestamp(at) }
      await tx.updateTable('enrolment').set(used).where('code_hash', '=', tokenHash(body.code)).execute()
      await tx
        .updateTable('person')
        .set({ password_hash: await hashPassword(body.password), failed_attempts: 0, locked_until: null })
        .where('id', '=', found.id)
        .execute()
      const { jurisdiction } = world.site
      await recordPersonEvent(tx, jurisdiction, { personId: found.id, event: 'enrolled', doneBy: null, at })
      return accept({ subject: found.id })
    },
    view: async () => ({ done: true as const }),
  }
}

export async function hasAdministrator(tx: Kysely<Tables>): Promise<boolean> {
  const found = await tx
    .selectFrom('role_grant')
    .select('id')
    .where('role', 'in', ['administrator', 'system_administrator'])
    .executeTakeFirst()
  return found !== undefined
}

/** Makes the token of the first-administrator ceremony, or null where there is an administrator already. */
export async function makeSetupToken(world: World): Promise<string | null> {
  return world.database.transaction(async ({ kysely: tx }) => {
    if (await hasAdministrator(tx)) return null
    const token = newToken()
    await tx
      .insertInto('setup_token')
      .values({
        token_hash: tokenHash(token),
        jurisdiction: world.site.jurisdiction,
        district: world.site.jurisdiction,
        made_at: timestamp(world.clock()),
      })
      .execute()
    return token
  })
}
