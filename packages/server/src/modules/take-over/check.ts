// 校验: the take-over itself, posted and undone. What it says is what would come of it, and nothing of it is kept but its
// report.
import { toProblem } from '@suanquan/api'
import { accept, refuse, type Refusal } from '@suanquan/core'
import type { Transaction } from 'kysely'
import { postPlan, timestamp, type Tables } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { lockPool } from '../application/index.ts'
import { filesOf, handedIn, loadTakeOver, placeOf, type FileRow } from './load.ts'
import { planTakeOver, type PlanInput, type TakeOverPlan } from './plan.ts'
import { openingPlan, storeOpening } from './store.ts'
import { viewTakeOver } from './view.ts'

class Undone extends Error {}

export function checkTakeOver(world: World): Command<'checkTakeOver'> {
  return {
    kind: 'command',
    run: async ({ params, person, at, today }, { tx, newId, touch }) => {
      const row = await loadTakeOver(tx, params.id)
      if (row === undefined) return notFound('take_over')
      touch({ kind: 'take_over', id: row.id })
      if (!mayTouch(person, 'take_over.prepare', placeOf(row)))
        return outOfScope('take_over.prepare', 'take_over')
      if (row.state !== 'open') return refuse('take_over.wrong_state', { state: row.state })
      const files = await filesOf(tx, row.id)
      const handed = await handedIn(world, files)
      if (!handed.ok) return handed
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const input = { takeOver: row, inForce, handed: handed.value, personId: person!.id, at, newId }
      const plan = await tryOut(world, { ...input, today })
      const locked = (await loadTakeOver(tx, row.id, 'lock'))!
      if (locked.state !== 'open' || !isSame(files, await filesOf(tx, row.id)))
        return refuse('take_over.base_changed')
      await tx
        .updateTable('take_over')
        .set({ report: JSON.stringify(plan.report), checked_by: person!.id, checked_at: timestamp(at) })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewTakeOver(world, db, subject, person),
  }
}

function isSame(before: readonly FileRow[], now: readonly FileRow[]): boolean {
  const digests = (files: readonly FileRow[]): string =>
    files.map(({ kind, sha256 }) => `${kind} ${sha256}`).join('\n')
  return digests(before) === digests(now)
}

/** In a transaction of its own, which ends undone whatever comes of it. */
async function tryOut(world: World, input: PlanInput & { readonly today: string }): Promise<TakeOverPlan> {
  let made: TakeOverPlan | null = null
  let refused: Refusal | 'again' | null = null
  await world.database
    .transaction(async (open) => {
      const tx: Transaction<Tables> = open.kysely
      await lockPool(tx, input.inForce.id)
      made = await planTakeOver(tx, input)
      const plan: TakeOverPlan = made
      if (plan.refused > 0) throw new Undone()
      const { takeOver, inForce, personId, at, today, newId } = input
      const people = { preparedBy: personId, confirmedBy: await anotherPerson(tx, personId) }
      const opening = await storeOpening({ tx, takeOver, inForce, ...people, at, today, newId }, plan)
      refused = await postPlan(open, openingPlan(inForce, opening), at)
      throw new Undone()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
  return withRefusal(made!, refused)
}

/** Documents of two people need two, even while they are only tried out. */
async function anotherPerson(tx: Transaction<Tables>, personId: string): Promise<string> {
  const { id } = await tx
    .selectFrom('person')
    .select('id')
    .where('id', '<>', personId)
    .limit(1)
    .executeTakeFirstOrThrow()
  return id
}

/** What only the ledger could know stands in the report like any other reason. */
function withRefusal(plan: TakeOverPlan, refused: Refusal | 'again' | null): TakeOverPlan {
  if (refused === null || refused === 'again') return plan
  return {
    ...plan,
    refused: plan.refused + 1,
    report: { ...plan.report, lines: [...ledgerLine(refused), ...plan.report.lines] },
  }
}

function ledgerLine(refused: Refusal): TakeOverPlan['report']['lines'] {
  const { message } = toProblem(refused)
  const reason = { column: null, code: refused.code, message }
  return [{ sheet: 'vouchers', row: null, label: '', becomes: null, reasons: [reason] }]
}
