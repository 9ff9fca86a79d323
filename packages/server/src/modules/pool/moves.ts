// 资金调剂: money moves between the appropriation, the pool and its allotments, or goes back to the treasury. One officer
// proposes with a document, another decides; the ledger has the last word on whether it is there.
import { accept, refuse } from '@suanquan/core'
import { formatFen } from '@suanquan/core/money'
import { appropriation, moveCode, ownPool, planMove, type MoneyPlace } from '@suanquan/core/voucher'
import type { Kysely, Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { booksOf, planOf, poolsLeft, balancesOf } from '../ledger/index.ts'
import { tell } from '../message/index.ts'
import type { InForce } from '../policy/index.ts'
import { allotmentOf, markFunded } from './allotments.ts'
import { keyOf } from './funding.ts'
import { viewMove } from './view-moves.ts'

interface StoredPlace {
  readonly kind: 'appropriation' | 'pool' | 'allotment' | 'treasury'
  readonly id: string | null
}

function placeNamed(name: string): StoredPlace {
  if (name === 'appropriation' || name === 'pool' || name === 'treasury') return { kind: name, id: null }
  return { kind: 'allotment', id: name }
}

/** The place in the books; null when the allotment is not of this programme. */
async function placeOf(
  db: Kysely<Tables>,
  inForce: InForce,
  { kind, id }: StoredPlace,
): Promise<(MoneyPlace & { readonly name: string }) | null> {
  if (kind === 'appropriation' || kind === 'treasury') return { at: kind, name: kind }
  if (kind === 'pool') return { at: 'pool', pool: ownPool(booksOf(inForce).fund), name: kind }
  const row = await allotmentOf(db, inForce.id, id!)
  return row === undefined ? null : { at: 'pool', pool: keyOf(row), name: row.name }
}

export function proposePoolMove(world: World): Command<'proposePoolMove'> {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      const adoption = await tx
        .selectFrom('adoption')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!adoption) return notFound('adoption')
      if (!mayTouch(person, 'pool_move.propose', adoption)) return outOfScope('pool_move.propose', 'adoption')
      if (BigInt(body.amountFen) === 0n) return refuse('pool.amount_zero')
      if (body.documentOn > today) return refuse('pool.document_later', { documentOn: body.documentOn })
      const inForce = await world.programmes.inForce(tx, adoption.id)
      const [from, to] = [placeNamed(body.from), placeNamed(body.to)]
      const [source, target] = [await placeOf(tx, inForce, from), await placeOf(tx, inForce, to)]
      if (source === null || target === null) return notFound('allotment')
      if (isTier(source) || isTier(target)) return refuse('pool.tier_kept')
      if (body.from === body.to || moveCode(source, target) === null) return refuse('pool.move_unknown')
      const id = newId()
      if (!(await store(tx, { id, from, to, asked: { body, person: person!.id, at }, adoption })))
        return refuse('pool.document_used', { documentNumber: body.documentNumber })
      tell(tx, {
        kind: 'pool_move_to_decide',
        cause: `pool_move ${id}`,
        about: 'pool_move',
        aboutId: id,
        params: { number: body.documentNumber },
        place: { jurisdiction: adoption.jurisdiction, district: adoption.jurisdiction },
        except: [person!.id],
      })
      touch({ kind: 'pool_move', id })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewMove(db, subject, person),
  }
}

function isTier(place: MoneyPlace): boolean {
  return place.at === 'pool' && place.pool.kind === 'tier'
}

interface MoveToStore {
  readonly id: string
  readonly from: StoredPlace
  readonly to: StoredPlace
  readonly asked: {
    readonly body: Asked<'proposePoolMove'>['body']
    readonly person: string
    readonly at: number
  }
  readonly adoption: { readonly id: string; readonly jurisdiction: string }
}

/** @returns false when the document carries another move of the programme */
async function store(tx: Transaction<Tables>, move: MoveToStore): Promise<boolean> {
  const { id, from, to, asked, adoption } = move
  const { body, person, at } = asked
  const stored = await tx
    .insertInto('pool_move')
    .values({
      id,
      jurisdiction: adoption.jurisdiction,
      district: adoption.jurisdiction,
      adoption_id: adoption.id,
      from_kind: from.kind as 'pool',
      from_id: from.id,
      to_kind: to.kind,
      to_id: to.id,
      amount_fen: BigInt(body.amountFen),
      document_number: body.documentNumber,
      document_on: body.documentOn,
      reason: body.reason,
      state: 'proposed',
      proposed_by: person,
      proposed_at: timestamp(at),
    })
    .onConflict((conflict) => conflict.columns(['adoption_id', 'document_number']).doNothing())
    .executeTakeFirst()
  return stored.numInsertedOrUpdatedRows === 1n
}

export function decidePoolMove(world: World): Command<'decidePoolMove'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await tx
        .selectFrom('pool_move')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return notFound('pool_move')
      touch({ kind: 'pool_move', id: row.id })
      if (!mayTouch(person, 'pool_move.decide', row)) return outOfScope('pool_move.decide', 'pool_move')
      if (row.proposed_by === person!.id) return refuse('pool.own_proposal')
      if (row.state !== 'proposed') return refuse('pool.wrong_state', { state: row.state })
      if (body.decision === 'refuse' && body.reason === '') return refuse('pool.reason_missing')
      const approved = body.decision === 'approve'
      await tx
        .updateTable('pool_move')
        .set({
          state: approved ? 'approved' : 'refused',
          decided_by: person!.id,
          decided_at: timestamp(at),
          decision_reason: body.reason,
        })
        .where('id', '=', row.id)
        .execute()
      if (!approved) return accept({ subject: row.id })
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const from = (await placeOf(tx, inForce, { kind: row.from_kind, id: row.from_id }))!
      const to = (await placeOf(tx, inForce, { kind: row.to_kind, id: row.to_id }))!
      if (row.to_id !== null) await markFunded(tx, row.to_id, at)
      const leftYuan = formatFen(await leftAt(tx, inForce, from))
      const plan = planOf<'pool.short'>(
        inForce,
        (books) => planMove(books, row.id, { from, to, amount: row.amount_fen }),
        () => refuse('pool.short', { pool: from.name, leftYuan }).refusal,
      )
      return accept({ subject: row.id, plan })
    },
    view: (subject, { db }, { person }) => viewMove(db, subject, person),
  }
}

async function leftAt(db: Kysely<Tables>, inForce: InForce, place: MoneyPlace): Promise<bigint> {
  const books = booksOf(inForce)
  if (place.at === 'pool') return (await poolsLeft(db, books, [place.pool]))[0]!
  const [balance] = await balancesOf(db, books, [appropriation(books.fund)])
  return balance!.creditsPosted - balance!.debitsPosted - balance!.debitsPending
}
