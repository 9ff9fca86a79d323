// Accounts: a new enrolment code, disabling, enabling again. Nobody does it to the own account, the last administrator
// stays, and no firm's open work is left with nobody.
import { accept, refuse, type Decision } from '@suanquan/core'
import { timestamp, type Transaction } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { newToken, tokenHash } from '../../identity/secrets.ts'
import { administratorsApart } from '../site/index.ts'
import { leftAlone } from './open-work.ts'
import { recordPersonEvent } from './person-events.ts'

type Tx = Transaction['kysely']

export interface PersonRow {
  readonly id: string
  readonly active: boolean
  readonly display_name: string
  readonly jurisdiction: string
  readonly district: string
}

export async function lockPerson(tx: Tx, id: string): Promise<PersonRow | undefined> {
  return tx
    .selectFrom('person')
    .select(['id', 'active', 'display_name', 'jurisdiction', 'district'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export function reissueEnrolment(world: World): Handler<'reissueEnrolment'> {
  return {
    kind: 'command',
    run: async ({ params, person, at }, { tx, touch }) => {
      const row = await lockPerson(tx, params.id)
      if (row === undefined) return notFound('person')
      touch({ kind: 'person', id: row.id })
      if (!mayTouch(person, 'person.create', row)) return outOfScope('person.create', 'person')
      if (!row.active) return refuse('person.disabled')
      const { jurisdiction } = world.site
      // An older code ends with the new one.
      await tx
        .updateTable('enrolment')
        .set({ used_at: timestamp(at) })
        .where('person_id', '=', row.id)
        .where('used_at', 'is', null)
        .execute()
      const enrolmentCode = newToken()
      await tx
        .insertInto('enrolment')
        .values({
          code_hash: tokenHash(enrolmentCode),
          person_id: row.id,
          jurisdiction,
          district: jurisdiction,
          created_at: timestamp(at),
        })
        .execute()
      await recordPersonEvent(tx, jurisdiction, {
        personId: row.id,
        event: 'code_issued',
        doneBy: person!.id,
        at,
      })
      return accept({ subject: row.id, once: { enrolmentCode } })
    },
    view: async () => ({ enrolmentCode: '' }),
  }
}

export function changeActivity(world: World): Handler<'changeActivity'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await lockPerson(tx, params.id)
      if (row === undefined) return notFound('person')
      touch({ kind: 'person', id: row.id })
      if (!mayTouch(person, 'person.create', row)) return outOfScope('person.create', 'person')
      if (row.id === person!.id) return refuse('person.own_account')
      if (row.active === body.active) return refuse('person.activity_unchanged')
      if (!body.active) {
        const needed = await neededStill(tx, world.site.jurisdiction, row.id, null)
        if (!needed.ok) return needed
      }
      await tx.updateTable('person').set({ active: body.active }).where('id', '=', row.id).execute()
      await tx
        .updateTable('session')
        .set({ closed_at: timestamp(world.wallClock()) })
        .where('person_id', '=', row.id)
        .where('closed_at', 'is', null)
        .execute()
      await recordPersonEvent(tx, world.site.jurisdiction, {
        personId: row.id,
        event: body.active ? 'enabled' : 'disabled',
        reason: body.reason,
        doneBy: person!.id,
        at,
      })
      return accept({ subject: row.id })
    },
    view: async () => ({ done: true as const }),
  }
}

type NeededCode = 'person.last_administrator' | 'person.leaves_open_work'

/**
 * Whether somebody is still needed: the last of the administrators, or the only one who acts for a firm with open work.
 * @param grantId one grant that ends, or null when all of them end
 */
export async function neededStill(
  tx: Tx,
  jurisdiction: string,
  personId: string,
  grantId: string | null,
): Promise<Decision<null, NeededCode>> {
  const apart = await administratorsApart(tx, jurisdiction)
  const kinds: readonly (readonly string[])[] = apart
    ? [['administrator', 'system_administrator'], ['security_administrator'], ['audit_administrator']]
    : [['administrator']]
  // One change of administrators after the other: two must not each count on the other one.
  await tx
    .selectFrom('role_grant')
    .select('id')
    .where('role', 'in', kinds.flat())
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  let ending = tx.selectFrom('role_grant').select(['id', 'role']).where('person_id', '=', personId)
  if (grantId !== null) ending = ending.where('id', '=', grantId)
  const ended = await ending.execute()
  for (const roles of kinds) {
    const role = ended.find((grant) => roles.includes(grant.role))?.role
    if (role === undefined) continue
    const other = await tx
      .selectFrom('role_grant')
      .innerJoin('person', 'person.id', 'role_grant.person_id')
      .select('role_grant.id')
      .where('role', 'in', roles)
      .where('active', '=', true)
      .where(
        'role_grant.id',
        'not in',
        ended.map(({ id }) => id),
      )
      .executeTakeFirst()
    if (other === undefined) return refuse('person.last_administrator', { role })
  }
  const organisations = await leftAlone(tx, personId, grantId)
  if (organisations.length > 0) return refuse('person.leaves_open_work', { organisations })
  return accept(null)
}
