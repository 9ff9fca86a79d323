// Programmes in force. An adoption takes a programme file and the authority's answers, both checked whole; from then on
// it is a fund of its own in the ledger. Money comes into its pool by appropriations that one person proposes and
// another approves.
import { accept, refuse } from '@suanquan/core'
import { planAppropriation } from '@suanquan/core/voucher'
import { timestamp } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { planOf, untilOf } from '../ledger/index.ts'
import { tell } from '../message/index.ts'
import { allotmentOf as tierOf, keyOf, markFunded } from '../pool/index.ts'
import { draftHandlers } from './adoption-drafts.ts'
import { readAllOwnChecks } from './all-own-checks.ts'
import { readBurnDown } from './burn-down.ts'
import { readCompetition } from './competition.ts'
import { createAdoption } from './create-adoption.ts'
import { impactHandlers } from './impact-handlers.ts'
import { programmeLibrary } from './library.ts'
import { libraryHandlers } from './library-handlers.ts'
import { measureHandlers } from './measures.ts'
import { readOwnChecks } from './own-checks.ts'
import { viewPool } from './pool.ts'
import { proposalHandlers } from './proposals.ts'
import { viewAppropriation } from './view-appropriation.ts'
import { viewAdoption, viewAdoptionRow } from './view.ts'

type Names =
  | 'createAdoption'
  | 'listAdoptions'
  | 'readAdoption'
  | 'readOwnChecks'
  | 'readAllOwnChecks'
  | 'readCompetition'
  | 'readBurnDown'
  | 'readPool'
  | 'proposeAppropriation'
  | 'approveAppropriation'
  | 'listAppropriations'
  | keyof ReturnType<typeof libraryHandlers>
  | keyof ReturnType<typeof proposalHandlers>
  | keyof ReturnType<typeof draftHandlers>
  | keyof ReturnType<typeof impactHandlers>
  | keyof ReturnType<typeof measureHandlers>

export function policyHandlers(world: World): Handlers<Names> {
  const library = programmeLibrary()
  return {
    ...libraryHandlers(library),
    ...proposalHandlers(world, library),
    ...draftHandlers(world, library),
    ...impactHandlers(world, library),
    ...measureHandlers(library),
    createAdoption: createAdoption(world),
    readOwnChecks: readOwnChecks(world),
    readAllOwnChecks: readAllOwnChecks(library),
    readCompetition: readCompetition(world),
    readBurnDown: readBurnDown(world),
    listAdoptions: listAdoptions(world),
    readAdoption: {
      kind: 'query',
      run: async ({ params, at, today }, { db }) => {
        const row = await db
          .selectFrom('adoption')
          .select('id')
          .where('id', '=', params.id)
          .executeTakeFirst()
        if (!row) return notFound('adoption')
        return accept(await viewAdoption(db, await world.programmes.inForce(db, row.id), { at, today }))
      },
    },
    readPool: {
      kind: 'query',
      run: async ({ params, query, person, at }, { db, touch }) => {
        touch({ kind: 'pool', id: params.id })
        const row = await db
          .selectFrom('adoption')
          .select(['id', 'jurisdiction', 'district'])
          .where('id', '=', params.id)
          .executeTakeFirst()
        if (!row) return notFound('adoption')
        if (!mayTouch(person, 'pool.read', row)) return outOfScope('pool.read', 'adoption')
        const until = untilOf(query, at)
        if (!until.ok) return until
        const past = query.asOf !== undefined || query.sequence !== undefined
        const inForce = await world.programmes.inForce(db, row.id)
        return accept(await viewPool(db, inForce, { until: until.value, past, at }))
      },
    },
    proposeAppropriation: proposeAppropriation(world),
    approveAppropriation: approveAppropriation(world),
    listAppropriations: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'appropriation', id: null })
        const rows = await db
          .selectFrom('appropriation')
          .select('id')
          .where(visibleRows(person!, 'appropriation.list', 'appropriation'))
          .orderBy('proposed_at')
          .execute()
        const items = await Promise.all(rows.map(({ id }) => viewAppropriation(db, id, person)))
        return accept({ items })
      },
    },
  }
}

