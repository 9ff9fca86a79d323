// A person with roles. Who signs in sets the own password with the enrolment code, which is shown once.
import { actions, permits, scopeOf, type BodyOf, type Role, type Routes } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { forbidden } from '../../identity/scope.ts'
import { newToken, tokenHash } from '../../identity/secrets.ts'
import { recordPersonEvent } from './person-events.ts'

/** Roles that act for an organisation; all others act for the city. */
const ORGANISATION_ROLES: ReadonlySet<string> = new Set(['clerk', 'inspector', 'provider'])

export function createPerson(world: World): Handler<'createPerson'> {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      const { jurisdiction } = world.site
      // Where the administrators are kept apart, whoever makes accounts grants no roles.
      if (body.grants.length > 0 && !permits('role.grant', person!.grants)) return forbidden('role.grant')
      const added = await addPerson(tx, newId, { body, jurisdiction, grantedBy: person!.id, at })
      if (!added.ok) return added
      touch({ kind: 'person', id: added.value.id })
      return accept({ subject: added.value.id, once: { enrolmentCode: added.value.enrolmentCode } })
    },
    view: async (subject) => ({ id: subject, enrolmentCode: '' }),
  }
}

export interface PersonToAdd {
  readonly body: BodyOf<Routes['createPerson']>
  readonly jurisdiction: string
  /** null: added on the machine itself, by whoever runs it */
  readonly grantedBy: string | null
  readonly at: Instant
}

export type AddPersonCode = 'person.login_taken' | GrantCode

export async function addPerson(
  tx: Transaction<Tables>,
  newId: () => string,
  { body, jurisdiction, grantedBy, at }: PersonToAdd,
): Promise<Decision<{ readonly id: string; readonly enrolmentCode: string }, AddPersonCode>> {
  const place = { jurisdiction, district: jurisdiction }
  const grants = await resolveGrants(tx, body.grants)
  if (!grants.ok) return grants
  const id = newId()
  const stored = await tx
    .insertInto('person')
    .values({
      ...place,
      id,
      login: body.login,
      display_name: body.displayName,
      password_hash: null,
      active: true,
      failed_attempts: 0,
      created_at: timestamp(at),
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .executeTakeFirst()
  if (stored.numInsertedOrUpdatedRows !== 1n) return refuse('person.login_taken', { login: body.login })
  for (const grant of grants.value) {
    await tx
      .insertInto('role_grant')
      .values({
        jurisdiction,
        district: grant.district ?? jurisdiction,
        id: newId(),
        person_id: id,
        role: grant.role,
        district_limit: grant.district,
        organisation_id: grant.organisationId,
        granted_by: grantedBy,
        granted_at: timestamp(at),
      })
      .execute()
  }
  await recordPersonEvent(tx, jurisdiction, {
    personId: id,
    event: 'created',
    detail: { roles: grants.value.map(({ role }) => role).join(' ') },
    doneBy: grantedBy,
    at,
  })
  const enrolmentCode = newToken()
  await tx
    .insertInto('enrolment')
    .values({ ...place, code_hash: tokenHash(enrolmentCode), person_id: id, created_at: timestamp(at) })
    .execute()
  return accept({ id, enrolmentCode })
}

type AskedGrant = BodyOf<Routes['createPerson']>['grants'][number]

export interface ResolvedGrant {
  readonly role: string
  readonly district: string | null
  readonly organisationId: string | null
}

type GrantCode = 'person.role_needs_organisation' | 'person.role_without_district' | 'organisation.unknown'

/** A limit to a district that no action of the role heeds would only seem to limit. */
function knowsDistricts(role: Role): boolean {
  return actions.some((action) => scopeOf(action, role) === 'district')
}

export async function resolveGrants(
  tx: Transaction<Tables>,
  asked: readonly AskedGrant[],
): Promise<Decision<readonly ResolvedGrant[], GrantCode>> {
  const list: ResolvedGrant[] = []
  for (const { role, district, organisationCreditCode: creditCode } of asked) {
    if (district !== null && !knowsDistricts(role)) return refuse('person.role_without_district', { role })
    if (!ORGANISATION_ROLES.has(role)) {
      list.push({ role, district, organisationId: null })
      continue
    }
    if (creditCode === null) return refuse('person.role_needs_organisation', { role })
    const found = await tx
      .selectFrom('organisation')
      .select('id')
      .where('credit_code', '=', creditCode)
      .executeTakeFirst()
    if (!found) return refuse('organisation.unknown', { creditCode })
    list.push({ role, district, organisationId: found.id })
  }
  return accept(list)
}
