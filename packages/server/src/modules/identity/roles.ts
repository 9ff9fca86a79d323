// Roles granted and withdrawn, and the hand-over when somebody leaves: the successor acts for the firm from that moment,
// the leaver no longer, and what was under way is written down.
import { separateAdministrators, type Role } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import { timestamp, type Transaction } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { lockPerson, neededStill } from './accounts.ts'
import { resolveGrants, type ResolvedGrant } from './create-person.ts'
import { openWork } from './open-work.ts'
import { recordPersonEvent } from './person-events.ts'

type Tx = Transaction['kysely']

const ADMINISTRATORS: ReadonlySet<string> = new Set(['administrator', ...separateAdministrators])

/** Of the administrators a person is at most one. */
function heldApart(held: readonly string[], asked: string): string | undefined {
  if (!ADMINISTRATORS.has(asked)) return undefined
  return held.find((role) => ADMINISTRATORS.has(role) && role !== asked)
}

export function grantRole(world: World): Handler<'grantRole'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, newId, touch }) => {
      const row = await lockPerson(tx, params.id)
      if (row === undefined) return notFound('person')
      touch({ kind: 'person', id: row.id })
      if (!mayTouch(person, 'role.grant', row)) return outOfScope('role.grant', 'person')
      if (row.id === person!.id) return refuse('person.own_account')
      const resolved = await resolveGrants(tx, [body])
      if (!resolved.ok) return resolved
      const grant = resolved.value[0]!
      const held = await grantsHeld(tx, row.id)
      const other = heldApart(
        held.map(({ role }) => role),
        grant.role,
      )
      if (other !== undefined) return refuse('person.administrators_apart', { held: other })
      if (held.some((each) => sameGrant(each, grant))) return refuse('person.role_held')
      await addGrant(tx, world, { id: newId(), personId: row.id, grant, by: person!.id, at })
      await recordPersonEvent(tx, world.site.jurisdiction, {
        personId: row.id,
        event: 'granted',
        detail: await detailOf(tx, grant),
        reason: body.reason,
        doneBy: person!.id,
        at,
      })
      return accept({ subject: row.id })
    },
    view: async () => ({ done: true as const }),
  }
}

export function withdrawRole(world: World): Handler<'withdrawRole'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const found = await tx
        .selectFrom('role_grant')
        .select(['id', 'jurisdiction', 'district', 'person_id', 'role', 'district_limit', 'organisation_id'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (found === undefined) return notFound('grant')
      await lockPerson(tx, found.person_id)
      touch({ kind: 'person', id: found.person_id })
      if (!mayTouch(person, 'role.grant', found)) return outOfScope('role.grant', 'grant')
      if (found.person_id === person!.id) return refuse('person.own_account')
      const needed = await neededStill(tx, world.site.jurisdiction, found.person_id, found.id)
      if (!needed.ok) return needed
      const gone = await tx.deleteFrom('role_grant').where('id', '=', found.id).executeTakeFirst()
      if (gone.numDeletedRows === 0n) return notFound('grant')
      const grant = {
        role: found.role,
        district: found.district_limit,
        organisationId: found.organisation_id,
      }
      await recordPersonEvent(tx, world.site.jurisdiction, {
        personId: found.person_id,
        event: 'withdrawn',
        detail: await detailOf(tx, grant),
        reason: body.reason,
        doneBy: person!.id,
        at,
      })
      return accept({ subject: found.person_id })
    },
    view: async () => ({ done: true as const }),
  }
}

export function handOver(world: World): Handler<'handOver'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, newId, touch }) => {
      touch({ kind: 'person', id: params.id, organisationId: body.organisationId })
      const { organisationId, successorId, reason } = body
      return handOverTo(
        { tx, newId, world, by: person!.id, at },
        { leaverId: params.id, successorId, organisationId, reason },
      )
    },
    view: async (subject, { db }) => {
      const row = await db
        .selectFrom('hand_over')
        .select('items')
        .where('id', '=', subject)
        .executeTakeFirstOrThrow()
      return { items: row.items as Awaited<ReturnType<typeof openWork>> }
    },
  }
}

interface HandingOver {
  readonly tx: Tx
  readonly newId: () => string
  readonly world: World
  readonly by: string
  readonly at: number
}

interface ToHandOver {
  readonly leaverId: string
  readonly successorId: string
  readonly organisationId: string
  readonly reason: string
}

