// Two people: one hands in what was checked, another confirms the very same, and then it is posted, all or nothing; or
// sends it back. What has changed since the check is checked again first.
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { giveNumber, lockPool } from '../application/index.ts'
import { tell } from '../message/index.ts'
import { filesOf, handedIn, loadTakeOver, placeOf, type TakeOverRow } from './load.ts'
import { planTakeOver } from './plan.ts'
import { openingPlan, storeOpening } from './store.ts'
import { countsOf, viewTakeOver } from './view.ts'

export function prepareTakeOver(world: World): Command<'prepareTakeOver'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await loadTakeOver(tx, params.id, 'lock')
      if (row === undefined) return notFound('take_over')
      touch({ kind: 'take_over', id: row.id })
      if (!mayTouch(person, 'take_over.prepare', placeOf(row)))
        return outOfScope('take_over.prepare', 'take_over')
      if (row.state !== 'open') return refuse('take_over.wrong_state', { state: row.state })
      if (row.report === null) return refuse('take_over.not_checked')
      if (row.report.hash !== body.hash) return refuse('take_over.base_changed')
      const { refused, differences } = countsOf(row.report)
      if (refused + differences > 0) return refuse('take_over.not_clean', { refused, differences })
      await tx
        .updateTable('take_over')
        .set({
          state: 'prepared',
          prepared_by: person!.id,
          prepared_at: timestamp(at),
          decision_reason: null,
        })
        .where('id', '=', row.id)
        .execute()
      tell(tx, {
        kind: 'take_over_to_confirm',
        cause: `take_over ${row.id} ${at}`,
        about: 'take_over',
        aboutId: row.id,
        params: { number: row.number },
        place: { jurisdiction: row.jurisdiction, district: row.district },
        except: [person!.id],
      })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewTakeOver(world, db, subject, person),
  }
}

type Run = Command<'decideTakeOver'>['run']

export function decideTakeOver(world: World): Command<'decideTakeOver'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { params, body, person } = asked
      const { tx, touch } = context
      const row = await loadTakeOver(tx, params.id, 'lock')
      if (row === undefined) return notFound('take_over')
      touch({ kind: 'take_over', id: row.id })
      if (!mayTouch(person, 'take_over.confirm', placeOf(row)))
        return outOfScope('take_over.confirm', 'take_over')
      if (row.state !== 'prepared') return refuse('take_over.wrong_state', { state: row.state })
      if (row.prepared_by === person!.id) return refuse('take_over.own')
      if (body.decision === 'confirm') return confirm(world, asked, context, row)
      if (body.reason === '') return refuse('take_over.reason_missing')
      await tx
        .updateTable('take_over')
        .set({ state: 'open', prepared_by: null, prepared_at: null, decision_reason: body.reason })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewTakeOver(world, db, subject, person),
  }
}

/** The programme has nothing of its own yet: what another system did stands at its beginning. */
export async function notStarted(
  db: Kysely<Tables>,
  adoptionId: string,
): Promise<Decision<null, 'take_over.programme_started'>> {
  const of = (table: 'application' | 'appropriation' | 'pool_move'): Promise<unknown> =>
    db.selectFrom(table).select('id').where('adoption_id', '=', adoptionId).limit(1).executeTakeFirst()
  const found = [await of('application'), await of('appropriation'), await of('pool_move')]
  return found.every((row) => row === undefined) ? accept(null) : refuse('take_over.programme_started')
}

async function confirm(
  world: World,
  { body, person, at, today }: Asked<'decideTakeOver'>,
  { tx, newId }: CommandContext,
  row: TakeOverRow,
): ReturnType<Run> {
  await lockPool(tx, row.adoption_id)
  const started = await notStarted(tx, row.adoption_id)
  if (!started.ok) return started
  const handed = await handedIn(world, await filesOf(tx, row.id))
  if (!handed.ok || body.hash !== row.report!.hash) return refuse('take_over.base_changed')
  const inForce = await world.programmes.inForce(tx, row.adoption_id)
  const personId = person!.id
  const plan = await planTakeOver(tx, { takeOver: row, inForce, handed: handed.value, personId, at, newId })
  if (plan.report.hash !== row.report!.hash) return refuse('take_over.base_changed')
  const { refused, differences } = plan
  if (refused + differences > 0) return refuse('take_over.not_clean', { refused, differences })
  const people = { preparedBy: row.prepared_by!, confirmedBy: personId }
  const opening = await storeOpening({ tx, takeOver: row, inForce, ...people, at, today, newId }, plan)
  const numbered = { kind: 'opening', objectKind: 'take_over', objectId: row.id, position: 0 } as const
  await tx
    .updateTable('take_over')
    .set({
      state: 'posted',
      statement_number: await giveNumber(tx, inForce, { ...numbered, at, today }),
      decided_by: personId,
      decided_at: timestamp(at),
      decision_reason: body.reason === '' ? null : body.reason,
    })
    .where('id', '=', row.id)
    .execute()
  return accept({ subject: row.id, plan: openingPlan(inForce, opening) })
}
