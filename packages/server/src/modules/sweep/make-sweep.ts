// 比对: the list that the bureau holds against registers and metered use, line by line in the list's order. The dry run is
// the sweep itself, undone: what it says is what would come of it.
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Kysely, Transaction } from 'kysely'
import { timestamp, type SweptLine, type Tables } from '../../database/index.ts'
import type { Asked, Command, Person, Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import type { ActedBy } from '../../identity/acting.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { lockPool, nextNumber } from '../application/index.ts'
import { type InForce, notOpen, windowAt } from '../policy/index.ts'
import { sweepLine } from './sweep-line.ts'
import { viewLine, viewSweep } from './view.ts'

class Undone extends Error {}

export function checkSweep(world: World): Query<'checkSweep'> {
  return {
    kind: 'query',
    run: async (asked, { db, touch }) => {
      touch({ kind: 'sweep', id: null })
      const found = await sweepable(world, db, asked)
      if (!found.ok) return found
      let lines: readonly SweptLine[] = []
      const dry = async (tx: Transaction<Tables>): Promise<never> => {
        lines = (await sweep(world, { tx, newId: world.newId, asked, inForce: found.value })).lines
        throw new Undone()
      }
      await world.database
        .transaction(({ kysely }) => dry(kysely))
        .catch((error: unknown) => {
          if (!(error instanceof Undone)) throw error
        })
      return accept({ items: lines.map((line) => ({ ...viewLine(line), applicationId: null })) })
    },
  }
}

export function makeSweep(world: World): Command<'makeSweep'> {
  return {
    kind: 'command',
    run: async (asked, { tx, newId, touch }) => {
      touch({ kind: 'sweep', id: null })
      const found = await sweepable(world, tx, asked)
      if (!found.ok) return found
      const { id, lines } = await sweep(world, { tx, newId, asked, inForce: found.value })
      if (!lines.some(({ outcome }) => outcome === 'qualifies'))
        return refuse('sweep.nobody_qualifies', { lines: lines.length.toString() })
      touch({ kind: 'sweep', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }, { person }) => viewSweep(world, db, subject, person!),
  }
}

type SweepAsked = Pick<Asked<'checkSweep'>, 'body' | 'person' | 'today' | 'at'>

/** The programme, when it runs without application and today. */
async function sweepable(
  world: World,
  db: Kysely<Tables>,
  { body: { adoptionId, awards }, person, at }: SweepAsked,
): Promise<
  Decision<
    InForce,
    | 'request.not_found'
    | 'request.forbidden'
    | 'adoption.not_open'
    | 'sweep.way_is_applied_for'
    | 'sweep.line_twice'
  >
> {
  const { jurisdiction } = world.site
  const known = await db.selectFrom('adoption').select('id').where('id', '=', adoptionId).executeTakeFirst()
  if (!known) return notFound('adoption')
  if (!mayTouch(person, 'sweep.make', { jurisdiction, district: jurisdiction }))
    return outOfScope('sweep.make', 'adoption')
  const inForce = await world.programmes.inForce(db, adoptionId)
  const title = inForce.programme.title.zh
  if (inForce.way.provesWith !== 'nothing') return refuse('sweep.way_is_applied_for', { title })
  if (windowAt(inForce, at) === null) return refuse('adoption.not_open', notOpen(inForce, at))
  const seen = new Set<string>()
  for (const { creditCode, contractNumber } of awards) {
    const key = `${creditCode} ${contractNumber}`
    if (seen.has(key)) return refuse('sweep.line_twice', { creditCode, contractNumber })
    seen.add(key)
  }
  return accept(inForce)
}

/** A list is of the whole city: whoever reviews anywhere sweeps it in the own name, a deputy in that of the giver. */
function sweptBy({ id, grants }: Person): ActedBy {
  const givers = grants
    .filter(({ role }) => role === 'reviewer')
    .map(({ forPersonId }) => forPersonId ?? null)
  return { actorId: id, forPersonId: givers.includes(null) ? null : (givers[0] ?? null) }
}

interface Sweep {
  readonly tx: Transaction<Tables>
  readonly newId: () => string
  readonly asked: SweepAsked
  readonly inForce: InForce
}

async function sweep(
  world: World,
  { tx, newId, asked, inForce }: Sweep,
): Promise<{ readonly id: string; readonly lines: readonly SweptLine[] }> {
  const { body, person, at, today } = asked
  const { jurisdiction } = world.site
  await lockPool(tx, inForce.id)
  const id = newId()
  await tx
    .insertInto('sweep')
    .values({
      id,
      jurisdiction,
      district: jurisdiction,
      number: await nextNumber(tx, 'MS', { jurisdiction }, today),
      adoption_id: inForce.id,
      source: body.source,
      lines: '[]',
      made_by: person!.id,
      made_at: timestamp(at),
    })
    .execute()
  const by = sweptBy(person!)
  const sweeping = { tx, newId, at, today, inForce, sweepId: id, by, source: body.source }
  const lines: SweptLine[] = []
  for (const held of body.awards) lines.push(await sweepLine(sweeping, held))
  await tx
    .updateTable('sweep')
    .set({ lines: JSON.stringify(lines) })
    .where('id', '=', id)
    .execute()
  return { id, lines }
}