function proposeAppropriation(world: World): Handlers<Names>['proposeAppropriation'] {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      const adoption = await tx
        .selectFrom('adoption')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!adoption) return notFound('adoption')
      if (!mayTouch(person, 'appropriation.propose', adoption))
        return outOfScope('appropriation.propose', 'adoption')
      if (BigInt(body.amountFen) === 0n) return refuse('appropriation.amount_zero')
      const { documentOn = null, tierId = null } = body
      if (documentOn !== null && documentOn > today)
        return refuse('appropriation.document_later', { documentOn })
      const tier = tierId === null ? null : await tierOf(tx, adoption.id, tierId)
      if (tier !== null && tier?.kind !== 'tier')
        return tier === undefined ? notFound('allotment') : refuse('appropriation.not_a_tier')
      const inForce = await world.programmes.inForce(tx, adoption.id)
      const id = newId()
      const stored = await tx
        .insertInto('appropriation')
        .values({
          id,
          jurisdiction: inForce.jurisdiction,
          district: inForce.jurisdiction,
          adoption_id: inForce.id,
          document_number: body.documentNumber,
          document_on: documentOn,
          tier_id: tierId,
          amount_fen: BigInt(body.amountFen),
          state: 'proposed',
          proposed_by: person!.id,
          proposed_at: timestamp(at),
        })
        .onConflict((conflict) => conflict.columns(['adoption_id', 'document_number']).doNothing())
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n) {
        return refuse('appropriation.document_used', { documentNumber: body.documentNumber })
      }
      tell(tx, {
        kind: 'appropriation_to_approve',
        cause: `appropriation ${id}`,
        about: 'appropriation',
        aboutId: id,
        params: { number: body.documentNumber },
        place: { jurisdiction: inForce.jurisdiction, district: inForce.jurisdiction },
        except: [person!.id],
      })
      touch({ kind: 'appropriation', id })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewAppropriation(db, subject, person),
  }
}

function approveAppropriation(world: World): Handlers<Names>['approveAppropriation'] {
  return {
    kind: 'command',
    run: async ({ params, person, at }, { tx, touch }) => {
      const row = await tx
        .selectFrom('appropriation')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return notFound('appropriation')
      touch({ kind: 'appropriation', id: row.id })
      if (!mayTouch(person, 'appropriation.approve', row))
        return outOfScope('appropriation.approve', 'appropriation')
      if (row.proposed_by === person!.id) return refuse('appropriation.own_proposal')
      if (row.state !== 'proposed') return refuse('appropriation.wrong_state', { state: row.state })
      await tx
        .updateTable('appropriation')
        .set({ state: 'approved', approved_by: person!.id, approved_at: timestamp(at) })
        .where('id', '=', row.id)
        .execute()
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const tier = row.tier_id === null ? undefined : await tierOf(tx, row.adoption_id, row.tier_id)
      if (tier !== undefined) await markFunded(tx, tier.id, at)
      const key = tier === undefined ? undefined : keyOf(tier)
      const plan = planOf<'appropriation.wrong_state'>(inForce, (books) =>
        planAppropriation(books, row.id, row.amount_fen, key),
      )
      return accept({ subject: row.id, plan })
    },
    view: (subject, { db }, { person }) => viewAppropriation(db, subject, person),
  }
}

function listAdoptions(world: World): Handlers<'listAdoptions'>['listAdoptions'] {
  return {
    kind: 'query',
    run: async ({ at, today }, { db }) => {
      const rows = await db.selectFrom('adoption').select('id').orderBy('adopted_at').execute()
      const items = await Promise.all(
        rows.map(async ({ id }) =>
          viewAdoptionRow(db, await world.programmes.inForce(db, id), { at, today }),
        ),
      )
      return accept({ items })
    },
  }
}