type HandOverCode =
  | 'request.not_found'
  | 'person.own_account'
  | 'person.unfit_successor'
  | 'person.does_not_act'

/** The leaver's roles for the organisation become the successor's, and the leaver's sessions end. */
export async function handOverTo(
  { tx, newId, world, by, at }: HandingOver,
  { leaverId, successorId, organisationId, reason }: ToHandOver,
): Promise<Decision<{ readonly subject: string }, HandOverCode>> {
  // in one order, so that two hand-overs between the same people never wait for each other
  const rows = new Map<string, Awaited<ReturnType<typeof lockPerson>>>()
  for (const id of [leaverId, successorId].toSorted()) rows.set(id, await lockPerson(tx, id))
  const [leaver, successor] = [rows.get(leaverId), rows.get(successorId)]
  if (leaver === undefined || leaver.jurisdiction !== world.site.jurisdiction) return notFound('person')
  if (leaver.id === by || successorId === by) return refuse('person.own_account')
  if (successor === undefined || !successor.active || successor.id === leaver.id)
    return refuse('person.unfit_successor')
  const held = await grantsHeld(tx, leaver.id)
  const handed = held.filter((grant) => grant.organisationId === organisationId)
  if (handed.length === 0) return refuse('person.does_not_act')
  const theirs = await grantsHeld(tx, successor.id)
  for (const grant of handed) {
    if (!theirs.some((each) => sameGrant(each, grant)))
      await addGrant(tx, world, { id: newId(), personId: successor.id, grant, by, at })
    await tx.deleteFrom('role_grant').where('id', '=', grant.id).execute()
  }
  await tx
    .updateTable('session')
    .set({ closed_at: timestamp(world.wallClock()) })
    .where('person_id', '=', leaver.id)
    .where('closed_at', 'is', null)
    .execute()
  const items = await openWork(tx, organisationId)
  const { jurisdiction } = world.site
  const id = newId()
  await tx
    .insertInto('hand_over')
    .values({
      id,
      jurisdiction,
      district: jurisdiction,
      organisation_id: organisationId,
      from_person: leaver.id,
      to_person: successor.id,
      items: JSON.stringify(items),
      reason,
      done_by: by,
      at: timestamp(at),
    })
    .execute()
  const detail = { ...(await detailOf(tx, handed[0]!)), items: String(items.length) }
  const event = { reason, doneBy: by, at }
  await recordPersonEvent(tx, jurisdiction, {
    ...event,
    personId: leaver.id,
    event: 'handed_over',
    detail: { ...detail, other: successor.display_name },
  })
  await recordPersonEvent(tx, jurisdiction, {
    ...event,
    personId: successor.id,
    event: 'took_over',
    detail: { ...detail, other: leaver.display_name },
  })
  return accept({ subject: id })
}

async function grantsHeld(tx: Tx, personId: string): Promise<(ResolvedGrant & { readonly id: string })[]> {
  const rows = await tx
    .selectFrom('role_grant')
    .select(['id', 'role', 'district_limit', 'organisation_id'])
    .where('person_id', '=', personId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    role: row.role as Role,
    district: row.district_limit,
    organisationId: row.organisation_id,
  }))
}

function sameGrant(left: ResolvedGrant, right: ResolvedGrant): boolean {
  return (
    left.role === right.role &&
    left.district === right.district &&
    left.organisationId === right.organisationId
  )
}

interface GrantToAdd {
  readonly id: string
  readonly personId: string
  readonly grant: ResolvedGrant
  readonly by: string
  readonly at: number
}

async function addGrant(tx: Tx, world: World, { id, personId, grant, by, at }: GrantToAdd): Promise<void> {
  const { jurisdiction } = world.site
  await tx
    .insertInto('role_grant')
    .values({
      id,
      jurisdiction,
      district: grant.district ?? jurisdiction,
      person_id: personId,
      role: grant.role,
      district_limit: grant.district,
      organisation_id: grant.organisationId,
      granted_by: by,
      granted_at: timestamp(at),
    })
    .execute()
}

async function detailOf(tx: Tx, grant: ResolvedGrant): Promise<Record<string, string | null>> {
  const { role, district, organisationId } = grant
  if (organisationId === null) return { role, district }
  const row = await tx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisationId)
    .executeTakeFirst()
  return { role, district, organisation: row?.name ?? null }
}
