// People, their roles and their sessions. The first administrator is made with a token that the server prints once on
// an empty installation; everybody else is made by an administrator and sets the own password with an enrolment code.
import { accept, refuse } from '@suanquan/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { hashPassword, isWeak, MINIMUM_PASSWORD, newToken, tokenHash } from '../../identity/secrets.ts'
import { timestamp } from '../../database/index.ts'
import { createPerson } from './create-person.ts'
import { signIn } from './sign-in.ts'
import { viewGrants } from './view-grants.ts'
import { viewSession } from './view-session.ts'

type Names = 'openSetup' | 'signIn' | 'readSession' | 'signOut' | 'enrol' | 'createPerson' | 'listPeople'

export function identityHandlers(world: World): Handlers<Names> {
  return {
    openSetup: openSetup(world),
    signIn: signIn(world),
    readSession: {
      kind: 'query',
      run: async (asked, { db }) => accept(await viewSession(db, asked.person!.id, world.wallClock())),
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
    enrol: enrol(),
    createPerson: createPerson(world),
    listPeople: listPeople(),
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

function enrol(): Handlers<Names>['enrol'] {
  return {
    kind: 'command',
    run: async ({ body, at }, { tx }) => {
      const found = await tx
        .selectFrom('enrolment')
        .innerJoin('person', 'person.id', 'enrolment.person_id')
        .select(['person.id', 'person.login'])
        .where('code_hash', '=', tokenHash(body.code))
        .where('used_at', 'is', null)
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
      return accept({ subject: found.id })
    },
    view: async () => ({ done: true as const }),
  }
}

function listPeople(): Handlers<Names>['listPeople'] {
  return {
    kind: 'query',
    run: async ({ query }, { db }) => {
      const people = await db
        .selectFrom('person')
        .select(['id', 'login', 'display_name', 'active'])
        .orderBy('login')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      const { total } = await db
        .selectFrom('person')
        .select(({ fn }) => fn.countAll<bigint>().as('total'))
        .executeTakeFirstOrThrow()
      const items = await Promise.all(
        people.map(async (row) => ({
          id: row.id,
          login: row.login,
          displayName: row.display_name,
          active: row.active,
          grants: await viewGrants(db, row.id),
        })),
      )
      return accept({ total: Number(total), items })
    },
  }
}

export async function hasAdministrator(tx: Kysely<Tables>): Promise<boolean> {
  const found = await tx
    .selectFrom('role_grant')
    .select('id')
    .where('role', '=', 'administrator')
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
