import { accept, refuse } from '@suanquan/core'
import type { BodyOf, Routes } from '@suanquan/api'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { newToken, tokenHash } from '../../identity/secrets.ts'
import { timestamp } from '../../database/index.ts'

/** Roles that act for an organisation; all others act for the city. */
const ORGANISATION_ROLES: ReadonlySet<string> = new Set(['clerk', 'provider'])

export function createPerson(world: World): Handler<'createPerson'> {
  const place = { jurisdiction: world.site.jurisdiction, district: world.site.jurisdiction }
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      const taken = await tx
        .selectFrom('person')
        .select('id')
        .where('login', '=', body.login)
        .executeTakeFirst()
      if (taken) return refuse('person.login_taken', { login: body.login })
      const grants = await resolveGrants(tx, body.grants)
      if ('refusal' in grants) return { ok: false, refusal: grants.refusal }
      const id = newId()
      await tx
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
        .execute()
      for (const grant of grants.list) {
        await tx
          .insertInto('role_grant')
          .values({
            jurisdiction: place.jurisdiction,
            district: grant.district ?? place.district,
            id: newId(),
            person_id: id,
            role: grant.role,
            district_limit: grant.district,
            organisation_id: grant.organisationId,
            granted_by: person!.id,
            granted_at: timestamp(at),
          })
          .execute()
      }
      const code = newToken()
      await tx
        .insertInto('enrolment')
        .values({ ...place, code_hash: tokenHash(code), person_id: id, created_at: timestamp(at) })
        .execute()
      touch({ kind: 'person', id })
      return accept({ subject: id, once: { enrolmentCode: code } })
    },
    view: async (subject) => ({ id: subject, enrolmentCode: '' }),
  }
}

type AskedGrant = BodyOf<Routes['createPerson']>['grants'][number]

interface ResolvedGrant {
  readonly role: string
  readonly district: string | null
  readonly organisationId: string | null
}

async function resolveGrants(
  tx: Transaction<Tables>,
  asked: readonly AskedGrant[],
): Promise<
  | { list: ResolvedGrant[] }
  | {
      refusal: {
        code: 'person.role_needs_organisation' | 'organisation.unknown'
        params: Record<string, string>
      }
    }
> {
  const list: ResolvedGrant[] = []
  for (const { role, district, organisationCreditCode: creditCode } of asked) {
    if (!ORGANISATION_ROLES.has(role)) {
      list.push({ role, district, organisationId: null })
      continue
    }
    if (creditCode === null) return { refusal: { code: 'person.role_needs_organisation', params: { role } } }
    const found = await tx
      .selectFrom('organisation')
      .select('id')
      .where('credit_code', '=', creditCode)
      .executeTakeFirst()
    if (!found) return { refusal: { code: 'organisation.unknown', params: { creditCode } } }
    list.push({ role, district, organisationId: found.id })
  }
  return { list }
}
